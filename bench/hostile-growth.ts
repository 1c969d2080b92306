/**
 * Lints inputs made to be slow (hostile.ts), each at two sizes, and prints what that takes as JSON: in one process, as
 * starts of Node would drown it, by CPU time, and the least of several times, as all else only adds.
 */
import { pathToFileURL } from "node:url";
import { lint } from "../src/index.js";
import { HOSTILE, type Hostile } from "./hostile.js";

export interface Growth {
  readonly name: string;
  /** Characters. */
  readonly sizes: readonly [number, number];
  readonly milliseconds: readonly [number, number];
}

const SIZES = [50_000, 200_000] as const;
const MOST_ROUNDS = 15;
const MOST_MS = 2500;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(JSON.stringify(HOSTILE.map(growthOf)));
}

function growthOf({ name, make }: Hostile): Growth {
  const [small, large] = [make(SIZES[0]), make(SIZES[1])];
  // As often as both come to the same length, so that both have their share of garbage collections.
  const times = Math.round(large.length / small.length);
  const best: [number, number] = [Infinity, Infinity];
  // The larger one first: what the compiler does to it serves both.
  time(large, 1);
  const end = performance.now() + MOST_MS;
  for (let round = 0; round < 3 || (round < MOST_ROUNDS && performance.now() < end); round++) {
    best[0] = Math.min(best[0], time(small, times) / times);
    best[1] = Math.min(best[1], time(large, 1));
  }
  return { name, sizes: [small.length, large.length], milliseconds: best };
}

/** CPU time of linting a text so many times, in ms. */
function time(text: string, times: number): number {
  const start = process.cpuUsage();
  for (let again = 0; again < times; again++) lint(text, { context: null });
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
