/** The entry of the command line: the only place that knows the process. */
import { run } from "./run.js";
import { AS_THREAD, processStreams } from "./streams.js";

const [, script = null, ...argv] = process.argv;
if (argv[0] === AS_THREAD) void import("./thread.js").then(({ serveBatches }) => serveBatches());
// Not process.exit(): what is on its way to a terminal or a pipe has to arrive.
else
  void run(argv, processStreams(script)).then((code) => {
    process.exitCode = code;
  });
