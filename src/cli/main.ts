/** The command on this process. */
import { run } from "./run.js";
import { processStreams } from "./streams.js";

/** Runs what the command line asks for; ends with the exit code set and the output on its way. Never rejects. */
export async function main(): Promise<void> {
  // Not process.exit(): what is on its way to a terminal or a pipe has to arrive.
  process.exitCode = await run(process.argv.slice(2), processStreams());
}
