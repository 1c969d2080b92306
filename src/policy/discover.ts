/** Finds the policy file that holds for a folder. Cheap: it looks at names only and reads nothing. */
import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { policyError, startOf, type PolicyError } from "./errors.js";

/** The names of a policy file. */
const POLICY_NAMES = ["fromlint.yaml", "fromlint.json"] as const;

/** A name that is likely meant and would otherwise be passed over in silence. */
const MISNAMED = "fromlint.yml";

/** `file` is absolute; null when no folder up to the root holds one, or when there is an error. */
export interface Discovery {
  readonly file: string | null;
  readonly error: PolicyError | null;
}

const NONE: Discovery = { file: null, error: null };

/**
 * The nearest policy file in `folder` (absolute) or above it, up to the root of the file system.
 * `cache` holds what was found for each folder and is filled for every folder that was passed.
 * Two policies in one folder, a `fromlint.yml`, and a folder that cannot be looked into are errors.
 */
export function discoverPolicy(folder: string, cache: Map<string, Discovery>): Discovery {
  const passed: string[] = [];
  let found: Discovery | undefined;
  for (let current = folder; ; current = dirname(current)) {
    found = cache.get(current);
    if (found) break;
    passed.push(current);
    found = policyIn(current);
    if (found || dirname(current) === current) break;
  }
  for (const each of passed) cache.set(each, found ?? NONE);
  return found ?? NONE;
}

function policyIn(folder: string): Discovery | undefined {
  try {
    const files = POLICY_NAMES.map((name) => join(folder, name)).filter(isThere);
    const [file, other] = files;
    if (file !== undefined && other !== undefined) {
      const message = "this folder has both `fromlint.yaml` and `fromlint.json`; keep one of them";
      return { file: null, error: policyError(startOf(other), message) };
    }
    if (file !== undefined) return { file, error: null };
    const misnamed = join(folder, MISNAMED);
    if (!isThere(misnamed)) return undefined;
    return { file: null, error: policyError(startOf(misnamed), "a policy is named `fromlint.yaml`; rename this file") };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    const message = `cannot see whether a policy is here (${code})`;
    return { file: null, error: policyError(startOf(join(folder, POLICY_NAMES[0])), message) };
  }
}

/** A dangling link is there too: reading it says what is wrong, so that no policy is lost in silence. */
function isThere(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isDirectory();
}
