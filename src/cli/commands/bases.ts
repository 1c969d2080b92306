/** `fromlint bases [PATH…]`: the inventory of every image use. */
import type { LintSource } from "../../facts/facts.js";
import { inventoryOf, type BaseUse } from "../../facts/inventory.js";
import { LEVELS } from "../../facts/pinning.js";
import { TIERS } from "../../policy/policy.js";
import { basesJson, basesTable, type BasesOptions } from "../../report/bases.js";
import { colorsFor } from "../../report/colors.js";
import { relativePath } from "../../report/path.js";
import { safe } from "../../report/safe.js";
import { decode } from "../../syntax/decode.js";
import type { Arguments } from "../arguments/arguments.js";
import { isColored } from "../output/color.js";
import { inputsOf } from "../files/inputs.js";
import { createLinter, type Linter } from "../lint/linter.js";
import { sinkFor } from "../output/sink.js";
import type { Streams } from "../output/streams.js";

/**
 * Returns the exit code: 0, 1 when the inventory lacks a file or folder that could not be read, which is said on the
 * standard error, or 2 when no file has the target. Throws RunError.
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
  const sources: Source[] = [];
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
    const source = linter.own(filePath, decode(bytes).text);
    if (source) sources.push({ filePath, shownAs, source });
  }
  const uses =
    args.online === null
      ? sources.flatMap(({ source, shownAs }) => inventoryOf(source, shownAs))
      : await inventoryOnline(sources, linter, args, streams);
  const isOnline = args.online !== null;
  for (const choice of args.formats) {
    const sink = await sinkFor(choice, args, streams);
    const colors = await colorsFor(isColored(args.color, sink, env));
    const width = sink.isTerminal ? sink.columns : Infinity;
    const options = { width, colors, today: linter.today, tiers: TIERS, levels: LEVELS, isOnline };
    sink.write(await reportOf(choice.name, uses, options));
    sink.end();
  }
  for (const text of linter.targets.notes(cwd)) note(text);
  return linter.targets.isNowhere() ? 2 : isComplete ? 0 : 1;
}

async function reportOf(format: string, uses: readonly BaseUse[], options: BasesOptions): Promise<string> {
  if (format === "json") return basesJson(uses);
  if (format !== "html") return basesTable(uses, options);
  return (await import("../../report/html/bases.js")).basesPage(uses, options.today, options.isOnline);
}

interface Source {
  readonly filePath: string;
  readonly shownAs: string;
  readonly source: LintSource;
}

async function inventoryOnline(
  sources: readonly Source[],
  linter: Linter,
  { online }: Arguments,
  streams: Streams,
): Promise<readonly BaseUse[]> {
  const { openRegistries } = await import("../online/registries.js");
  const { describedInventories } = await import("../online/online.js");
  const registries = await openRegistries(linter.catalog, online === "fresh", streams);
  try {
    return await describedInventories(
      sources,
      (filePath) => registries.under(linter.policies(filePath)),
      streams.stderr,
    );
  } finally {
    await registries.close();
  }
}
