/** The edits that put other images into a file, and which of them leave every other image as it is. */
import type { Edit } from "../rule.js";
import type { Pair, Range } from "../syntax/nodes.js";
import type { LintSource } from "./facts.js";
import type { ImageUse } from "./images.js";
import { rewriteImage } from "./rewrite.js";

export interface Replacement {
  /** The image as it is to be written. */
  readonly image: string;
  /** Covers the whole image, or the whole ARG default, so that two edits of one place exclude each other. */
  readonly edit: Edit;
  /** The `NAME=default` in which it edits; null in the image's own text. */
  readonly pair: Pair | null;
}

/** A use, and the images to write instead, best first. */
interface Wish {
  readonly use: ImageUse;
  readonly instead: readonly string[];
}

/**
 * For each wish the replacements that can be written, in its order. An ARG default is edited only where all images
 * that rest on it are wished the same edit: the `ARG V=22` of `FROM node:$V` may have a `FROM redis:$V` below.
 * Linear in wishes and provenance.
 */
export function replacementsFor(wishes: readonly Wish[], source: LintSource): readonly (readonly Replacement[])[] {
  const possible = wishes.map(({ use, instead }) =>
    instead.flatMap((image) => replacement(use, image, source.text) ?? []),
  );
  const users = usersOfDefaults(source.facts.images);
  const wished = new Map<string, Set<ImageUse>>();
  wishes.forEach(({ use }, index) => {
    for (const { pair, edit } of possible[index] ?? []) {
      if (pair) wished.set(keyOf(edit), (wished.get(keyOf(edit)) ?? new Set()).add(use));
    }
  });
  return possible.map((list) => {
    return list.filter(({ pair, edit }) => pair === null || users.get(pair) === wished.get(keyOf(edit))?.size);
  });
}

function replacement(use: ImageUse, image: string, text: string): Replacement | null {
  const edit = rewriteImage(use, image);
  if (!edit) return null;
  if (holds(use.range, edit)) return { image, edit: widened(edit, use.range, text), pair: null };
  const pair = use.provenance.find((from) => from.pair && holds(from.pair.range, edit))?.pair ?? null;
  return pair?.value ? { image, edit: widened(edit, pair.value.range, text), pair } : null;
}

/** The same edit, over all of `range`. */
function widened({ range: [start, end], text }: Edit, range: Range, source: string): Edit {
  return { range, text: source.slice(range[0], start) + text + source.slice(end, range[1]) };
}

/** How many images rest on each ARG default. */
function usersOfDefaults(images: readonly ImageUse[]): ReadonlyMap<Pair, number> {
  const users = new Map<Pair, number>();
  for (const { provenance } of images) {
    for (const { pair } of provenance) if (pair) users.set(pair, (users.get(pair) ?? 0) + 1);
  }
  return users;
}

function holds([start, end]: Range, { range }: Edit): boolean {
  return start <= range[0] && range[1] <= end;
}

function keyOf({ range, text }: Edit): string {
  return `${range[0]} ${range[1]} ${text}`;
}
