/** What the policy says of an image at the place where it stands. */
import type { ImagePattern, PinningRule, Role, Tier } from "../policy/policy.js";
import type { FactInputs } from "./facts.js";
import type { KnownImageUse } from "./images.js";
import type { Reference } from "./reference.js";
import { deniedBy, goldenReplacements, origin, tierOf, type Replacement, type Trust } from "./trust.js";

export interface Approval {
  readonly approved: boolean;
  readonly trust: Trust;
  readonly role: Role;
  /** The tiers that the policy allows in this role. */
  readonly allowed: readonly Tier[];
  /** The pattern of `bases.deny` that the image meets; null when it meets none. */
  readonly denied: ImagePattern | null;
  /** For an image that is not approved: golden ones that replace it and may stand here, in the policy's order. */
  readonly replacements: readonly Replacement[];
}

/** Holds the image against `bases`: its tier must be allowed in its role, and nothing may deny it. */
export function approvalOf({ reference, role }: KnownImageUse, { policy, catalog }: FactInputs): Approval {
  const trust = tierOf(reference, policy, catalog);
  const denied = deniedBy(reference, policy, catalog);
  const allowed = policy.bases.allow[role];
  const approved = denied === null && allowed.includes(trust.tier);
  const replacements = approved || !allowed.includes("golden") ? [] : goldenReplacements(reference, policy, catalog);
  return {
    approved,
    trust,
    role,
    allowed,
    denied,
    replacements: replacements.filter((replacement) => !deniedBy(replacement.reference, policy, catalog)),
  };
}

/**
 * True for an image that has to give way to a golden one: rules then offer no other tag of it, so that what they
 * suggest and what `approved-base` suggests do not contradict each other.
 */
export function isToBeReplaced(use: KnownImageUse, inputs: FactInputs): boolean {
  return inputs.policy.bases.golden.length > 0 && approvalOf(use, inputs).replacements.length > 0;
}

/** The line of the policy's `pinning` that holds for an image, by its own name or its origin's. */
export function pinningRuleOf(reference: Reference, { policy, catalog }: FactInputs): PinningRule | null {
  const source = origin(reference, policy.registries.mirrors, catalog);
  return policy.pinning.find(({ pattern }) => pattern.matches(reference) || pattern.matches(source)) ?? null;
}
