/** Loaded into a run with --require: writes the most memory that it had, in MB, to the file in BENCH_PEAK. */
"use strict";
const { writeFileSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

process.on("exit", () => {
  if (isMainThread) writeFileSync(process.env.BENCH_PEAK, String(process.resourceUsage().maxRSS / 1024));
});
