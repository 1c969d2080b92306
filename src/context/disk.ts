/** A folder on disk, read with care: it may hold anything. */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { join, relative, sep } from "node:path";
import { once } from "../once.js";
import { LARGEST_FILE, type Tree } from "./tree.js";

/** More names than this in a folder are not listed. */
const MOST_NAMES = 10_000;
const LONGEST_PATH = 4096;

/** The tree below `root`. Links that lead out of it lead nowhere; nothing is opened before it is asked for. */
export function diskTree(root: string): Tree {
  const top = once(() => orNull(() => realpathSync.native(root)));
  const known = new Map<string, string | null>();
  /** Where a path really is; null outside of the root, also for one that leads out and back in. */
  const real = (path: string): string | null => {
    if (path.includes("\0") || path.length > LONGEST_PATH) return null;
    let found = path === "" ? top() : root;
    for (let end = 0; end >= 0 && path !== "" && found !== null;) {
      end = path.indexOf("/", end + 1);
      const part = end < 0 ? path : path.slice(0, end);
      const seen = known.get(part);
      if (seen === undefined) known.set(part, (found = isMissing(join(root, part)) ? null : realBelow(top(), part)));
      else found = seen;
    }
    return found;
  };
  return {
    kind: (path) => {
      const found = real(path);
      const stat = found === null ? null : orNull(() => statSync(found));
      if (!stat) return null;
      return stat.isFile() ? "file" : stat.isDirectory() ? "folder" : null;
    },
    target: (path) => {
      const [base, found] = [top(), real(path)];
      return found === null || base === null ? path : relative(base, found).replaceAll(sep, "/");
    },
    text: (path) => {
      const found = real(path);
      return found === null ? null : orNull(() => readText(found));
    },
    names: (folder) => {
      const found = real(folder);
      return found === null ? [] : (orNull(() => namesIn(found)) ?? []);
    },
  };
}

/** Asked first: an error for each file that is not there is slow, and most that are asked for are not. */
function isMissing(path: string): boolean {
  return orNull(() => lstatSync(path, { throwIfNoEntry: false })) === undefined;
}

function realBelow(base: string | null, path: string): string | null {
  if (base === null) return null;
  const found = orNull(() => realpathSync.native(join(base, path)));
  const inside = base.endsWith(sep) ? base : base + sep;
  return found !== null && (found === base || found.startsWith(inside)) ? found : null;
}

/** Opened without waiting (a FIFO has no end), and looked at after that: what stands there may change meanwhile. */
function readText(path: string): string | null {
  // Windows has neither of the two flags; what is undefined adds none.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size > LARGEST_FILE) return null;
    const buffer = Buffer.alloc(stat.size);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
    const bytes = buffer.subarray(0, length);
    return bytes.includes(0) ? null : bytes.toString("utf8");
  } finally {
    closeSync(file);
  }
}

function namesIn(folder: string): string[] {
  const names: string[] = [];
  const open = opendirSync(folder);
  try {
    for (let entry = open.readSync(); entry && names.length < MOST_NAMES; entry = open.readSync()) {
      names.push(entry.name);
    }
  } finally {
    open.closeSync();
  }
  return names;
}

function orNull<Value>(compute: () => Value): Value | null {
  try {
    return compute();
  } catch {
    return null;
  }
}
