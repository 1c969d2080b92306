/** The command on this process. */
import { run } from "./run.js";
import { AS_THREAD, processStreams } from "./output/streams.js";

/**
 * Runs what the command line asks for, or serves as one of its threads; ends with the exit code set and the output on
 * its way. Never rejects.
 */
export async function main(): Promise<void> {
  const [, script = null, ...argv] = process.argv;
  if (argv[0] === AS_THREAD) {
    const { serveBatches } = await import("./threads/thread.js");
    return serveBatches();
  }
  const streams = processStreams(script);
  process.exitCode = await run(argv, streams);
  // What goes to a terminal may still be on its way. Anything else has arrived, and Node would only clean up behind it.
  if (!streams.stdout.isTerminal && !streams.stderr.isTerminal) process.exit();
}
