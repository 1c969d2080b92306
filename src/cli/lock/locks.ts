/** Which lock file holds for which Dockerfile. */
import { lstatSync } from "node:fs";
import type { Lock } from "../../facts/locked.js";
import { lockFileOf } from "../../lock/find.js";
import { relativePath } from "../../report/path.js";
import type { Policies } from "../lint/policies.js";
import { RunError } from "../run-error.js";

/** The lock that holds for a file (absolute path); null where there is none. */
export type Locks = (filePath: string) => Lock | null;

/**
 * Reads every lock file that is there for one of `files`. Throws RunError with every error in any of them: a run that
 * went on without its lock would pass what the lock forbids.
 */
export async function locksFor(files: readonly string[], policies: Policies, cwd: string): Promise<Locks> {
  const paths = lockPaths(policies.of, cwd);
  const locks = new Map<string, Lock | null>();
  const errors: string[] = [];
  for (const file of new Set(files.map(paths))) {
    if (!isThere(file)) continue;
    const { loadLock } = await import("../../lock/load.js");
    const loaded = loadLock(file);
    if (loaded.errors !== null) errors.push(...loaded.errors.map((error) => lockErrorLine(error, cwd)));
    locks.set(file, loaded.lock);
  }
  if (errors.length > 0) throw new RunError(...errors);
  return (filePath) => (locks.size === 0 ? null : (locks.get(paths(filePath)) ?? null));
}

/** Where the lock file of a Dockerfile lies, or would lie. */
export function lockPaths(policies: Policies["of"], cwd: string): (filePath: string) => string {
  const gitRoots = new Map<string, string | null>();
  return (filePath) => lockFileOf(filePath, policies(filePath), cwd, gitRoots);
}

/** `fromlint.lock:12: what is wrong`. */
export function lockErrorLine(error: { file: string; line: number; message: string }, cwd: string): string {
  return `${relativePath(error.file, cwd)}:${error.line}: ${error.message}`;
}

/** A link that leads nowhere is there, too: reading it says what is wrong. */
export function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
