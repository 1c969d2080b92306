/** The edit that fetches a compiled project's dependencies in a step of their own, before the source is copied. */
import type { Edit } from "../../rule.js";
import type { Instruction } from "../../syntax/nodes.js";
import { isGlob } from "../ecosystems/glob.js";
import { isManifestSource } from "../ecosystems/manifests.js";
import { normalPath } from "../effects/paths.js";
import type { LintSource } from "../facts.js";
import type { Layers } from "../layers/layers.js";
import { blockAt, moveStep } from "../layers/move.js";
import type { Step } from "../layers/step.js";
import { belowFolder, type ContextCopy } from "./context-copies.js";
import { fetchOf, type Fetch } from "./fetches.js";
import { flagsOf, indentOf, isMovable, SAME_FOR_MANIFESTS } from "./install-first.js";
import type { SourceBeforeBuild } from "./source-before-build.js";
import { contextFolder, mayBring } from "./source-first.js";

export interface FetchFirst {
  readonly edit: Edit;
  /** What is put in, one instruction each. */
  readonly lines: readonly string[];
}

/** Instructions that no fetch depends on. */
const METADATA: ReadonlySet<string> = new Set([
  ...["Label", "Expose", "Cmd", "Entrypoint", "Healthcheck", "Stopsignal", "Maintainer", "Volume", "Onbuild"],
]);

/** Commands before the build that a fetch can do without. */
const WITHOUT = /^(?:cd|set|mkdir|echo|printf|true|:|ls|pwd|cat|rm)$/;

/** The name of a file that can stand in a COPY as it is. */
const PLAIN_NAME = /^[\w@%+.,/*-]+$/;

/** A word that means the same in a new line. */
const PLAIN = /^[\w@%+.,:=/*$?{}'"-]+$/;

/** Null where no such step can be written, or where it would stand apart from what it needs. */
export function fetchFirst(found: SourceBeforeBuild, layers: Layers, source: LintSource): FetchFirst | null {
  const { step, copy, install, folder, copies } = found;
  const { command } = install;
  const { files } = source.facts;
  const { instruction } = copy.step;
  if (folder === null || copy.step.triggered || copy.step.stage !== step.stage || step.state.windows) return null;
  if (instruction.heredocs.length > 0 || instruction.flags.some(({ name }) => !SAME_FOR_MANIFESTS.has(name)))
    return null;
  if (step.instruction.type !== "Run" || step.instruction.exec || command.conditional) return null;
  if (command.user !== null || command.input || !needsNoOther(found)) return null;

  const between = layers.steps.slice(copy.step.index + 1, step.index);
  const isSteady = copy.step.state.workdir.path === step.state.workdir.path && between.every(isNoPreparation);
  if (!isSteady && (between.some(({ copied }) => copied) || !isMovable(found, layers, false))) return null;
  const at = isSteady ? copy.step : step;
  const [top = ""] = copy.sources;
  const root = copy.sources.length === 1 ? contextFolder(copy, folder, files) : null;
  const fetch = fetchOf(found, root, top, files, ({ range }) => source.text.slice(...range));
  if (!fetch?.names.every((name) => PLAIN_NAME.test(name))) return null;
  const run = runOf(fetch, found, folder, at, source);

  const brings = (one: ContextCopy, name: string): boolean => {
    const path = normalPath(folder, name);
    // Which of them there are, nobody knows here.
    if (isGlob(name)) return bringsOnly(one, found) && normalPath(path, "..") === one.place;
    return mayBring(one, path, files);
  };
  const before = copies.filter((one) => one.step.index < copy.step.index);
  const missing = fetch.names.filter((name) => !before.some((one) => brings(one, name)));
  const [manifest = ""] = fetch.names;
  if (missing.every((name) => isGlob(name) && name !== manifest)) return placed([run], found, isSteady, source);
  return root === null ? null : placed([...copiesOf(missing, root, found, at), run], found, isSteady, source);
}

/** `RUN cd app && mvn dependency:go-offline`, with the flags that the build has. */
function runOf(
  { inFolder, command }: Fetch,
  found: SourceBeforeBuild,
  folder: string,
  at: Step,
  source: LintSource,
): string {
  const flags = found.step.instruction.flags.map(({ range }) => `${source.text.slice(...range)} `).join("");
  const where = (inFolder ? folder : found.install.command.cwd) ?? at.state.workdir.path;
  const rest = belowFolder(where, at.state.workdir.path);
  return `RUN ${flags}${rest === "" ? "" : `cd ${rest ?? where} && `}${command}`;
}

/** True when nothing before the command in its RUN is there for it. */
function needsNoOther({ step, install }: SourceBeforeBuild): boolean {
  const { script } = step.work;
  if (script?.kind !== "commands" || !script.complete) return false;
  const before = script.commands.slice(0, script.commands.indexOf(install.command));
  return before.every(({ name }) => WITHOUT.test(name));
}

/** True for a step that makes nothing for a fetch behind it. */
function isNoPreparation({ instruction, copied }: Step): boolean {
  return copied !== null || METADATA.has(instruction.type) || instruction.type === "Workdir";
}

function bringsOnly({ step, sources }: ContextCopy, { install }: SourceBeforeBuild): boolean {
  return !step.triggered && sources.every((source) => isManifestSource(source, install.ecosystem));
}

/** One COPY for the names of each folder, with the flags of the copy of the source. */
function copiesOf(
  names: readonly string[],
  root: string,
  { copy, folder }: SourceBeforeBuild,
  { state }: Step,
): string[] {
  const byFolder = new Map<string, string[]>();
  for (const name of names) {
    const isFolder = name.endsWith("/");
    const inside = isFolder ? name.slice(0, -1) : name.slice(0, name.lastIndexOf("/") + 1);
    const path = [root, isFolder ? inside : name].filter(Boolean).join("/");
    byFolder.set(inside, [...(byFolder.get(inside) ?? []), path]);
  }
  return [...byFolder].map(([inside, sources]) => {
    const place = normalPath(folder ?? "/", inside);
    const rest = belowFolder(place, state.workdir.path);
    return `COPY ${flagsOf(copy)}${sources.join(" ")} ${rest === "" ? "." : (rest ?? place)}/`;
  });
}

/** The lines before the copy of the source; where that has to go there first, before the build. */
function placed(
  lines: readonly string[],
  { copy, step }: SourceBeforeBuild,
  isSteady: boolean,
  source: LintSource,
): FetchFirst | null {
  const { instruction } = copy.step;
  const text = textOf(lines, instruction, source);
  if (text === null) return null;
  const block = blockAt(instruction, source);
  if (isSteady) return { lines, edit: { range: [block[0], block[0]], text } };
  const edit = moveStep(source, instruction, "before", step.instruction);
  if (!edit) return null;
  const at = edit.text.length - (block[1] - block[0]);
  return { lines, edit: { range: edit.range, text: edit.text.slice(0, at) + text + edit.text.slice(at) } };
}

function textOf(lines: readonly string[], near: Instruction, { text }: LintSource): string | null {
  if (!lines.every((line) => line.split(" ").every((word) => word === "&&" || PLAIN.test(word)))) return null;
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const indent = indentOf(text, near.range[0]);
  return lines.map((line) => indent + line + end).join("");
}
