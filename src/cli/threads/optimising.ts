/** Whether V8 calls its best compiler, for all threads of a run. */
import { setFlagsFromString } from "node:v8";

/**
 * With fewer files a thread ends before machine code of the best kind has repaid the time that it takes to make: for
 * 1,000 files more than a third of all work was that compiler's, called for the same 800 functions in every thread.
 */
const REPAID_FROM = 8_000;

/**
 * Functions with more bytes of code than this are left to the other compilers; the second is V8's own setting. Not
 * `--no-opt`: on Node 22, V8 refuses compiled code that was kept after that flag was unset again.
 */
const [NONE, USUAL] = [0, 61_440].map((bytes) => `--max-optimized-bytecode-size=${bytes}`) as [string, string];

/**
 * For threads that lint so many files each. It holds for the whole process, and V8 takes compiled code only under the
 * settings that it was kept under: so to be called when all threads have loaded theirs.
 */
export function optimiseFor(files: number): void {
  if (files < REPAID_FROM) setFlagsFromString(NONE);
}

/** To be called before the process ends, when compiled code is kept for the next run. */
export function optimiseAsUsual(): void {
  setFlagsFromString(USUAL);
}
