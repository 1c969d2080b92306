/** Which keys of the policy file each rule reads: what `locked` freezes together with the rule. */

/** What every image is resolved with. */
const RESOLUTION = ["args", "contexts"];
/** For what the tier, the aliases or the end of life decide: an image under a mirror has its origin's. */
const IMAGE = [...RESOLUTION, "registries/mirrors"];

/** The rules that are not about layers, with the keys that they read, named as in `Policy.origins`. */
export const READS: Readonly<Record<string, readonly string[]>> = {
  "approved-base": ["bases", ...IMAGE],
  "approved-registry": ["registries", ...RESOLUTION],
  "base-exists": ["registries", ...RESOLUTION],
  "consistent-base-tags": RESOLUTION,
  "explicit-tag": ["pinning", ...RESOLUTION],
  "locked-base": ["registries", ...RESOLUTION],
  "no-constant-platform": ["args"],
  "no-eol-base": IMAGE,
  "no-latest": ["pinning", ...RESOLUTION],
  "no-lookalike-base": ["bases", ...IMAGE],
  "outdated-base": ["registries", ...RESOLUTION],
  "pin-precision": ["pinning", ...IMAGE],
  "require-labels": ["args"],
  "stage-names": ["args"],
  // Its severity follows from both.
  "unresolved-base": ["bases", "registries", ...RESOLUTION],
  "valid-reference": RESOLUTION,
  "valid-syntax": [],
  "valid-waiver": [],
};

/** For all others. */
const LAYERS = ["context", "builder", ...RESOLUTION];

/** The keys that `rule` reads. */
export function keysReadBy(rule: string): readonly string[] {
  return READS[rule] ?? LAYERS;
}
