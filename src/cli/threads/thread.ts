/** A thread that lints: what threads.ts starts, and talks to. */
import { parentPort, workerData } from "node:worker_threads";
import type { LintResult } from "../../result.js";
import type { Arguments } from "../arguments/arguments.js";
import { fileInput, type Input } from "../files/inputs.js";
import { lintFile } from "../lint/lint-file.js";
import type { Trace } from "../lint/trace.js";
import { createLinter, type Learned, type Linter } from "../lint/linter.js";

/** What a thread is started with; it loads the policies and locks of these files by itself, as they hold functions. */
export interface Setup {
  /** All that the run was started for (absolute paths). */
  readonly found: readonly string[];
  readonly args: Arguments;
  /** Absolute. */
  readonly cwd: string;
}

/** Files that are linted one after the other. */
export interface Batch {
  readonly number: number;
  /** Absolute paths. */
  readonly files: readonly string[];
}

export interface Linted {
  /** In the order of the files. */
  readonly results: readonly (readonly [LintResult, Trace | null])[];
  readonly learned: Learned;
}

/** What a thread answers to a batch. */
export interface Answer extends Linted {
  readonly number: number;
}

/** Answers batches until it is ended. */
export async function serveBatches(): Promise<void> {
  const { found, args, cwd } = workerData as Setup;
  const linter = await createLinter(found, args, cwd);
  parentPort?.on("message", ({ number, files }: Batch) => {
    void lintBatch(files.map(fileInput), linter).then((linted) => {
      parentPort?.postMessage({ number, ...linted } satisfies Answer);
    });
  });
}

/** Lints files one after the other. Never rejects. */
export async function lintBatch(files: readonly Input[], linter: Linter): Promise<Linted> {
  const results: Linted["results"][number][] = [];
  for (const input of files) {
    const { result } = await lintFile(input, linter, false);
    results.push([result, linter.tracer?.take() ?? null]);
  }
  return { results, learned: linter.learned() };
}
