/** What an exported image gets from the context and then loses again. */
import { fits } from "../ecosystems/glob.js";
import { normalPath } from "../effects/paths.js";
import { commandLine } from "../shell/command-line.js";
import { pathOf } from "../shell/commands/model.js";
import type { Argument, Command } from "../shell/command.js";
import type { ProjectFiles } from "../project-files.js";
import { belowFolder, contextCopy, pathsInContext, type ContextCopy } from "./context-copies.js";
import type { Layers } from "../layers/layers.js";
import type { Step } from "../layers/step.js";

export interface CopiedAndDeleted {
  readonly copy: ContextCopy;
  /** The operand of `rm`. */
  readonly operand: Argument;
  readonly command: Command;
  readonly step: Step;
  /** In the context. */
  readonly source: string;
  /** Where it lies in the image; a WORKDIR of the base image is taken to be `/`. */
  readonly place: string;
  /** The same for the build: seen from the WORKDIR where that is the base image's. */
  readonly target: string;
  /** True when the copy brings nothing else. */
  readonly alone: boolean;
}

/** Copies and operands of `rm` that are compared in one file. */
const MOST_COMPARED = 20_000;
const MOST_MOVED = 100;

/** Each copied path once, with the `rm` that removes it. */
export function copiedAndDeleted({ byStage }: Layers, files: ProjectFiles | null): readonly CopiedAndDeleted[] {
  const found: CopiedAndDeleted[] = [];
  const copiesOf: (readonly ContextCopy[])[] = [];
  let left = MOST_COMPARED;
  for (const steps of byStage) {
    const stage = steps[0]?.stage;
    /** What `mv` took away before. */
    const moved: string[] = [];
    const copies: ContextCopy[] = stage?.base ? [...(copiesOf[stage.base.index] ?? [])] : [];
    // What a stage that is not exported holds costs nobody anything.
    for (const step of stage?.exported === true ? steps : []) {
      const copy = contextCopy(step);
      if (copy) copies.push(copy);
      if (step.triggered || step.work.script?.kind !== "commands") continue;
      for (const command of step.work.script.commands) {
        if (command.name === "mv" && moved.length < MOST_MOVED) {
          moved.push(...command.args.slice(0, -1).flatMap((arg) => placeOf(arg, command, step)?.path ?? []));
        }
        for (const operand of removed(command)) {
          const place = placeOf(operand, command, step);
          left -= copies.length;
          if (place === null || left < 0) continue;
          const { path, known } = place;
          if (moved.some((one) => belowFolder(one, path) !== null || belowFolder(path, one) !== null)) continue;
          const match = copies.findLast((one) => isSeenAlike(one, known) && sourceOf(one, path, files) !== null);
          const source = match && sourceOf(match, path, files);
          if (match && source)
            found.push({
              copy: match,
              operand,
              command,
              step,
              source,
              place: path,
              target: known ? path : (operand.text ?? ""),
              alone: match.sources.length === 1 && match.sources[0] === source,
            });
        }
      }
    }
    copiesOf.push(copies);
  }
  return found;
}

/** Where an operand points. Below a WORKDIR of the base image, which is taken to be `/`, that is not known for sure. */
function placeOf(
  operand: Argument,
  { cwd }: Command,
  { state, instruction }: Step,
): { path: string; known: boolean } | null {
  const path = pathOf(operand, cwd);
  if (path !== null) return { path, known: true };
  const text = [instruction.args?.text ?? "", ...instruction.heredocs.map(({ content }) => content)].join("\n");
  if (state.workdir.known || state.windows || /\b(?:cd|pushd)\b/.test(text)) return null;
  const guess = pathOf(operand, state.workdir.path);
  return guess === null ? null : { path: guess, known: false };
}

/** Places that hang on the base image's WORKDIR compare with each other alone. */
function isSeenAlike({ step }: ContextCopy, known: boolean): boolean {
  return ((step.copied?.destination ?? null) !== null) === known;
}

/** The operands of `rm` that are plain paths; a conditional one may remove nothing. */
function removed(command: Command): readonly Argument[] {
  if (command.name !== "rm" || command.conditional) return [];
  const { operands } = commandLine(command, new Set());
  return operands.filter(({ text, pattern }) => text !== null && !pattern && text !== "");
}

/** The path in the context that a copy brought to `path`; null when it is not known to have done that. */
function sourceOf(copy: ContextCopy, path: string, files: ProjectFiles | null): string | null {
  const source = namedOrInside(copy, path, files);
  return source !== null && !isExcluded(copy, source, belowFolder(path, copy.place) ?? "") ? source : null;
}

/** True when a pattern of `--exclude` may cover it; they are seen from the copied folder. */
function isExcluded({ step }: ContextCopy, source: string, inside: string): boolean {
  const name = source.slice(source.lastIndexOf("/") + 1);
  return step.instruction.flags.some(({ name: flag, value }) => {
    if (flag !== "exclude" || value === null) return false;
    const pattern = normalPath("/", value.text).slice(1);
    if (/[$!\\[]|\*\*/.test(pattern.replace(/^\*\*\//, ""))) return true;
    return (
      inside.split("/").some((_, index, parts) => fits(pattern, parts.slice(0, index + 1).join("/"))) ||
      fits(pattern, name)
    );
  });
}

function namedOrInside(copy: ContextCopy, path: string, files: ProjectFiles | null): string | null {
  // A source that the file names lands at its place, or in it.
  for (const source of copy.sources) {
    if (source === "" || /[*?[]/.test(source)) continue;
    const name = source.slice(source.lastIndexOf("/") + 1);
    const isFile = files ? files.has(source) && files.list(source).length === 0 : /\.\w+$/.test(name);
    if (!isFile) continue;
    const rest = belowFolder(path, copy.place);
    if (copy.intoFolder ? rest === name : rest === "") return source;
  }
  if (files) return pathsInContext(copy, path, files).find((one) => one !== "") ?? null;
  // A folder that is copied to a place of its own, and that place removed.
  const [only] = copy.sources;
  return only !== undefined && only !== "" && copy.sources.length === 1 && path === copy.place && !/[*?[]/.test(only)
    ? only
    : null;
}
