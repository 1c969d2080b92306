/** A build context on disk, or in memory: what `facts.files` looks into. */
import { basename, dirname, resolve } from "node:path";
import { diskTree } from "./context/disk.js";
import { ignoreOf, IGNORES_NOTHING, type Ignore } from "./context/ignore.js";
import { once } from "./once.js";
import { memoryTree, type Tree } from "./context/tree.js";
import { watchedTree, type Hear } from "./context/watched.js";
import type { BuildContext, ProjectFiles } from "./facts/project-files.js";

/** Entries looked at to tell whether an exception brings back a part of a folder that is left out. */
const MOST_SEARCHED = 1000;

/** A context that holds these files (path -> text) and is certain. Its Dockerfile is named `Dockerfile`. */
export function filesInMemory(files: Readonly<Record<string, string>>): BuildContext {
  const tree = memoryTree(files);
  return { files: projectFiles(tree, tree, "Dockerfile"), certain: true };
}

/**
 * The context in `folder`. The ignore file is the one beside `dockerfile` that is named after it, else the folder's
 * own (BuildKit, dockerui/config.go). Both paths may be relative to the working directory. Nothing is read before it
 * is asked for, everything once; what cannot be read is not there. `hear` hears of all that is looked at.
 */
export function openContext(folder: string, dockerfile: string | null, hear: Hear | null = null): ProjectFiles {
  const open = (root: string): Tree => (hear ? watchedTree(diskTree(root), root, hear) : diskTree(root));
  const tree = open(resolve(folder));
  if (dockerfile === null) return projectFiles(tree, tree, null);
  return projectFiles(tree, open(dirname(resolve(dockerfile))), basename(dockerfile));
}

function projectFiles(tree: Tree, beside: Tree, dockerfile: string | null): ProjectFiles {
  const ignore = once(() => ignoreFor(tree, beside, dockerfile));
  const has = memoised((path: string) => isThere(path, tree, () => ignore().rules));
  const read = memoised((path: string) => (has(path) && tree.kind(path) === "file" ? tree.text(path) : null));
  const list = memoised((folder: string): readonly string[] => {
    if (tree.kind(folder) !== "folder") return [];
    return tree
      .names(folder)
      .filter((name) => has(folder === "" ? name : `${folder}/${name}`))
      .sort();
  });
  return {
    has: (path) => inside(path, has) ?? false,
    read: (path) => inside(path, read) ?? null,
    list: (folder) => inside(folder, list) ?? [],
    get ignoreFile() {
      return ignore().name;
    },
  };
}

function ignoreFor(
  tree: Tree,
  beside: Tree,
  dockerfile: string | null,
): { readonly name: string | null; readonly rules: Ignore } {
  const own = dockerfile === null ? null : `${dockerfile}.dockerignore`;
  const candidates: readonly (readonly [Tree, string | null])[] = [
    [beside, own],
    [tree, ".dockerignore"],
  ];
  for (const [place, name] of candidates) {
    if (name === null || place.kind(name) !== "file") continue;
    const text = place.text(name);
    return { name, rules: text === null ? IGNORES_NOTHING : ignoreOf(text) };
  }
  return { name: null, rules: IGNORES_NOTHING };
}

/** A link is there when neither its own path nor what it leads to is left out. */
function isThere(path: string, tree: Tree, ignoring: () => Ignore): boolean {
  const kind = tree.kind(path);
  if (kind === null) return false;
  const ignore = ignoring();
  if (path === "" || !isOut(path, tree, ignore)) return true;
  if (kind === "file" || !ignore.hasExceptions) return false;
  // A folder that is left out comes along with what an exception brings back.
  const open = [path];
  let left = MOST_SEARCHED;
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const name of tree.names(folder)) {
      if (left-- <= 0) return true;
      const child = `${folder}/${name}`;
      const childKind = tree.kind(child);
      if (childKind !== null && !isOut(child, tree, ignore)) return true;
      // Not through links, which may lead back.
      if (childKind === "folder" && tree.target(child) === child) open.push(child);
    }
  }
  return false;
}

function isOut(path: string, tree: Tree, ignore: Ignore): boolean {
  if (ignore.leavesOut(path)) return true;
  const target = tree.target(path);
  return target !== path && target !== "" && ignore.leavesOut(target);
}

/** `./a//b/` -> `a/b`, "" for the root; null where it leads out. */
function inside<Value>(path: string, look: (path: string) => Value): Value | null {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return null;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return look(parts.join("/"));
}

function memoised<Value>(look: (path: string) => Value): (path: string) => Value {
  const known = new Map<string, Value>();
  return (path) => {
    if (!known.has(path)) known.set(path, look(path));
    return known.get(path) as Value;
  };
}
