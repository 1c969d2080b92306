/** The entry of the GitHub Action. */
import { runAction } from "./action.js";
import { processStreams } from "../output/streams.js";

void runAction(processStreams()).then((code) => {
  process.exitCode = code;
});
