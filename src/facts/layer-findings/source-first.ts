/** Installs of dependencies that stand behind a copy of the source, so that every commit runs them again. */
import { isGlob } from "../ecosystems/glob.js";
import { isManifestSource } from "../ecosystems/manifests.js";
import { USUAL } from "../ecosystems/usual.js";
import { normalPath } from "../effects/paths.js";
import type { ProjectFiles } from "../project-files.js";
import type { Command } from "../shell/command.js";
import { modelCommand } from "../shell/commands/commands.js";
import { belowFolder, pathsInContext, type ContextCopy } from "./context-copies.js";
import { placedInstalls, type PlacedInstall } from "./dependency-installs.js";
import { lineOf } from "../layers/above.js";
import type { Layers } from "../layers/layers.js";
import { needsOf } from "./project-needs.js";
import { bringsSource, isAround } from "./source-copies.js";
import { usesWorkspaces } from "./workspaces.js";

export interface SourceFirst extends PlacedInstall {
  /** The copy of the source. */
  readonly copy: ContextCopy;
  /** True when that copy brings the manifests, too; false when they have a COPY of their own. */
  readonly withManifests: boolean;
  /** What the install reads, in words. */
  readonly reads: string;
  /** What to copy before it, from the context; null when that is not known. */
  readonly needed: readonly string[] | null;
  /** True when the manifests' own COPY leaves out some that the copy of the source brings. */
  readonly incomplete: boolean;
  /** True when `needed` rests on the project's own files. */
  readonly certain: boolean;
  /** The other copies of source before the install. */
  readonly others: readonly ContextCopy[];
}

const JAVASCRIPT: ReadonlySet<string> = new Set(["npm", "yarn", "pnpm", "bun"]);

const NO_PLACES = { programs: [], home: null };

/** The first install of each ecosystem in a chain of stages, where source was copied before it. */
export function sourceBeforeInstall(layers: Layers, files: ProjectFiles | null): readonly SourceFirst[] {
  return placedInstalls(layers).flatMap((placed) => {
    const { install, earlier, mayBeMade, folder } = placed;
    // `cargo fetch` asks for the targets' files, too.
    const isInstall = (install.kind === "install" || install.kind === "fetch") && install.ecosystem.name !== "cargo";
    if (!isInstall || earlier || mayBeMade || install.offline || folder === null) return [];
    return finding(placed, folder, layers, files) ?? [];
  });
}

function finding(
  placed: PlacedInstall,
  folder: string,
  layers: Layers,
  files: ProjectFiles | null,
): SourceFirst | null {
  const { step, install, copies } = placed;
  const { ecosystem } = install;
  const brought = copies.filter((copy) => bringsSource(copy, placed, files));
  if (brought.length === 0 || step.content.some(({ from }) => from.kind === "context")) return null;
  const ofManifests = (copy: ContextCopy): boolean =>
    isAround(copy.place, folder) &&
    copy.sources.some((source) => isManifestSource(source, ecosystem) || isListed(source, placed));
  const own = copies.filter((copy) => !brought.includes(copy) && ofManifests(copy));
  // In another folder they are another project's, or only a part of its own.
  const ownHere = own.find((copy) => bringsOwn(copy, placed, folder));
  const hasOwn = ownHere !== undefined;
  const copy = hasOwn
    ? (brought.find((one) => belowFolder(folder, one.place) !== null) ?? brought[0])
    : brought.find((one) => bringsManifests(one, placed, folder, files));
  if (!copy || isUnclearBetween(copy, placed, layers)) return null;
  const ownSource = ownHere?.sources.find((source) => isManifestSource(source, ecosystem) || isListed(source, placed));
  const root = ownSource === undefined ? contextFolder(copy, folder, files) : folderOf(ownSource);
  const usual = USUAL[ecosystem.name];
  const needs = files && root !== null ? needsOf(install, root, files) : null;
  if (needs?.kind === "none" && !hasOwn) return null;
  if (needs?.kind === "source" && !install.readsSource && isTold(placed)) return null;
  // In a project of several packages it reads the manifests of all.
  if (JAVASCRIPT.has(ecosystem.name) && usesWorkspaces(layers)) return null;
  const names = needs?.kind === "files" ? needs.names : null;
  // Who copies a part of the source before the install often has a reason: a script that runs with it, a version file.
  if (hasOwn && names === null && belowFolder(folder, copy.place) === null) return null;
  const listed = install.listed.flatMap(({ text }) => text ?? []);
  const usualNames = listed.length > 0 ? (listed.every((name) => !name.startsWith("/")) ? listed : []) : usual.sources;
  const needed = names ?? (needs === null ? usualNames : []);
  const isMissing = (name: string): boolean =>
    !own.some((one) => pathsInContext(one, normalPath(folder, name), files).length > 0);
  return {
    ...{ ...placed, copy, withManifests: !hasOwn },
    reads: names ? inWords(names) : listed.length > 0 ? inWords(listed) : usual.reads,
    needed: root === null || copy.sources.length > 1 ? null : sourcesIn(root, needed),
    incomplete: hasOwn && names?.some(isMissing) === true,
    certain: names !== null,
    others: brought.filter((one) => one !== copy && isAround(one.place, folder)),
  };
}

