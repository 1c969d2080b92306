/** All files of a run: from the cache, in several threads, or one after the other. */
import type { LintResult } from "../../result.js";
import type { Arguments } from "../arguments/arguments.js";
import type { Input } from "../files/inputs.js";
import { lintFile } from "./lint-file.js";
import type { Linter } from "./linter.js";
import type { Streams } from "../output/streams.js";
import type { Trace } from "./trace.js";

export interface LintRun {
  /** What is linted. */
  readonly files: readonly Input[];
  /** What the linter was made for, in its order. */
  readonly found: readonly Input[];
  readonly linter: Linter;
  readonly args: Arguments;
  readonly streams: Streams;
}

type Add = (result: LintResult, trace: Trace | null) => Promise<void>;

/** Fewer files are linted sooner than a thread is started. */
const FEWEST_FOR_THREADS = 100;

/** Lints without fixing and hands each result to `add`, in the order of the files. Rejects when `add` does. */
export async function lintAll(run: LintRun, add: (result: LintResult, index: number) => Promise<void>): Promise<void> {
  const { files, linter, args, streams } = run;
  const { tracer } = linter;
  let index = 0;
  if (!tracer) return lintMissed(files, run, (result) => add(result, index++));

  const { cacheFile, openCache } = await import("./cache.js");
  const cache = openCache(cacheFile(args.cacheLocation, streams), tracer);
  const isKnown = files.map(cache.has);
  const addKnown = async (): Promise<void> => {
    for (let input = files[index]; input && isKnown[index]; input = files[index]) {
      await add(cache.recall(input.filePath, linter), index++);
    }
  };
  await lintMissed(
    files.filter((_, at) => !isKnown[at]),
    run,
    async (result, trace) => {
      await addKnown();
      if (trace) cache.keep(result, trace);
      await add(result, index++);
    },
  );
  await addKnown();
  cache.save();
}

/** What registries said cannot be handed to a thread, and what they take to answer is most of such a run. */
async function lintMissed(files: readonly Input[], run: LintRun, add: Add): Promise<void> {
  const { linter, args, streams } = run;
  const { script = null, cwd } = streams;
  if (script !== null && args.concurrency !== 1 && args.online === null && files.length >= FEWEST_FOR_THREADS) {
    const { lintInThreads, threadCount } = await import("../threads/threads.js");
    const setup = { found: run.found.map(({ filePath }) => filePath), args, cwd };
    const count = threadCount(args);
    if (count > 1) return lintInThreads(files, linter, { script, count, setup }, add);
  }
  const isLong = script !== null && files.length >= FEWEST_FOR_THREADS;
  const optimising = isLong ? await import("../threads/optimising.js") : null;
  for (const [index, input] of files.entries()) {
    // By then all that is needed has been loaded.
    if (index === FEWEST_FOR_THREADS / 2) optimising?.optimiseFor(files.length);
    const { result } = await lintFile(input, linter, false);
    await add(result, linter.tracer?.take() ?? null);
  }
  optimising?.optimiseAsUsual();
}
