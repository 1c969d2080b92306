/** `fromlint bases [PATH…]`: the inventory of every image use. */
import type { BaseUse } from "../../facts/inventory.js";
import { LEVELS } from "../../facts/pinning.js";
import { TIERS } from "../../policy/policy.js";
import { basesJson, basesTable } from "../../report/bases.js";
import { colorsFor } from "../../report/colors.js";
import { relativePath } from "../../report/path.js";
import { safe } from "../../report/safe.js";
import { decode } from "../../syntax/decode.js";
import type { Arguments } from "../arguments.js";
import { isColored } from "../color.js";
import { inputsOf } from "../inputs.js";
import { createLinter } from "../linter.js";
import { sinkFor } from "../sink.js";
import type { Streams } from "../streams.js";

/**
 * Returns the exit code: 0, or 1 when the inventory lacks a file or folder that could not be read, which is
 * said on the standard error. Throws RunError.
 */
export async function basesCommand(args: Arguments, streams: Streams): Promise<number> {
  const { cwd, env, stderr } = streams;
  const note = (text: string): void => stderr.write(`fromlint: ${safe(text)}\n`);
  const { files, folders } = await inputsOf(args, streams);
  const linter = await createLinter(
    files.map(({ filePath }) => filePath),
    args,
    cwd,
  );
  const uses: BaseUse[] = [];
  let isComplete = folders.length === 0;
  for (const { filePath, messages } of folders) note(`${relativePath(filePath, cwd)}: ${messages[0]?.message ?? ""}`);
  if (files.length === 0) note(`no Dockerfiles found in ${args.paths.join(", ")}.`);
  for (const { filePath, read } of files) {
    if (!linter.isLinted(filePath)) continue;
    const shownAs = relativePath(filePath, cwd);
    const { bytes, problem } = read();
    if (bytes === null) {
      isComplete = false;
      note(`${shownAs}: this file cannot be read (${problem}).`);
      continue;
    }
    uses.push(...linter.bases(filePath, decode(bytes).text, shownAs));
  }
  for (const choice of args.formats) {
    const sink = await sinkFor(choice, args, streams);
    const colors = await colorsFor(isColored(args.color, sink, env));
    const width = sink.isTerminal ? sink.columns : Infinity;
    const options = { width, colors, today: linter.today, tiers: TIERS, levels: LEVELS };
    sink.write(choice.name === "json" ? basesJson(uses) : await basesTable(uses, options));
    sink.end();
  }
  return isComplete ? 0 : 1;
}
