/** Edits that keep what is removed later from being copied in the first place. */
import type { Edit } from "../../rule.js";
import { pathSet, sharedPath, type PathSet } from "../effects/paths.js";
import type { LintSource } from "../facts.js";
import { excludeFlag, STABLE_SYNTAX } from "../frontends.js";
import { linesWithComments } from "../layers/move.js";
import type { Layers } from "../layers/layers.js";
import { commandLine, hasOption } from "../shell/command-line.js";
import type { Command } from "../shell/command.js";
import { modelCommand } from "../shell/commands/commands.js";
import { changedInPlace } from "./changed-in-place.js";
import { belowFolder } from "./context-copies.js";
import type { CopiedAndDeleted } from "./copied-and-deleted.js";
import { cutOperand } from "./cut.js";

/** `leaveOut`: one word of the COPY, or all of it; `exclude`: a flag more, for `withSyntax` a `# syntax` line, too. */
export interface NotCopied {
  readonly kind: "leaveOut" | "exclude" | "withSyntax" | "mount";
  /** What is put in: the flag. */
  readonly flag: string;
  readonly edits: readonly Edit[];
}

const NO_PLACES = { programs: [], home: null };

/** Paths and patterns that mean themselves, in flags and to the shell. */
const PLAIN = /^[\w@%+./-]+$/;

/** The same with variables, which mounts put in, too. */
const EXPANDED = /^[\w@%+./${}:-]+$/;

/** They change the files that they are given, which a mount does not allow. */
const CHANGES = /^(?:chmod|chown|chgrp|mv|sed|patch|touch|truncate|tee|perl|(?:un)?(?:gzip|xz|zstd)|gunzip|bunzip2)$/;

/**
 * The edit that copies no more than what stays, and takes the `rm` away; where the RUN itself works with the file, the
 * one that mounts it. Null where neither is sure: a step between reads it, the `rm` removes more.
 */
export function notCopied(found: CopiedAndDeleted, layers: Layers, source: LintSource): NotCopied | null {
  const { copy, step, command, operand, place } = found;
  const { instruction } = copy.step;
  if (copy.step.triggered || copy.step.stage !== step.stage || !PLAIN.test(found.source)) return null;
  if (instruction.type === "Add" && /\.(?:tar|tgz|gz|bz2|xz)/.test(found.source)) return null;
  const readers = isTouchedBetween(found, layers) ? null : readersIn(found);
  if (readers === null) return null;
  const line = commandLine(command, new Set());
  const cut = cutOperand(operand, line.operands, command, step, source);
  if (readers.length > 0) {
    const isChanged = readers.some(
      ({ name, args }) => CHANGES.test(name) && args.some(({ text }) => endsLike(text, place)),
    );
    if (!cut || cut.isAll || !found.alone || isChanged || changedInPlace(found, layers)) return null;
    return mounted(found, cut.edit, source);
  }
  // What is not there, `rm -f` does not mind.
  if (!cut && !hasOption(line, "-f", "--force")) return null;
  const rest = cut ? [cut.edit] : [];
  return leftOut(found, rest, source) ?? excluded(found, place, rest, source);
}

/** True unless it is sure that nothing looks at the file between its COPY and its `rm`. */
export function mayBeUsed(found: CopiedAndDeleted, layers: Layers): boolean {
  return isTouchedBetween(found, layers) || readersIn(found)?.length !== 0;
}

function isTouchedBetween({ copy, step, place }: CopiedAndDeleted, { steps }: Layers): boolean {
  const gone = pathSet([place]);
  for (let index = copy.step.index + 1; index < step.index; index++) {
    const between = steps[index];
    if (between && touches(between.work.effects, gone)) return true;
  }
  return false;
}

/** The commands before the `rm` in its RUN that may look at the file; null where not all commands are known. */
function readersIn({ step: { work }, command, place }: CopiedAndDeleted): readonly Command[] | null {
  const { script } = work;
  if (script?.kind !== "commands" || !script.complete) return null;
  const gone = pathSet([place]);
  const before = script.commands.slice(0, script.commands.indexOf(command));
  return before.filter((one) => touches(modelCommand(one, NO_PLACES).effects, gone));
}

