/** Reads a lock file. Imported only where there is one. */
import { readFileSync, statSync } from "node:fs";
import type { Lock, LockedImage } from "../facts/locked.js";
import { lockName } from "../facts/locked.js";
import { reasonOf } from "../policy/errors.js";
import { MOST_LOCK_BYTES, parseLock, type LockEntries, type LockProblem, type ParsedLock } from "./text.js";

/** `file` as it was given. A lock only when there is no error. */
export type LoadedLock =
  | { readonly lock: Lock; readonly entries: LockEntries; readonly errors: null }
  | { readonly lock: null; readonly entries: null; readonly errors: readonly LockError[] };

export interface LockError extends LockProblem {
  readonly file: string;
}

/** Reads the lock file at a path. Synchronous; whatever is wrong with it is an error in the answer, never thrown. */
export function loadLock(file: string): LoadedLock {
  const parsed = readLock(file);
  if (parsed.problems !== null) {
    return { lock: null, entries: null, errors: parsed.problems.map((problem) => ({ file, ...problem })) };
  }
  return { lock: lockOf(parsed.entries), entries: parsed.entries, errors: null };
}

/**
 * The lock of some entries. An exact tag that stands behind another tag of the repository counts as an entry of its
 * own, unless two digests claim it: whoever writes `node:22.23.2` for the locked `node:22` has the same image.
 */
export function lockOf(entries: LockEntries): Lock {
  const exact = new Map<string, LockedImage | null>();
  for (const [name, { digest, exactTag }] of entries) {
    if (exactTag === null) continue;
    const alias = `${name.slice(0, name.lastIndexOf(":"))}:${exactTag}`;
    const known = exact.get(alias);
    const isOther = known !== undefined && known?.digest !== digest;
    exact.set(alias, isOther ? null : { digest, exactTag: null });
  }
  return {
    find: (reference) => {
      const name = lockName(reference);
      return entries.get(name) ?? exact.get(name) ?? null;
    },
  };
}

function readLock(file: string): ParsedLock {
  const refused = (message: string): ParsedLock => ({ entries: null, problems: [{ line: 1, message }] });
  try {
    const stats = statSync(file);
    if (!stats.isFile())
      return refused(`cannot be read: it is ${stats.isDirectory() ? "a folder" : "not a regular file"}`);
    if (stats.size > MOST_LOCK_BYTES) return refused(`the file has more than ${MOST_LOCK_BYTES} bytes`);
    return parseLock(readFileSync(file));
  } catch (error) {
    return refused(`cannot be read: ${reasonOf(error)}`);
  }
}
