/** The policy of a file, for a host that lints one file after the other and may live for days: an editor. */
import { statSync } from "node:fs";
import { dirname, isAbsolute } from "node:path";
import { discoverPolicy } from "../policy/discover.js";
import type { PolicyError } from "../policy/errors.js";
import type { LoadedPolicy } from "../policy/layers.js";
import { loadPolicyFile, type LoadResult } from "../policy/load.js";
import type { Policy } from "../policy/policy.js";
import { presetPolicy } from "../policy/presets.js";
import { isIgnored, resolvePolicy } from "../policy/resolve.js";

export type FilePolicy =
  | { readonly policy: Policy; readonly isIgnored: boolean; readonly errors: null }
  | { readonly policy: null; readonly errors: readonly PolicyError[] };

/**
 * What holds for a Dockerfile (absolute path; another name stands for text without a place): the policy at `file`,
 * else the nearest one above, else the preset `recommended`.
 */
export function policyOf(dockerfile: string, file: string | null): FilePolicy {
  const { found, error } = file === null ? nearest(dockerfile) : { found: file, error: null };
  if (error) return { policy: null, errors: [error] };
  if (found === null) return { policy: presetPolicy("recommended"), isIgnored: false, errors: null };
  const loaded = loadUnlessKnown(found);
  if (loaded.errors !== null) return { policy: null, errors: loaded.errors };
  const { policy } = loaded;
  return { policy: resolvePolicy(policy, dockerfile), isIgnored: isIgnored(policy, dockerfile), errors: null };
}

function nearest(dockerfile: string): { readonly found: string | null; readonly error: PolicyError | null } {
  if (!isAbsolute(dockerfile)) return { found: null, error: null };
  const { file, error } = discoverPolicy(dirname(dockerfile), new Map());
  return { found: file, error };
}

interface Loaded {
  readonly result: LoadResult & { readonly policy: LoadedPolicy };
  readonly state: string;
}

/** Policies by their path; one that is broken is read again each time. */
const known = new Map<string, Loaded>();

function loadUnlessKnown(file: string): LoadResult {
  const before = known.get(file);
  if (before?.state === stateOf(before?.result.policy.files ?? [])) return before.result;
  known.delete(file);
  const result = loadPolicyFile(file);
  if (result.policy) known.set(file, { result, state: stateOf(result.policy.files) });
  return result;
}

/** Another text for files that may have changed; "" for one that is not there. */
export function stateOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
      return stats ? `${stats.ino} ${stats.size} ${stats.mtimeNs}` : "";
    })
    .join("\n");
}