/** For a message, behind `.dockerignore`; empty where the builder has no `COPY --exclude`. */
export function orExclude({ facts: { images, inputs } }: LintSource): string {
  if (!hasMounts(inputs)) return "";
  return excludeFlag(images) === "known" ? " or `--exclude`" : " or `--exclude` (syntax 1.19 or later)";
}

/** BuildKit and Buildah have mounts and `--exclude`, the others have neither. */
export function hasMounts({ policy: { builder } }: LintSource["facts"]["inputs"]): boolean {
  return builder !== "legacy" && builder !== "kaniko";
}

/** The path in the context with the variables that its COPY writes, which mounts put in, too. */
export function sourceAsWritten({ copy: { sources, step }, source }: CopiedAndDeleted): string {
  const { instruction } = step;
  const isWords = (instruction.type === "Copy" || instruction.type === "Add") && instruction.form === "words";
  const index = sources.indexOf(source);
  if (!isWords || index < 0 || instruction.words.length !== sources.length + 1) return source;
  return (instruction.words[index]?.text ?? source).replace(/^(?:\.?\/)+/, "");
}

function touches({ reads, writes }: Layers["steps"][number]["work"]["effects"], gone: PathSet): boolean {
  return sharedPath(reads.paths, gone) !== null || sharedPath(writes.paths, gone) !== null;
}

/** True for a word that may name the file, or is not known. */
function endsLike(text: string | null, place: string): boolean {
  return text === null || place.endsWith(text.slice(text.lastIndexOf("/") + 1));
}

/** Where the COPY names the file itself. */
function leftOut({ copy, source: path, alone }: CopiedAndDeleted, rest: Edit[], source: LintSource): NotCopied | null {
  const { instruction } = copy.step;
  if (alone) {
    const lines = linesWithComments(source, instruction);
    return lines && { kind: "leaveOut", flag: "", edits: [{ range: lines, text: "" }, ...rest] };
  }
  if (!copy.sources.includes(path)) return null;
  if ((instruction.type !== "Copy" && instruction.type !== "Add") || instruction.form !== "words") return null;
  const index = instruction.words.findIndex((word, at) => {
    return at < instruction.words.length - 1 && word.text.replace(/^(?:\.?\/)+/, "") === path;
  });
  const [word, next] = [instruction.words[index], instruction.words[index + 1]];
  if (!word || !next || source.getText(word) !== word.text) return null;
  return { kind: "leaveOut", flag: "", edits: [{ range: [word.range[0], next.range[0]], text: "" }, ...rest] };
}

/** Where it comes with a folder: patterns of `--exclude` are seen from there. */
function excluded({ copy }: CopiedAndDeleted, place: string, rest: Edit[], source: LintSource): NotCopied | null {
  const { images, inputs } = source.facts;
  const pattern = belowFolder(place, copy.place);
  const support = excludeFlag(images);
  if (!pattern || !PLAIN.test(pattern) || copy.sources.length !== 1 || support === "unknown") return null;
  if (!hasMounts(inputs)) return null;
  const flag = `--exclude=${pattern}`;
  const { range } = copy.step.instruction.keyword;
  const edits: Edit[] = [{ range: [range[1], range[1]], text: ` ${flag}` }, ...rest];
  if (support === "known") return { kind: "exclude", flag, edits };
  const end = source.text.includes("\r\n") ? "\r\n" : "\n";
  return { kind: "withSyntax", flag, edits: [{ range: [0, 0], text: STABLE_SYNTAX + end }, ...edits] };
}

/** Read-only, and for that RUN alone: nothing of it gets into a layer. */
function mounted(found: CopiedAndDeleted, cut: Edit, source: LintSource): NotCopied | null {
  const { copy, step, target } = found;
  const { instruction } = copy.step;
  if (!hasMounts(source.facts.inputs) || instruction.flags.length > 0) return null;
  if (instruction.type !== "Copy" && instruction.type !== "Add") return null;
  const path = sourceAsWritten(found);
  if (!EXPANDED.test(path) || !PLAIN.test(target) || target.startsWith("..")) return null;
  const lines = linesWithComments(source, instruction);
  const flag = `--mount=type=bind,source=${path},target=${target}`;
  const { range } = step.instruction.keyword;
  const edits: Edit[] = [{ range: [range[1], range[1]], text: ` ${flag}` }, cut];
  return lines && { kind: "mount", flag, edits: [{ range: lines, text: "" }, ...edits] };
}
