/** A loaded policy -> the policy of one Dockerfile. */
import type { FileSettings, LoadedPolicy, Override } from "./layers.js";
import { settingsUnderLocks } from "./locks.js";
import { mergePolicy } from "./merge.js";
import type { Policy } from "./policy.js";

/**
 * The policy that holds for a Dockerfile (absolute path): the layers, then the overrides whose globs match, as if
 * they were nearer files. Of several overrides the earlier entry wins, and those of a nearer file before others.
 * Files with the same overrides get the same object.
 */
export function resolvePolicy(loaded: LoadedPolicy, dockerfile: string): Policy {
  const matching: number[] = [];
  const overrides = overridesOf(loaded);
  overrides.forEach(({ matches }, index) => matches(dockerfile) && matching.push(index));
  const key = matching.join(" ");
  const known = loaded.resolved.get(key);
  if (known) return known;
  const applied = matching.map((index) => overrides[index]?.settings ?? []).flat();
  const layers: FileSettings[] = [...settingsUnderLocks(loaded.layers), ...applied.reverse()];
  if (loaded.commandLine) layers.push(loaded.commandLine);
  const policy = mergePolicy({ file: loaded.file, folder: loaded.folder, outer: loaded.outer }, layers);
  loaded.resolved.set(key, policy);
  return policy;
}

/** True for a file (absolute path) that the policy's `ignore` names: of several lists the nearest holds. */
export function isIgnored(loaded: LoadedPolicy, file: string): boolean {
  const nearest = loaded.layers.findLast(({ settings }) => settings.ignore !== undefined);
  return nearest?.settings.ignore?.(file) ?? false;
}

/** Nearest first. */
function overridesOf({ layers }: LoadedPolicy): Override[] {
  return layers.toReversed().flatMap(({ settings }) => settings.overrides ?? []);
}
