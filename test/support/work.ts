/**
 * How much work something is, told by the processor's time: what other processes take does not count. The compiler and
 * the collector still do, so what is short is done again and again, and what looks slow is measured once more.
 */

/** Milliseconds of the processor that `action` takes. */
export function processorTime(action: () => unknown): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Less than these milliseconds cannot be measured. */
const LEAST = 16;

/** How many times as long `large` takes as `small`. Where that is `most` or more, the least of several attempts. */
export function timesAsLong(small: () => unknown, large: () => unknown, most: number): number {
  let lowest = Infinity;
  processorTime(small);
  for (let attempt = 0; attempt < 4 && lowest >= most; attempt++) {
    lowest = Math.min(lowest, timeOfOne(large) / timeOfOne(small));
  }
  return lowest;
}

function timeOfOne(action: () => unknown): number {
  for (let runs = 1; ; runs *= 2) {
    const time = processorTime(() => {
      for (let run = 0; run < runs; run++) action();
    });
    if (time >= LEAST) return time / runs;
  }
}
