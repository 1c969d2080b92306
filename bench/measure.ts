/** Timing, in milliseconds. */
import { spawnSync } from "node:child_process";

export interface Timed {
  /** Where it runs, absolute. */
  readonly cwd: string;
  /** Program and arguments. */
  readonly argv: readonly string[];
  /** Exit codes that are an answer. */
  readonly expected?: readonly number[];
  readonly env?: NodeJS.ProcessEnv;
}

/** How long a process takes from start to end. Throws when it ends otherwise than expected. */
export function timeProcess({ argv, cwd, expected = [0, 1], env }: Timed): number {
  const [program = "", ...args] = argv;
  const start = performance.now();
  const stdio = ["ignore", "ignore", "pipe"] as const;
  const { status, stderr, error } = spawnSync(program, args, { cwd, env, stdio: [...stdio], maxBuffer: 1 << 28 });
  const taken = performance.now() - start;
  if (error) throw error;
  if (!expected.includes(status ?? -1)) {
    throw new Error(`${argv.slice(0, 8).join(" ")} ended with ${String(status)}: ${stderr.toString().slice(0, 500)}`);
  }
  return taken;
}

/**
 * Runs all of `tasks` in turn, `rounds` times: a busy moment hits them alike. One round before is not counted, unless
 * `warms` is false.
 */
export function interleave(tasks: readonly (() => number)[], rounds: number, warms = true): number[][] {
  for (const task of warms ? tasks : []) task();
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
