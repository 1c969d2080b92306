/** How an image may be pinned more tightly: by what the lock file has, else by what the catalog knows. */
import { catalogued, pinnedImages } from "./exact-tags.js";
import type { FactInputs } from "./facts.js";
import type { KnownImageUse } from "./images.js";
import { withLockedTag } from "./locked.js";
import { whatMoves } from "./moving.js";
import { pinningLevel, type Level } from "./pinning.js";
import { DEFAULT_TAG, mostExactTag } from "./tags.js";

/** How tightly an image is pinned, and what moves its tag, in words. */
export function pinningOf({ reference }: KnownImageUse, inputs: FactInputs): { level: Level; releases: string } {
  const { source, image } = catalogued(reference, inputs);
  const level = pinningLevel(source, image);
  return { level, releases: whatMoves(source.tag ?? DEFAULT_TAG, level, image && mostExactTag(source, image)) };
}

export interface Tighter {
  /** Images to write instead, best first. */
  readonly instead: readonly string[];
  /** Where the first of them is from; null where there is none. */
  readonly from: "lock" | "catalog" | null;
}

/**
 * The tags of an image that pin it to `required` level. Where that is the exact release, the lock's comes first, as it
 * is known to be the same image; where less will do, the loosest alias of the catalog.
 */
export function tighterTags(use: KnownImageUse, required: Level, inputs: FactInputs): Tighter {
  const locked = withLockedTag(use, inputs);
  const known = pinnedImages(use, [required, "patch"], inputs);
  if (locked === null) return { instead: known, from: known.length > 0 ? "catalog" : null };
  const [loosest, ...others] = known;
  if (required === "patch" || loosest === undefined) return { instead: distinct([locked, ...known]), from: "lock" };
  return { instead: distinct([loosest, locked, ...others]), from: loosest === locked ? "lock" : "catalog" };
}

function distinct(images: readonly string[]): readonly string[] {
  return [...new Set(images)];
}
