/** Lints many files in several threads, this one among them; loaded only where there are many. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { LintResult } from "../../result.js";
import type { Arguments } from "../arguments/arguments.js";
import type { Input } from "../files/inputs.js";
import type { Learned, Linter } from "../lint/linter.js";
import type { Trace } from "../lint/trace.js";
import { AS_THREAD } from "../output/streams.js";
import { optimiseAsUsual, optimiseFor } from "./optimising.js";
import { lintBatch, type Answer, type Batch, type Linted, type Setup } from "./thread.js";

/** `auto` starts no more: each takes some 60 MB. */
const MOST_AUTO = 4;
const BATCH = 16;
/** Without these V8 lets rubbish grow to hundreds of MB. What is too much for a thread is linted in the first one. */
const MEMORY = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 128 };
/** Batches that a thread has before it, so that it never waits for this one, which is busy linting. */
const QUEUED = 2;
/** Batches that may be done before their turn: what is done and not yet written is in memory. */
const MOST_AHEAD = 32;

/** How many threads to use, this one included. */
export function threadCount({ concurrency }: Pick<Arguments, "concurrency">): number {
  return concurrency === "auto" ? Math.min(availableParallelism(), MOST_AUTO) : concurrency;
}

/**
 * Lints `files` in `count` threads and hands their results to `add` in the order of the files. `script` is the file
 * that runs the command. What a thread that ends too soon leaves behind is linted here. Rejects only when `add` does.
 */
export async function lintInThreads(
  files: readonly Input[],
  linter: Linter,
  { script, count, setup }: { readonly script: string; readonly count: number; readonly setup: Setup },
  add: (result: LintResult, trace: Trace | null) => Promise<void>,
): Promise<void> {
  const amount = Math.ceil(files.length / BATCH);
  const filesOf = (number: number): readonly Input[] => files.slice(number * BATCH, (number + 1) * BATCH);
  const done = new Map<number, Linted>();
  const leftBehind: number[] = [];
  const learned: Learned[] = [];
  let [taken, written] = [0, 0];
  /** Threads that have not linted anything yet, and may still load code. */
  let loading = Math.min(count, amount) - 1;
  let wake = (): void => undefined;
  const take = (): number | null => (taken < amount && taken - written < MOST_AHEAD ? taken++ : null);

  const threads = Array.from({ length: loading }, () => {
    const worker = new Worker(script, { argv: [AS_THREAD], workerData: setup, resourceLimits: MEMORY });
    const open = new Set<number>();
    let isNew = true;
    const fill = (): void => {
      for (let number = -1; open.size < QUEUED; open.add(number)) {
        const next = take();
        if (next === null) return;
        number = next;
        worker.postMessage({ number, files: filesOf(number).map(({ filePath }) => filePath) } satisfies Batch);
      }
    };
    worker.on("message", ({ number, ...linted }: Answer) => {
      open.delete(number);
      done.set(number, linted);
      if (isNew && --loading === 0) optimiseFor(files.length / count);
      isNew = false;
      fill();
      wake();
    });
    worker.on("error", () => undefined); // it ends after that
    worker.on("exit", () => {
      leftBehind.push(...open);
      open.clear();
      thread.isAlive = false;
      wake();
    });
    const thread = { worker, isAlive: true, fill };
    return thread;
  });

  try {
    while (written < amount) {
      for (let linted = done.get(written); linted; linted = done.get(written)) {
        done.delete(written++);
        learned.push(linted.learned);
        for (const [result, trace] of linted.results) await add(result, trace);
      }
      for (const { isAlive, fill } of threads) if (isAlive) fill();
      const mine = leftBehind.pop() ?? take();
      if (mine !== null) done.set(mine, await lintBatch(filesOf(mine), linter));
      await new Promise<void>((resolve) => {
        wake = resolve;
        // With something left to do this only lets messages in.
        if (mine !== null || done.has(written) || written === amount) setImmediate(resolve);
      });
    }
    // Only now, as this linter takes part and tells the same of its own files.
    learned.forEach(linter.learn);
  } finally {
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
    optimiseAsUsual();
  }
}
