/** What is known of a command: its effects, what it costs, how often what it reads changes. */
import { folderMarks, normalPath, pathSet, type PathSet } from "../../effects/paths.js";
import { NOTHING, type Access, type Effects } from "../../effects/effects.js";
import { NO_NAMES, type NameSet } from "../../effects/names.js";
import type { Argument, Command } from "../command.js";

/** 0 metadata, 1 touches files, 2 generates, 3 network or compiling. */
export type Cost = 0 | 1 | 2 | 3;

/**
 * How often what a step reads changes: 0 base image, 1 system packages, 2 toolchain, 3 users and folders, 4 manifests
 * and lockfiles, 5 dependencies, 6 config and assets, 7 the application's source, 8 build metadata such as a commit.
 */
export type Volatility = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface Modelled {
  /** For proofs: all that it may read and write. */
  readonly effects: Effects;
  readonly cost: Cost;
  readonly volatility: Volatility;
  /** For messages: the files that it is about, in the image, perhaps with `*`; null for any file. */
  readonly inputs: readonly string[] | null;
}

/** What holds where the command runs. */
export interface Surroundings {
  /** The folders that ENV PATH names in this file. */
  readonly programs: readonly string[];
  /** The home folder of the user; null when that is not known. */
  readonly home: string | null;
}

/** Null for a command, or a use of it, that the model does not cover. */
export type Model = (command: Command, around: Surroundings) => Modelled | null;

/** Where programs, their libraries and their settings stand. `/usr/src` is not among them: applications live there. */
export const SYSTEM_FOLDERS: readonly string[] = [
  ...["bin", "sbin", "lib", "lib32", "lib64", "libexec", "include", "share", "games", "etc"].map(
    (name) => `/usr/${name}`,
  ),
  "/etc",
  "/opt",
];

const LOCAL_FOLDERS = [
  "/usr/local/bin",
  "/usr/local/sbin",
  "/usr/local/lib",
  "/usr/local/share",
  "/usr/local/etc",
  "/usr/local/go",
  "/usr/local/cargo",
];

/** Where a program may be found, with all that it needs to run. */
export function programFolders({ programs }: Surroundings): readonly string[] {
  return [...SYSTEM_FOLDERS, ...LOCAL_FOLDERS, "/go/bin", ...programs];
}

/** The folders of the user who runs it; both usual places where it is not known. */
export function homeFolders({ home }: Surroundings): readonly string[] {
  return home === null ? ["/root", "/home"] : [home];
}

/** The path that an argument names, seen from the command's folder; for a pattern the folder that it looks in; null when unknown. */
export function pathOf({ text, prefix, pattern }: Argument, cwd: string | null): string | null {
  const isWhole = text !== null && !pattern;
  const known = isWhole ? text : literalFolder(prefix);
  if (!isWhole && known === "" && text === null) return null;
  if (known.startsWith("/")) return normalPath("/", known);
  return cwd === null ? null : normalPath(cwd, known);
}

/** `/a/b*` -> `/a/`, `foo*` -> ``. */
function literalFolder(prefix: string): string {
  const glob = prefix.search(/[*?[{]/);
  const literal = glob < 0 ? prefix : prefix.slice(0, glob);
  return literal.slice(0, literal.lastIndexOf("/") + 1);
}

/** The paths of several arguments; null when one is unknown. */
export function pathsOf(args: readonly Argument[], cwd: string | null): readonly string[] | null {
  const found: string[] = [];
  for (const arg of args) {
    const path = pathOf(arg, cwd);
    if (path === null) return null;
    found.push(path);
  }
  return found;
}

export function access(paths: PathSet, env: NameSet = NO_NAMES): Access {
  return { ...NOTHING, paths, env };
}

/**
 * Effects on files alone. A step also depends on its user and folder; that is added for the step as a whole. With
 * `makesFolders` the folders of what it writes need not be there.
 */
export function onFiles(
  reads: readonly string[],
  writes: readonly string[],
  env: NameSet = NO_NAMES,
  makesFolders = false,
): Effects {
  const marks = folderMarks(writes);
  const needed = makesFolders ? folderMarks(reads) : [...folderMarks(reads), ...marks];
  return {
    reads: access(pathSet(reads, needed), env),
    writes: access(pathSet(writes, makesFolders ? marks : [])),
  };
}
