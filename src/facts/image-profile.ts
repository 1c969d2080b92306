/** All that is known of an image, and what the policy asks of it, as plain data: for hovers and for `explain`. */
import type { PinningRule, PolicyPlace, Role, Tier } from "../policy/policy.js";
import { pinningRuleOf } from "./approval.js";
import { endOfLife, type EndOfLife } from "./end-of-life.js";
import { catalogued } from "./exact-tags.js";
import type { FactInputs } from "./facts.js";
import { isLoopback, isUnderMirror, mirrored } from "./mirrors.js";
import { openReleases } from "./moving.js";
import { atLeast, pinningLevel, type Level } from "./pinning.js";
import { isEnding } from "./releases.js";
import { familiarReference, formatReference, type Reference } from "./reference.js";
import { aliasGroup, DEFAULT_TAG, mostExactTag } from "./tags.js";
import { deniedBy, goldenReplacements, tierOf } from "./trust.js";

/** A pattern of the policy, and where it stands; null for one of a built-in preset. */
export interface MetPattern {
  readonly pattern: string;
  readonly place: PolicyPlace | null;
}

export interface ImageProfile {
  /** Everything spelt out: `docker.io/library/node:22`. */
  readonly reference: string;
  /** As one would write it: `node:22`. */
  readonly name: string;
  /** The image that a mirror's or a copy's stands for, as one would write it; null where it stands for itself. */
  readonly origin: string | null;
  readonly tier: Tier;
  /** Why it has that tier, as a clause: `it is a Docker Official Image`. */
  readonly why: string;
  readonly publisher: string | null;
  /** The pattern of the policy that gave the tier; null where the catalog did. */
  readonly tierFrom: MetPattern | null;
  readonly level: Level;
  /** The releases that the tag moves with: `22.x.y`; null for one that stays, or of which that is not known. */
  readonly moves: string | null;
  /** The tags that point at the same image, as far as the catalog knows, this one left out. */
  readonly aliases: readonly string[];
  /** The alias that pins to one release, in the style of this tag; null where the catalog has none. */
  readonly exactTag: string | null;
  /** The digest that fromlint.lock has for it; null without a lock, or where the lock has none. */
  readonly lockedDigest: string | null;
  /** Of the product and of its distribution, whether over or not; and when it left the official set. */
  readonly ends: readonly EndOfLife[];
  /** Golden images that replace it, in the policy's order. */
  readonly replacements: readonly GoldenChoice[];
  readonly asked: Asked;
  /** YYYY-MM-DD of the facts above that come from the catalog. */
  readonly asOf: { readonly tags: string; readonly endOfLife: string; readonly publishers: string };
}

export interface GoldenChoice extends MetPattern {
  /** As one would write it, with the tag: `golden/node:22`. */
  readonly image: string;
  /** False where the golden image does not have this tag, and its nearest one is named. */
  readonly sameTag: boolean;
}

/** What the policy asks of an image, and whether it is so. */
export interface Asked {
  readonly pinning: (MetPattern & Pick<PinningRule, "require" | "digest"> & { readonly met: boolean }) | null;
  /** The roles in which it may stand; none for a denied image. */
  readonly roles: readonly Role[];
  readonly denied: MetPattern | null;
  readonly registry: {
    readonly name: string;
    readonly allowed: boolean;
    /** The same image behind the mirror that the policy declares for its registry; null without one. */
    readonly mirror: string | null;
  };
}

/** The life spans behind a reference that are over, else those that end within so many days; the first to end first. */
export function endingOf(reference: Reference, warnDays: number, inputs: FactInputs): readonly EndOfLife[] {
  const { source } = catalogued(reference, inputs);
  const ending = (days: number): EndOfLife[] => {
    return endOfLife(source, inputs.catalog, inputs.today, { warnDays: days }).filter(isEnding);
  };
  const over = ending(0);
  const found = over.length > 0 ? over : ending(warnDays);
  return found.sort((a, b) => ((a.date ?? "") < (b.date ?? "") ? -1 : 1));
}

/** Says it of any reference, whether it stands in a file or not. */
export function imageProfile(reference: Reference, inputs: FactInputs): ImageProfile {
  const { policy, catalog, today } = inputs;
  const { source, image } = catalogued(reference, inputs);
  const { tier, why, publisher, pattern } = tierOf(reference, policy, catalog);
  const tag = source.tag ?? (source.digest === null ? DEFAULT_TAG : null);
  const exactTag = image && tag !== null ? mostExactTag(source, image) : null;
  const level = pinningLevel(source, image);
  const aliases = (image && tag !== null ? aliasGroup(tag, image) : null) ?? [];
  return {
    reference: formatReference(reference),
    name: familiarReference(reference),
    origin: source === reference ? null : familiarReference(source),
    tier,
    why,
    publisher,
    tierFrom: pattern && { pattern: pattern.text, place: pattern.place },
    level,
    moves: tag === null || atLeast(level, "patch") ? null : openReleases(tag, exactTag),
    aliases: aliases.filter((alias) => alias !== tag),
    exactTag,
    lockedDigest: inputs.lock?.find(reference)?.digest ?? null,
    ends: endOfLife(source, catalog, today),
    replacements: goldenReplacements(reference, policy, catalog).map(({ reference: golden, golden: from, sameTag }) => {
      return { image: familiarReference(golden), sameTag, pattern: from.text, place: from.place };
    }),
    asked: askedOf(reference, tier, level, inputs),
    asOf: catalog.asOf,
  };
}

function askedOf(reference: Reference, tier: Tier, level: Level, inputs: FactInputs): Asked {
  const { policy, catalog } = inputs;
  const { registry, digest } = reference;
  const { allow, insecure, mirrors } = policy.registries;
  const rule = pinningRuleOf(reference, inputs);
  const denied = deniedBy(reference, policy, catalog);
  const roles = Object.entries(policy.bases.allow) as [Role, readonly Tier[]][];
  const isListed = allow === null || allow.includes(registry) || isUnderMirror(reference, mirrors);
  const mirror = isUnderMirror(reference, mirrors) ? null : mirrored(reference, mirrors);
  return {
    pinning: rule && {
      pattern: rule.pattern.text,
      place: rule.pattern.place,
      require: rule.require,
      digest: rule.digest,
      met: atLeast(level, rule.require) && !(digest !== null && rule.digest === "forbid"),
    },
    roles: denied ? [] : roles.flatMap(([role, tiers]) => (tiers.includes(tier) ? [role] : [])),
    denied: denied && { pattern: denied.text, place: denied.place },
    registry: {
      name: registry,
      allowed: isListed && !(isLoopback(registry) && !insecure.includes(registry)),
      mirror: mirror && familiarReference(mirror.reference),
    },
  };
}
