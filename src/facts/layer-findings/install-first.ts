/** The edit that puts an install before the copy of the source. */
import type { Edit } from "../../rule.js";
import { lowerBound } from "../../syntax/search.js";
import { normalPath, pathSet, sharedPath } from "../effects/paths.js";
import type { LintSource } from "../facts.js";
import type { ProjectFiles } from "../project-files.js";
import { modelCommand } from "../shell/commands/commands.js";
import { pathsInContext, type ContextCopy } from "./context-copies.js";
import type { Layers } from "../layers/layers.js";
import { blockAt, moveStep } from "../layers/move.js";
import type { SourceFirst } from "./source-first.js";
import { canSwap } from "../layers/swap.js";

const NO_PLACES = { programs: [], home: null };

/** Flags that the copy of the manifests can take over from that of the source. */
export const SAME_FOR_MANIFESTS: ReadonlySet<string> = new Set(["chown", "chmod", "link"]);

/**
 * Moves the copy of the source behind the install, and copies the manifests before it where that copy brought them.
 * Null where more has to be decided: steps between that need the source, other commands of the RUN that read it.
 */
export function installFirst(found: SourceFirst, layers: Layers, source: LintSource): Edit | null {
  const { step, copy, install, needed, withManifests } = found;
  const { instruction: moved } = copy.step;
  if (copy.step.triggered || copy.step.stage !== step.stage || install.readsSource) return null;
  if (moved.flags.some(({ name }) => !SAME_FOR_MANIFESTS.has(name)) || moved.heredocs.length > 0) return null;
  if (withManifests ? needed === null : found.incomplete) return null;
  if (!isAlone(found) || !isMovable(found, layers, false)) return null;
  const edit = moveStep(source, moved, "behind", step.instruction);
  if (!edit || !withManifests) return edit;
  const { instructions } = source.ast;
  const last = lowerBound(instructions, ({ range }) => range[0] >= step.instruction.range[0]);
  const [copyBlock, runBlock] = [blockAt(moved, source), blockAt(step.instruction, source)];
  const before = blockAt(instructions[last - 1] ?? moved, source);
  // Behind the edit the copy stands last, the gap that was before the install stands between the two.
  const tail = copyBlock[1] - copyBlock[0] + (runBlock[0] - before[1]) + (runBlock[1] - runBlock[0]);
  const at = edit.text.length - tail;
  const line = `${indentOf(source.text, step.instruction.range[0])}${manifestCopy(found)}${source.text.includes("\r\n") ? "\r\n" : "\n"}`;
  return { range: edit.range, text: edit.text.slice(0, at) + line + edit.text.slice(at) };
}

/**
 * True when the edit leaves the same image, as far as the Dockerfile and the project's files tell: the install keeps
 * to the lockfile, runs nothing of the project, and what it makes is not what the source brings.
 */
export function isProven(found: SourceFirst, layers: Layers, files: ProjectFiles | null): boolean {
  const { step, copy, install, folder, certain } = found;
  const script = step.work.script;
  if (!files || !certain || !install.frozen || install.folder === null) return false;
  if ((copy.step.copied?.destination ?? null) === null || copy.place !== folder || copy.place === "/") return false;
  if (script?.kind !== "commands" || !script.complete || script.commands.length !== 1) return false;
  const [root = ""] = copy.sources;
  if (!found.withManifests && !hasManifests(found, root, layers, files)) return false;
  const made = install.ecosystem.output.map((name) => [root, name].filter(Boolean).join("/"));
  return made.every((path) => !files.has(path)) && isMovable(found, layers, true);
}

/** True when all that the install reads is there, as it is in the context, before the copy of the source. */
function hasManifests(
  { copies, copy, folder, needed }: SourceFirst,
  root: string,
  { steps }: Layers,
  files: ProjectFiles,
): boolean {
  return (needed ?? []).every((path) => {
    const target = normalPath(folder ?? "/", root === "" ? path : path.slice(root.length + 1));
    const place = pathSet([target]);
    const own = copies.findLast(({ step }) => {
      return step.index < copy.step.index && sharedPath(step.work.effects.writes.paths, place) !== null;
    });
    if (!own || own.step.triggered || own.step.copied?.owner !== copy.step.copied?.owner) return false;
    if (own.step.instruction.flags.length !== copy.step.instruction.flags.length) return false;
    const between = steps.slice(own.step.index + 1, copy.step.index);
    const isKept = between.every(({ work }) => sharedPath(work.effects.writes.paths, place) === null);
    return isKept && pathsInContext(own, target, files).includes(path);
  });
}

/** True when nothing else in the RUN reads the source. */
function isAlone({ step, install }: SourceFirst): boolean {
  const { script } = step.work;
  if (script?.kind !== "commands" || !script.complete) return false;
  return script.commands.every(
    (command) => command === install.command || modelCommand(command, NO_PLACES).inputs !== null,
  );
}

/** True when the copy of the source can stand directly before the RUN. */
export function isMovable(
  { copy, step }: Pick<SourceFirst, "copy" | "step">,
  layers: Layers,
  strictly: boolean,
): boolean {
  for (let index = copy.step.index + 1; index < step.index; index++) {
    const between = layers.steps[index];
    if (!between) return false;
    // Who makes a folder first hardly matters.
    const isFolder = !strictly && between.instruction.type === "Workdir" && copy.step.copied?.relative === false;
    if (!isFolder && !canSwap(copy.step, between).ok) return false;
  }
  return true;
}

/** `COPY --chown=node package.json package-lock.json ./`. */
export function manifestCopy({ copy, step, needed, folder }: SourceFirst): string {
  const to = folder === null || folder === step.state.workdir.path ? "./" : `${folder}/`;
  return `COPY ${flagsOf(copy)}${(needed ?? []).join(" ")} ${to}`;
}

/** `--chown=node --link `, as the copy of the source has them. */
export function flagsOf({ step }: ContextCopy): string {
  return step.instruction.flags.map(({ name, value }) => `--${name}${value ? `=${value.text}` : ""} `).join("");
}

export function indentOf(text: string, offset: number): string {
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
}
