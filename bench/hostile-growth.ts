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
/** For what is light: there the time for one size has as many collections as that for the other. */
const LARGER = [800_000, 3_200_000] as const;
const MOST_ROUNDS = 15;
const MOST_MS = 2500;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(JSON.stringify(HOSTILE.map(growthOf)));
}

function growthOf({ name, make, isLight }: Hostile): Growth {
  const sizes = isLight ? LARGER : SIZES;
  const [small, large] = [make(sizes[0]), make(sizes[1])];
  const best: [number, number] = [Infinity, Infinity];
  // The larger one first: what the compiler does to it serves both.
  time(large);
  const end = performance.now() + MOST_MS;
  for (let round = 0; round < 3 || (round < MOST_ROUNDS && performance.now() < end); round++) {
    for (let again = 0; again < 3; again++) best[0] = Math.min(best[0], time(small));
    best[1] = Math.min(best[1], time(large));
  }
  return { name, sizes: [small.length, large.length], milliseconds: best };
}

function time(text: string): number {
  const start = process.cpuUsage();
  lint(text, { context: null });
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
