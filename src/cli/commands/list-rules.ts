/** `fromlint --list-rules`. */
import { rules } from "../../../rules/index.js";
import { rulesJson, rulesTable } from "../../report/rules-list.js";
import type { Arguments } from "../arguments/arguments.js";
import { sinkFor } from "../output/sink.js";
import type { Streams } from "../output/streams.js";

/** Returns the exit code, 0. */
export async function listRulesCommand(args: Arguments, streams: Streams): Promise<number> {
  for (const choice of args.formats) {
    const sink = await sinkFor(choice, args, streams);
    sink.write(choice.name === "json" ? rulesJson(rules) : rulesTable(rules));
    sink.end();
  }
  return 0;
}
