/** Which policies hold for a Dockerfile, once the outer one and its own are loaded. */
import { dirname, isAbsolute, relative } from "node:path";
import type { LoadedPolicy } from "./layers.js";
import type { Policy } from "./policy.js";
import { isIgnored, resolvePolicy } from "./resolve.js";

export interface Candidates {
  /** The one of `--policy` or `FROMLINT_POLICY`. */
  readonly outer: LoadedPolicy | null;
  /** The one that is named, else the nearest above the file. */
  readonly own: LoadedPolicy | null;
  /** What holds where there is neither. */
  readonly preset: Policy;
  /** False where what a policy's `ignore` names is wanted, too. */
  readonly ignore: boolean;
}

/** The policies of a Dockerfile (absolute path), the outer one first; none for a file that they ignore. */
export function policiesHolding(file: string, { outer, own, preset, ignore }: Candidates): readonly Policy[] {
  // The outer policy may lie in the tree that is linted: it then holds as the outer one alone.
  const candidates = [outer, own?.file === outer?.file ? null : own].filter((policy) => policy !== null);
  if (candidates.length === 0) return [preset];
  return candidates
    .filter((policy) => !ignore || !isIgnored(policy, file))
    .map((policy) => resolvePolicy(policy, file));
}

/**
 * Where the globs of an outer policy start: in its own folder when the run is inside that, else in the
 * working directory, as a file from elsewhere could match nothing. Both paths are absolute.
 */
export function outerFolder(file: string, cwd: string): string {
  const folder = dirname(file);
  const way = relative(folder, cwd);
  return way.startsWith("..") || isAbsolute(way) ? cwd : folder;
}

/** Of the policies of one file, its own where an outer one holds, too; null for none. */
export function ownPolicy(policies: readonly Policy[]): Policy | null {
  return policies.findLast(({ outer }) => !outer) ?? policies[0] ?? null;
}
