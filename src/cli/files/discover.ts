/** Paths of the command line -> the Dockerfiles to lint. */
import { lstatSync, readdirSync, statSync, type Stats } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { walk } from "../../files/walk.js";
import { nearest } from "../../spelling.js";
import { FLAGS } from "../arguments/flags.js";
import { SUBCOMMANDS } from "../arguments/given.js";
import { RunError } from "../run-error.js";

export interface Discovery {
  /** Absolute, sorted, each once. */
  readonly files: readonly string[];
  /** Folders that could not be looked into: what is in them was not linted. */
  readonly unreadable: readonly UnreadableFolder[];
}

interface UnreadableFolder {
  /** Absolute. */
  readonly path: string;
  readonly reason: string;
  /** True for a folder of the command line. */
  readonly isNamed: boolean;
}

export interface DiscoverOptions {
  /** Absolute. */
  readonly cwd: string;
  /** Whether .gitignore counts. */
  readonly ignore: boolean;
  /** Patterns as in a .gitignore, relative to `cwd`. */
  readonly exclude: readonly string[];
}

/**
 * A named file is taken whatever it is called and whatever ignores it; a named folder is walked. Links to
 * files are followed, links to folders only when named, so a walk ends. A link that leads nowhere is taken,
 * for the reader to report. Throws RunError for a path that does not exist.
 */
export async function discover(paths: readonly string[], options: DiscoverOptions): Promise<Discovery> {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const path of paths) {
    const absolute = resolve(options.cwd, path);
    const found = stats(absolute);
    if (found === "missing") throw new RunError(`${path}: there is no such file or folder.${meant(path, absolute)}`);
    if (found !== "unreachable" && found.isDirectory()) folders.add(absolute);
    else files.add(absolute);
  }
  const { exclude, cwd, ignore } = options;
  const unreadable: UnreadableFolder[] = [];
  for (const folder of folders) {
    const found = await walk(folder, { ignore, exclude, excludeFrom: cwd });
    for (const file of found.files) files.add(file);
    unreadable.push(...found.unreadable.map((each) => ({ ...each, isNamed: each.path === folder })));
  }
  return { files: [...files].sort(), unreadable };
}

/** `unreachable`: something is there, but it leads nowhere, in a circle, or may not be looked at. */
function stats(path: string): Stats | "missing" | "unreachable" {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found) return found;
    return lstatSync(path, { throwIfNoEntry: false }) ? "unreachable" : "missing";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENAMETOOLONG" || code === "ENOTDIR" ? "missing" : "unreachable";
  }
}

/** What a path that does not exist was probably meant to be, as a sentence: a neighbour, a command, an option. */
function meant(path: string, absolute: string): string {
  const neighbour = nearest(basename(absolute), namesBeside(absolute));
  if (neighbour !== null) return ` Did you mean ${join(dirname(path), neighbour)}?`;
  const command = nearest(path, SUBCOMMANDS);
  if (command !== null) return ` Did you mean the command \`fromlint ${command}\`?`;
  return Object.hasOwn(FLAGS, path) ? ` Did you mean --${path}?` : "";
}

function namesBeside(path: string): readonly string[] {
  try {
    return readdirSync(dirname(path));
  } catch {
    return [];
  }
}
