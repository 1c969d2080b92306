/** Where fixed texts go: into the files, to the standard output, or nowhere but into a diff. */
import { colorsFor } from "../../report/colors.js";
import { relativePath } from "../../report/path.js";
import type { Arguments } from "../arguments/arguments.js";
import { isColored } from "../output/color.js";
import type { Input } from "../files/inputs.js";
import type { FileOutcome } from "./lint-file.js";
import { reasonOf } from "../../files/reason.js";
import type { Streams } from "../output/streams.js";
import { writeWhole } from "../output/write.js";

/**
 * Delivers what fixing made of one file. Returns null, or why the file could not be written (a clause).
 * The standard input comes out whole in any case: as it was where nothing was fixed.
 */
export async function deliverFixed(
  input: Input,
  { result, bytes, text }: FileOutcome,
  args: Arguments,
  streams: Streams,
): Promise<string | null> {
  const { output } = result;
  if (args.fix === "dry-run") {
    if (output === undefined || text === null) return null;
    const { unifiedDiff } = await import("../../report/diff.js");
    const path = relativePath(input.filePath, streams.cwd);
    streams.stdout.write(
      unifiedDiff(path, text, output, await colorsFor(isColored(args.color, streams.stdout, streams.env))),
    );
    return null;
  }
  if (input.isStdin) {
    streams.stdout.write(output ?? bytes ?? "");
    return null;
  }
  if (output === undefined) return null;
  try {
    writeWhole(input.filePath, output);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}
