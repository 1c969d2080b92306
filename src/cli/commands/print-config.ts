/** `fromlint --print-config FILE`. */
import { resolve } from "node:path";
import { printable } from "../../policy/print.js";
import { safeJson } from "../../report/safe.js";
import type { Arguments } from "../arguments/arguments.js";
import { policiesFor } from "../lint/policies.js";
import { sinkFor } from "../output/sink.js";
import type { Streams } from "../output/streams.js";

/**
 * Prints the policy that holds for the file, which need not exist, as JSON: an object, or where an outer
 * policy holds beside the file's own one an array of both. Returns the exit code, 0. Throws RunError.
 */
export async function printConfigCommand(args: Arguments, streams: Streams): Promise<number> {
  const { cwd } = streams;
  const file = resolve(cwd, args.printConfig ?? "");
  const policies = (await policiesFor([file], { ...args, ignore: false }, cwd)).of(file);
  const shown = policies.map((policy) => printable(policy, cwd));
  // Indented by JSON, so only what stands in its texts is made safe.
  const json = JSON.stringify(shown.length === 1 ? shown[0] : shown, null, 2);
  for (const choice of args.formats) {
    const sink = await sinkFor(choice, args, streams);
    for (const line of json.split("\n")) sink.write(`${safeJson(line)}\n`);
    sink.end();
  }
  return 0;
}
