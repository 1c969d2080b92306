/** The command on this process. */
import { run } from "./run.js";
import { AS_THREAD, processStreams } from "./streams.js";

/**
 * Runs what the command line asks for, or serves as one of its threads; ends with the exit code set and the output on
 * its way. Never rejects.
 */
export async function main(): Promise<void> {
  const [, script = null, ...argv] = process.argv;
  if (argv[0] === AS_THREAD) {
    const { serveBatches } = await import("./thread.js");
    return serveBatches();
  }
  // Not process.exit(): what is on its way to a terminal or a pipe has to arrive.
  process.exitCode = await run(argv, processStreams(script));
}
