/** What the lock file says of an image, as rules see it. */
import { isToBeReplaced } from "./approval.js";
import { isOver } from "./exact-tags.js";
import type { FactInputs } from "./facts.js";
import type { KnownImageUse } from "./images.js";
import { formatReference, type Reference } from "./reference.js";
import { DEFAULT_TAG } from "./tags.js";
import { withReference, withTag } from "./written.js";

export interface LockedImage {
  /** Of the index where the image has one. */
  readonly digest: string;
  /** The most exact tag of the same digest when it was locked; null where the registry had none, or it is the tag itself. */
  readonly exactTag: string | null;
}

/** A lock file that was read. */
export interface Lock {
  /** What it holds for the tag of `reference` (`latest` without one), whatever its digest; null for nothing. */
  readonly find: (reference: Reference) => LockedImage | null;
}

/** The name of an image in the lock file: `docker.io/library/node:22`, `docker.io/library/node:latest`. */
export function lockName(reference: Reference): string {
  return formatReference({ ...reference, tag: reference.tag ?? DEFAULT_TAG, digest: null });
}

/** True for `name@sha256:…`: what has no tag cannot move, so no lock holds it. */
export function isBareDigest({ tag, digest }: Reference): boolean {
  return tag === null && digest !== null;
}

/** What the lock holds for a use; null without a lock. */
export function lockedImage({ reference }: KnownImageUse, { lock }: FactInputs): LockedImage | null {
  return isBareDigest(reference) ? null : (lock?.find(reference) ?? null);
}

/** `node:22@sha256:…` as the lock has it, never a bare digest. Null where a golden image is to take the place. */
export function withLockedDigest(use: KnownImageUse, inputs: FactInputs): string | null {
  const locked = lockedImage(use, inputs);
  if (!locked || isToBeReplaced(use, inputs)) return null;
  const tag = use.reference.tag ?? locked.exactTag ?? DEFAULT_TAG;
  return withReference(use, { ...use.reference, tag, digest: locked.digest });
}

/**
 * The same image under the exact tag that the lock has for it. Null where it has none, for an image that a golden one
 * replaces, and for one that is over.
 */
export function withLockedTag(use: KnownImageUse, inputs: FactInputs): string | null {
  const tag = lockedImage(use, inputs)?.exactTag ?? null;
  return tag === null || isToBeReplaced(use, inputs) || isOver(use.reference, inputs) ? null : withTag(use, tag);
}
