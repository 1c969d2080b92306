/** The lockfile that belongs to an install: where it is in the context, and whether a COPY brings it. */
import type { Install } from "../ecosystems/install.js";
import { normalPath } from "../effects/paths.js";
import type { ProjectFiles } from "../project-files.js";
import { pathsInContext, type ContextCopy } from "./context-copies.js";
import type { PlacedInstall } from "./dependency-installs.js";

export interface Lockfile {
  readonly name: string;
  /** In the context. */
  readonly path: string;
}

/** The lockfile that a copy brings beside the manifest before the install; null when none is known to be there. */
export function broughtLockfile(
  { install, folder, copies }: PlacedInstall,
  files: ProjectFiles | null,
): Lockfile | null {
  if (folder === null) return null;
  for (const name of install.ecosystem.lockfiles) {
    const wanted = normalPath(folder, name);
    if (name.includes("*")) continue;
    for (const copy of copies) {
      const path = pathsInContext(copy, wanted, files).find((one) => files !== null || copy.sources.includes(one));
      if (path !== undefined) return { name, path };
    }
  }
  return null;
}

/** A COPY that brings the manifest by name, without the lockfile that lies beside it in the context. */
export interface LeftBehind {
  readonly placed: PlacedInstall;
  readonly copy: ContextCopy;
  readonly manifest: Lockfile;
  readonly lockfile: Lockfile;
}

/** `named` are sources of all copies of the file: a lockfile that is copied somewhere is there. */
export function lockfileLeftBehind(
  placed: PlacedInstall,
  files: ProjectFiles | null,
  named: ReadonlySet<string>,
): LeftBehind | null {
  const { install, folder, copies } = placed;
  const [name = "*"] = install.ecosystem.manifests;
  if (folder === null || name.includes("*") || name.includes("/")) return null;
  const copy = copies.find(
    (one) => one.sources.some((source) => isNamed(source, name)) && brings(one, folder, name, files),
  );
  const source = copy?.sources.find((one) => isNamed(one, name));
  if (!copy || source === undefined) return null;
  const beside = source.slice(0, source.length - name.length);
  if (isUnwanted(placed)) return null;
  const locks = install.ecosystem.lockfiles.filter((lock) => !lock.includes("*"));
  if (locks.some((lock) => copies.some((one) => brings(one, folder, lock, null)))) return null;
  const lock = locks.find((one) => (files ? files.has(beside + one) : named.has(beside + one)));
  if (lock === undefined) return null;
  return { placed, copy, manifest: { name, path: source }, lockfile: { name: lock, path: beside + lock } };
}

/** True when the RUN removes the lockfile before it installs: somebody wants all versions resolved anew. */
export function isUnwanted({ step, install }: PlacedInstall): boolean {
  const commands = step.work.script?.kind === "commands" ? step.work.script.commands : [];
  const before = commands.slice(0, Math.max(commands.indexOf(install.command), 0));
  const removed = before.flatMap(({ name, args }) => (name === "rm" ? args.map(({ text }) => text ?? "") : []));
  return removed.some((path) => install.ecosystem.lockfiles.includes(path.slice(path.lastIndexOf("/") + 1)));
}

/** What an install does without its lockfile: go.mod names all versions, go.sum their sums; Poetry resolves. */
export function withoutLockfile({ ecosystem, frozen }: Install): "unchecked" | "fails" | "resolves" {
  if (ecosystem.name === "go") return "unchecked";
  return frozen && ecosystem.name !== "poetry" ? "fails" : "resolves";
}

function brings(copy: ContextCopy, folder: string, name: string, files: ProjectFiles | null): boolean {
  const found = pathsInContext(copy, normalPath(folder, name), files);
  // A file brings itself alone.
  return found.some((path) => !copy.sources.some((source) => isFile(source) && path.startsWith(`${source}/`)));
}

function isNamed(source: string, name: string): boolean {
  return source === name || source.endsWith(`/${name}`);
}

function isFile(source: string): boolean {
  return /\.\w+$|(?:^|\/)(?:Gem|Pip)file$/.test(source);
}
