/** `fromlint layers FILE`: the file as layers, and what a change re-runs. */
import { usualChanges } from "../../facts/layers/changes.js";
import { outlineOf, type OutlinedChange } from "../../facts/layers/outline.js";
import { lookUpTarget } from "../../facts/target.js";
import { colorsFor } from "../../report/colors.js";
import { layersJson, layersText } from "../../report/layers.js";
import { relativePath } from "../../report/path.js";
import { decode } from "../../syntax/decode.js";
import type { Arguments } from "../arguments/arguments.js";
import { askedChanges } from "./asked-changes.js";
import { isColored } from "../output/color.js";
import { inputsOf, type Input } from "../files/inputs.js";
import { createLinter } from "../lint/linter.js";
import { RunError } from "../run-error.js";
import { sinkFor } from "../output/sink.js";
import type { Streams } from "../output/streams.js";
import { missingText } from "../lint/targets.js";

/** Returns the exit code, 0. Throws RunError, also for a stage, an ARG or a line that the file does not have. */
export async function layersCommand(args: Arguments, streams: Streams): Promise<number> {
  const { cwd, env } = streams;
  const { filePath, read } = await theFile(args, streams);
  const file = relativePath(filePath, cwd);
  const { bytes, problem } = read();
  if (bytes === null) throw new RunError(`${file}: this file cannot be read (${problem}).`);
  // A file that is named is shown, whatever a policy ignores.
  const linter = await createLinter([filePath], { ...args, ignore: false }, cwd);
  const { source, fixed } = await linter.layers(filePath, decode(bytes).text);
  const target = lookUpTarget(source.facts);
  if (target !== null && target !== "found") throw new RunError(`${file}: ${missingText(target)}`);

  const isAsked = args.changes.length > 0;
  const changes = isAsked ? askedChanges(args.changes, source) : usualChanges(source);
  const outline = outlineOf(source, changes);
  const comparable = changes.filter(({ name }) => !name.startsWith("line:"));
  const after: readonly OutlinedChange[] = fixed ? outlineOf(fixed, comparable).changes : [];
  const options = { file, isAsked, fixed: after };
  for (const choice of args.formats) {
    const sink = await sinkFor(choice, args, streams);
    const colors = await colorsFor(isColored(args.color, sink, env));
    const text = choice.name === "json" ? layersJson(outline, options) : null;
    sink.write(text ?? (await layersText(outline, { ...options, width: sink.columns, colors })));
    sink.end();
  }
  return 0;
}

/** What was named, or the only Dockerfile of a folder. */
async function theFile(args: Arguments, streams: Streams): Promise<Input> {
  const { files } = await inputsOf(args, streams);
  const [file] = files;
  const where = args.paths.join(" ");
  if (!file) throw new RunError(`${where}: there is no Dockerfile. Name one: fromlint layers FILE.`);
  if (files.length === 1) return file;
  throw new RunError(`${where}: there are ${files.length} Dockerfiles. Name one: fromlint layers FILE.`);
}
