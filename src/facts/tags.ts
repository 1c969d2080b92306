/** Which other tag an image may be used under: its aliases, and the tags of other releases. */
import type { CatalogImage } from "../catalog.js";
import { atLeast, groupsOf, LEVELS, tagLevel, type Level } from "./pinning.js";
import type { Reference } from "./reference.js";
import { splitTag, variantWords, type TagParts } from "./tag-parts.js";
import { compareVersions, isOfLine } from "./versions.js";

/** What Docker takes where no tag is written. */
export const DEFAULT_TAG = "latest";

/** The tags that point at the same image as `tag`, itself included; null where the catalog does not know it. */
export function aliasGroup(tag: string, image: CatalogImage): readonly string[] | null {
  return groupsOf(image).get(tag) ?? null;
}

/**
 * The alias that pins to one release, in the style of the reference's own tag: `node:22-alpine` gives
 * `22.23.2-alpine`, not `22.23.2-alpine3.24`. Without a tag it is the one behind `latest`. Null where the
 * catalog has none; the tag itself where it is exact already.
 */
export function mostExactTag(reference: Reference, image: CatalogImage): string | null {
  return tagAtLevel(reference, image, "patch");
}

/**
 * The alias that pins as tightly as `level` and no tighter than it must, in the style of the reference's own tag;
 * the tag itself where it does already.
 */
export function tagAtLevel(reference: Reference, image: CatalogImage, level: Level): string | null {
  const tag = reference.tag ?? DEFAULT_TAG;
  const group = aliasGroup(tag, image);
  if (!group) return null;
  if (reference.tag !== null && atLeast(tagLevel(tag, image), level)) return tag;
  const known = aliasesAtLevels.get(image) ?? new Map<string, string | null>();
  aliasesAtLevels.set(image, known);
  const key = `${tag} ${level}`;
  let alias = known.get(key);
  if (alias === undefined) known.set(key, (alias = aliasAtLevel(tag, group, image, level)));
  return alias;
}

/** The same few tags stand in file after file. */
const aliasesAtLevels = new WeakMap<CatalogImage, Map<string, string | null>>();

function aliasAtLevel(tag: string, group: readonly string[], image: CatalogImage, level: Level): string | null {
  const wanted = splitTag(tag);
  const enough = group.filter((alias) => alias !== DEFAULT_TAG && atLeast(tagLevel(alias, image), level));
  const shortestFirst = enough.sort((a, b) => a.length - b.length);
  const words = wordsOfVersions(wanted, group);
  return closest(tag, wanted, shortestFirst, (own, alias) => [
    isOfLine(own.version, wanted.version) ? 0 : 1,
    missing(words, variantWords(own)),
    LEVELS.indexOf(tagLevel(alias, image)),
  ]);
}

/** The words of a tag that its aliases with a version have, too: `alpine` of `lts-alpine`, nothing of `noble`. */
function wordsOfVersions(tag: TagParts, group: readonly string[]): readonly string[] {
  const versions = group.map(splitTag).filter(({ version }) => version.length > 0);
  return variantWords(tag).filter((word) => versions.some((parts) => variantWords(parts).includes(word)));
}

/**
 * The tag among `tags` that comes nearest to `tag`: itself, else the same major release with as many equal version
 * parts as there are and the same variant; the newest of equals. A tag without a version (`latest`) gives the
 * newest. Null where no tag is of the same major release.
 */
export function nearestTag(tag: string | null, tags: readonly string[]): string | null {
  const name = tag ?? DEFAULT_TAG;
  if (tags.includes(name)) return name;
  const wanted = splitTag(name);
  const candidates = tags.filter(
    (one) => wanted.version.length === 0 || splitTag(one).version[0] === wanted.version[0],
  );
  const newestFirst = [...candidates].sort((a, b) => compareVersions(splitTag(b).version, splitTag(a).version));
  return closest(name, wanted, newestFirst, (own) => [-sharedParts(wanted.version, own.version)]);
}

/**
 * The tag of another release that is otherwise like `tag`: as many version parts, and these words for a variant.
 *
 * @param release version parts of the release that is wanted; empty for tags without a version
 * @param words the variant's words, as `variantWords` gives them
 */
export function tagOfRelease(
  tag: string,
  image: CatalogImage,
  release: readonly string[],
  words: readonly string[],
): string | null {
  const { version, exact } = splitTag(tag);
  const key = words.join("-");
  let best: { alias: string; distance: readonly number[] } | null = null;
  for (const { alias, parts } of aliasesByWords(image).get(key) ?? []) {
    if (parts.moving || !isOfLine(parts.version, release)) continue;
    if ((parts.version.length === 0) !== (version.length === 0)) continue;
    const length = Math.abs(parts.version.length - version.length);
    const distance = [length, parts.exact === exact ? 0 : 1, hasV(alias) === hasV(tag) ? 0 : 1];
    if (!best || isLess(distance, best.distance)) best = { alias, distance };
  }
  return best?.alias ?? null;
}

interface Alias {
  readonly alias: string;
  readonly parts: TagParts;
}

/** Variant -> the tags that have it; made once an image. */
function aliasesByWords(image: CatalogImage): ReadonlyMap<string, readonly Alias[]> {
  let found = wordsCache.get(image);
  if (!found) {
    found = new Map();
    for (const alias of image.tags.flat()) {
      const parts = splitTag(alias);
      const key = variantWords(parts).join("-");
      const aliases = found.get(key);
      if (aliases) aliases.push({ alias, parts });
      else found.set(key, [{ alias, parts }]);
    }
    wordsCache.set(image, found);
  }
  return found;
}

const wordsCache = new WeakMap<CatalogImage, Map<string, Alias[]>>();

/**
 * The candidate nearest in style to a tag: what `first` counts, then words that it lacks, then words that it adds,
 * then the leading `v`; the first of equals. Smaller is nearer.
 */
function closest(
  like: string,
  wanted: TagParts,
  candidates: readonly string[],
  first: (candidate: TagParts, tag: string) => readonly number[],
): string | null {
  const words = variantWords(wanted).filter((word) => word !== DEFAULT_TAG);
  let best: { tag: string; score: readonly number[] } | null = null;
  for (const tag of candidates) {
    const parts = splitTag(tag);
    const own = variantWords(parts);
    const style = [missing(words, own), missing(own, words), hasV(tag) === hasV(like) ? 0 : 1];
    const score = [...first(parts, tag), ...style];
    if (!best || isLess(score, best.score)) best = { tag, score };
  }
  return best?.tag ?? null;
}

/** How many of `words` are not among `others`. */
function missing(words: readonly string[], others: readonly string[]): number {
  return words.filter((word) => !others.includes(word)).length;
}

function hasV(tag: string): boolean {
  return /^v\d/.test(tag);
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

function sharedParts(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? a.length : at;
}
