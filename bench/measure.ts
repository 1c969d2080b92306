/** Timing, in milliseconds. */
import { spawnSync } from "node:child_process";

/** How long a process of this Node takes from start to end. Throws when it ends otherwise than in `expected`. */
export function timeProcess(args: readonly string[], cwd: string, expected: readonly number[] = [0]): number {
  const start = performance.now();
  const { status, stderr, error } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  const taken = performance.now() - start;
  if (error) throw error;
  if (!expected.includes(status ?? -1)) throw new Error(`${args.join(" ")} ended with ${String(status)}: ${stderr}`);
  return taken;
}

/** Runs all of `tasks` in turn, `rounds` times, after one round that is not counted: a busy moment hits them alike. */
export function interleave(tasks: readonly (() => number)[], rounds: number): number[][] {
  for (const task of tasks) task();
  const times: number[][] = tasks.map(() => []);
  for (let round = 0; round < rounds; round++) {
    tasks.forEach((task, index) => times[index]?.push(task()));
  }
  return times;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** The median of what each pair of runs says. */
export function pairedRatio(times: readonly number[], base: readonly number[]): number {
  return median(times.map((time, index) => time / (base[index] ?? Number.NaN)));
}
