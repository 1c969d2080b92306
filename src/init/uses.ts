/** The image uses of a repository, as `fromlint init` looks at them. */
import { catalogued } from "../facts/exact-tags.js";
import type { LintSource } from "../facts/facts.js";
import { pinningLevel, type Level } from "../facts/pinning.js";
import type { Reference } from "../facts/reference.js";
import { DEFAULT_TAG } from "../facts/tags.js";
import { tierOf } from "../facts/trust.js";
import { knownUses } from "../facts/written.js";
import type { Role, Tier } from "../policy/policy.js";

export interface InitUse {
  /** The Dockerfile, relative to where the policy is to lie, with `/` between folders. */
  readonly file: string;
  readonly reference: Reference;
  readonly role: Role;
  /** By the catalog alone. */
  readonly tier: Tier;
  readonly level: Level;
  /** True where `pin-precision` looks: not at frontends, pinned by a line of their own, nor at what has no tag or `latest`. */
  readonly isPinnable: boolean;
}

/** Every use whose image is known, under the preset that `source` was read under. */
export function initUses({ facts }: LintSource, file: string): readonly InitUse[] {
  const { policy, catalog } = facts.inputs;
  return knownUses(facts.images).map(({ reference, role, kind }) => {
    const { source, image } = catalogued(reference, facts.inputs);
    return {
      file,
      reference,
      role,
      tier: tierOf(reference, policy, catalog).tier,
      level: pinningLevel(source, image),
      isPinnable: kind !== "syntax" && (reference.digest !== null || (reference.tag ?? DEFAULT_TAG) !== DEFAULT_TAG),
    };
  });
}
