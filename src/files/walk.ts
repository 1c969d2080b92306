/** The Dockerfiles below a folder. */
import { readdirSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { isDockerfileName } from "./dockerfile-names.js";
import { chainAround, chainInside, ignoreFile, isIgnored, type IgnoreChain } from "./gitignore.js";
import { reasonOf } from "./reason.js";

export interface WalkOptions {
  /** Whether .gitignore counts. */
  readonly ignore: boolean;
  /** Patterns as in a .gitignore, relative to `excludeFrom`. */
  readonly exclude?: readonly string[];
  /** Absolute; the folder itself when left out. */
  readonly excludeFrom?: string;
  /** Called before each folder, so that others have their turn during a walk of a large tree; false ends it there. */
  readonly goesOn?: () => Promise<boolean>;
}

export interface Walked {
  /** Absolute, in no order. */
  readonly files: readonly string[];
  /** Folders that could not be looked into: what is in them is not known. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** Never walked into, whatever is asked: they hold other people's files. */
const SKIPPED = new Set([".git", "node_modules"]);

/** Links to files are followed, links to folders are not, so a walk ends. A link that leads nowhere is taken, for the reader to report. */
export async function walk(root: string, options: WalkOptions): Promise<Walked> {
  const { ignore, exclude = [], excludeFrom = root, goesOn } = options;
  const files: string[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  const excluded = exclude.length > 0 ? [await ignoreFile(exclude.join("\n"), excludeFrom)] : [];
  const open: { folder: string; chain: IgnoreChain }[] = [
    { folder: root, chain: ignore ? await chainAround(root) : [] },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    if (goesOn && !(await goesOn())) break;
    const { folder } = next;
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      unreadable.push({ path: folder, reason: reasonOf(error) });
      continue;
    }
    const chain = ignore ? await chainInside(next.chain, folder, namesIn(entries)) : [];
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (SKIPPED.has(entry.name) || isIgnored(excluded, path, true) || isIgnored(chain, path, true)) continue;
        open.push({ folder: path, chain });
      } else if (isDockerfileName(entry.name)) {
        if (isIgnored(excluded, path, false) || isIgnored(chain, path, false)) continue;
        if (!entry.isSymbolicLink() || !leadsToFolder(path)) files.push(path);
      }
    }
  }
  return { files, unreadable };
}

function namesIn(entries: readonly Dirent[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const entry of entries) {
    // Git reads no .gitignore that is a link.
    if (entry.name === ".git" || (entry.name === ".gitignore" && entry.isFile())) names.add(entry.name);
  }
  return names;
}

function leadsToFolder(link: string): boolean {
  try {
    return statSync(link, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}