/** Sources for one COPY: with names in several folders there is none that keeps them there. */
function sourcesIn(root: string, names: readonly string[]): readonly string[] | null {
  if (names.length === 0 || names.some((name) => name.includes("/"))) return null;
  return names.map((name) => (root === "" ? name : `${root}/${name}`));
}

function folderOf(source: string): string | null {
  const folder = source.slice(0, Math.max(source.lastIndexOf("/"), 0));
  return /[*?[]/.test(folder) ? null : folder;
}

/** Ecosystems whose projects are looked into: what is said of them there counts. */
function isTold({ install }: PlacedInstall): boolean {
  return ["npm", "yarn", "pnpm", "bun", "go", "pip", "bundler"].includes(install.ecosystem.name);
}

function isListed(source: string, { install }: PlacedInstall): boolean {
  return install.listed.some(
    ({ text }) => text !== null && normalPath("/", text).endsWith(`/${source.slice(source.lastIndexOf("/") + 1)}`),
  );
}

/** The project's folder in the context, where this copy brings it from there. */
export function contextFolder(copy: ContextCopy, folder: string, files: ProjectFiles | null): string | null {
  const [source = ""] = copy.sources;
  if (/[*?[]/.test(source)) return null;
  const rest = belowFolder(folder, copy.place);
  if (rest === null) return null;
  const path = [source, rest].filter(Boolean).join("/");
  return files && !files.has(path) ? null : path;
}

function bringsManifests(
  copy: ContextCopy,
  { install }: PlacedInstall,
  folder: string,
  files: ProjectFiles | null,
): boolean {
  const [first = "*"] = install.ecosystem.manifests;
  const listed = install.listed.flatMap(({ text }) => text ?? []);
  if (listed.length === 0 && first.includes("*")) return belowFolder(folder, copy.place) !== null;
  const names = listed.length > 0 ? listed : [first];
  return names.some((name) => mayBring(copy, normalPath(folder, name), files));
}

/** True when a COPY of manifests puts the project's own where the install looks for them. */
function bringsOwn(copy: ContextCopy, { install }: PlacedInstall, folder: string): boolean {
  const [first = "*"] = install.ecosystem.manifests;
  const listed = install.listed.flatMap(({ text }) => text ?? []);
  if (listed.length > 0 || !isGlob(first)) {
    return (listed.length > 0 ? listed : [first]).some((name) => mayBring(copy, normalPath(folder, name), null));
  }
  // Its name is the project's: what lies in the folder, and what the command names.
  const wanted = [folder, ...install.operands.flatMap(({ text }) => (text === null ? [] : normalPath(folder, text)))];
  return copy.sources.some((source) => {
    const inFolder = normalPath(copy.place, source.slice(source.lastIndexOf("/") + 1));
    const landed = copy.intoFolder || isGlob(source) ? [inFolder] : [inFolder, copy.place];
    return landed.some((path) => wanted.includes(path) || wanted.includes(normalPath(path, "..")));
  });
}

/** True when a copy may bring the file `path` of the image; with `files` only where it is there. */
export function mayBring(copy: ContextCopy, path: string, files: ProjectFiles | null): boolean {
  // What is no folder brings no other file.
  return pathsInContext(copy, path, files).some(
    (one) => files !== null || !copy.sources.some((source) => /\.\w+$/.test(source) && one.startsWith(`${source}/`)),
  );
}

/** True when something between may read the source for the install: then that is needed before it. */
function isUnclearBetween(copy: ContextCopy, { step, install }: PlacedInstall, layers: Layers): boolean {
  for (let index = copy.step.index + 1; index < step.index; index++) {
    const between = layers.steps[index];
    if (between?.stage !== step.stage && between?.stage !== copy.step.stage) continue;
    const { script } = between.work;
    if (script && (script.kind === "foreign" || !script.complete || script.commands.some(isUnclear))) return true;
  }
  const commands = step.work.script?.kind === "commands" ? step.work.script.commands : [];
  const before = commands.slice(0, Math.max(commands.indexOf(install.command), 0));
  return before.some(isUnclear);
}

/** A virtual environment is made without the project, settings of a package manager are its own. */
function isUnclear(command: Command): boolean {
  const isEnvironment = /^python[\d.]*$/.test(command.name) && command.args[1]?.text === "venv";
  const isSetting =
    /^(?:npm|yarn|pnpm|pip[\d.]*|poetry|bundle)$/.test(command.name) && command.args[0]?.text === "config";
  return !isEnvironment && !isSetting && modelCommand(command, NO_PLACES).inputs === null;
}

/** `a, b and c`. */
export function inWords(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** For a message about one of several copies: the lines of the others. */
export function alsoAt(others: readonly ContextCopy[]): string {
  const lines = others.map(({ step }) => String(lineOf(step)));
  if (lines.length === 0) return "";
  return lines.length === 1 ? `, and line ${lines.join()}` : `, and lines ${inWords(lines)}`;
}
