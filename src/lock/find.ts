/** Where the lock file of a Dockerfile lies. Cheap: it looks at names only and reads nothing. */
import { statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import type { Policy } from "../policy/policy.js";

export const LOCK_NAME = "fromlint.lock";

/**
 * Beside the Dockerfile's own policy file, else at the root of its git repository, else in `cwd`. A policy from
 * elsewhere (`--config`, `--policy`) has no say: its folder is not this project's.
 *
 * @param dockerfile absolute path, or any name for text that is no file: that lies in `cwd`
 * @param cwd absolute
 * @param gitRoots filled with the root of every folder that was passed; null for none
 */
export function lockFileOf(
  dockerfile: string,
  policies: readonly Pick<Policy, "file" | "outer">[],
  cwd: string,
  gitRoots = new Map<string, string | null>(),
): string {
  const folder = isAbsolute(dockerfile) ? dirname(dockerfile) : cwd;
  const own = policies.findLast(({ outer }) => !outer)?.file ?? null;
  const policyFolder = own === null ? null : dirname(own);
  if (policyFolder !== null && isInside(folder, policyFolder)) return join(policyFolder, LOCK_NAME);
  return join(gitRoot(folder, gitRoots) ?? cwd, LOCK_NAME);
}

/** True for a folder that is `root`, or below it. */
export function isInside(folder: string, root: string): boolean {
  const way = relative(root, folder);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function gitRoot(folder: string, known: Map<string, string | null>): string | null {
  const passed: string[] = [];
  let found: string | null | undefined;
  for (let at = folder; ; at = dirname(at)) {
    found = known.get(at);
    if (found !== undefined) break;
    passed.push(at);
    // A folder, or in a worktree a file.
    found = isThere(join(at, ".git")) ? at : undefined;
    if (found !== undefined || dirname(at) === at) break;
  }
  for (const each of passed) known.set(each, found ?? null);
  return found ?? null;
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
