/** The entry of the command line: the only place that knows the process. */
import { run } from "./run.js";
import { processStreams } from "./streams.js";

// Not process.exit(): what is on its way to a terminal or a pipe has to arrive.
void run(process.argv.slice(2), processStreams()).then((code) => {
  process.exitCode = code;
});
