/** What .gitignore files say about a path. The package that reads them is loaded with the first one. */
import { readFileSync, statSync, type Stats } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

/** One file of patterns, and the folder that they are relative to. */
export interface IgnoreFile {
  /** Absolute, with a separator at the end. */
  readonly folder: string;
  /** `path` is relative to the folder, with forward slashes, and ends with one when it is a folder itself. */
  readonly test: (path: string) => { readonly ignored: boolean; readonly unignored: boolean };
}

/** All that have a say, the strongest (the deepest) last. */
export type IgnoreChain = readonly IgnoreFile[];

/** A larger one is no list of patterns. */
const MOST_BYTES = 1 << 20;

/** Trying one path may take so many steps: each `**` in a pattern can stand for any run of the path's folders. */
const MOST_STEPS = 1e7;

/** Of files within files, the deeper ones have no say: each is asked about every path below it. */
const MOST_FILES = 100;

const UNDECIDED = { ignored: false, unignored: false };

/** Patterns given as text, one a line as in a .gitignore, relative to `folder` (absolute). */
export async function ignoreFile(patterns: string, folder: string): Promise<IgnoreFile> {
  const { default: ignore } = await import("ignore");
  // Case counts, as it does for git on Linux: the same run everywhere, and rather a file too many.
  const matcher = ignore({ ignorecase: false }).add(patterns);
  const stars = mostStars(patterns);
  return {
    folder: folder.endsWith(sep) ? folder : folder + sep,
    test: (path) => {
      // A path that would take for ever is not left out.
      if (stars > 1 && path.split("/").length ** stars > MOST_STEPS) return UNDECIDED;
      try {
        return matcher.test(path);
      } catch {
        return UNDECIDED; // a pattern that cannot be compiled must not end the run
      }
    },
  };
}

/** How often `**` stands in a line, at most. */
function mostStars(patterns: string): number {
  if (!patterns.includes("**")) return 0;
  return patterns.split("\n").reduce((most, line) => Math.max(most, line.split("**").length - 1), 0);
}

/** True when the strongest pattern that matches says so. `path` is absolute. */
export function isIgnored(chain: IgnoreChain, path: string, isFolder: boolean): boolean {
  for (let index = chain.length - 1; index >= 0; index--) {
    const { ignored, unignored } = verdict(chain[index], path, isFolder);
    if (ignored || unignored) return ignored;
  }
  return false;
}

function verdict(file: IgnoreFile | undefined, path: string, isFolder: boolean): ReturnType<IgnoreFile["test"]> {
  if (!file?.test || !path.startsWith(file.folder)) return UNDECIDED;
  const inside = path.slice(file.folder.length);
  return file.test((sep === "/" ? inside : inside.replaceAll(sep, "/")) + (isFolder ? "/" : ""));
}

/**
 * What holds inside `folder`, from what holds above it. A file that would leave the folder out, but was
 * overruled (by a deeper one, or because the folder was named), has no say below it. In the root of a
 * repository everything from above ends. `names` are the folder's entries.
 */
export async function chainInside(
  above: IgnoreChain,
  folder: string,
  names: ReadonlySet<string>,
): Promise<IgnoreChain> {
  const isRoot = names.has(".git");
  const chain = isRoot ? [] : above.filter((file) => !verdict(file, folder, true).ignored);
  if (isRoot) chain.push(...(await fromFile(join(gitFolder(folder), "info", "exclude"), folder)));
  if (names.has(".gitignore") && chain.length < MOST_FILES)
    chain.push(...(await fromFile(join(folder, ".gitignore"), folder)));
  return chain;
}

/** What holds around `folder` (absolute): the files from the root of its repository down to its parent. */
export async function chainAround(folder: string): Promise<IgnoreChain> {
  const parents: string[] = [];
  for (let at = folder; !exists(join(at, ".git")); at = dirname(at)) {
    if (dirname(at) === at) return []; // not in a repository
    parents.push(dirname(at));
  }
  let chain: IgnoreChain = [];
  for (const parent of parents.reverse()) {
    const names = [".git", ".gitignore"].filter((name) => exists(join(parent, name)));
    chain = await chainInside(chain, parent, new Set(names));
  }
  return chain;
}

async function fromFile(path: string, folder: string): Promise<IgnoreFile[]> {
  try {
    const { size } = stats(path) ?? {};
    if (size === undefined || size > MOST_BYTES) return [];
    return [await ignoreFile(readFileSync(path, "utf8"), folder)];
  } catch {
    return []; // what cannot be read leaves nothing out
  }
}

/** `.git` is a folder, or in a worktree or a submodule a file that names one; info/exclude is the common one's. */
function gitFolder(root: string): string {
  const git = join(root, ".git");
  try {
    if (!stats(git)) return git;
    const [, named] = /^gitdir: (.*)/.exec(readFileSync(git, "utf8")) ?? [];
    if (named === undefined) return git;
    const own = resolve(root, named.trim());
    const common = join(own, "commondir");
    return stats(common) ? resolve(own, readFileSync(common, "utf8").trim()) : own;
  } catch {
    return git;
  }
}

/** Of a regular file; else null. */
function stats(path: string): Stats | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? found : null;
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
