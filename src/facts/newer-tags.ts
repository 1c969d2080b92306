/** Among the tags that a registry has: the newest release of a line, and the exact tags that one may stand for. */
import type { CatalogImage } from "../catalog.js";
import { tagLevel } from "./pinning.js";
import { releaseOf } from "./releases.js";
import { dateOf, isPrerelease, splitTag, variantWords, withoutDate, type TagParts } from "./tag-parts.js";
import { aliasGroup, DEFAULT_TAG } from "./tags.js";
import { compareVersions, isOfLine } from "./versions.js";

/**
 * The newest of `tags` in the line of `tag`, itself where none is newer: the same release cycle (22 of node, 3.12 of
 * python; where the catalog knows none the same major version), the same variant, as many version parts and as exact.
 * Of dated tags the latest date. Null for a tag that no release can be told from (`lts`, a commit).
 *
 * @param image what the catalog knows of the repository
 */
export function newestInLine(tag: string, tags: readonly string[], image: CatalogImage | null): string | null {
  const own = splitTag(tag);
  if (isDatedOnly(tag, own)) return latestDate(tag, tags);
  if (own.version.length === 0 || own.moving) return null;
  const line = lineOf(own.version, image);
  const shape = shapeOf(tag, own);
  let newest = { tag, parts: own };
  for (const candidate of tags) {
    if (candidate.length > LONGEST_TAG) continue;
    const parts = splitTag(candidate);
    if (parts.version.length !== own.version.length || !isOfLine(parts.version, line)) continue;
    if (shapeOf(candidate, parts) !== shape) continue;
    if (compareReleases({ tag: candidate, parts }, newest) > 0) newest = { tag: candidate, parts };
  }
  return newest.tag;
}

/**
 * Tags by release, the newest first: versions before words, releases before their candidates, of one release the more
 * exact first, then the later date, then by name.
 */
export function newestFirst(tags: readonly string[], image: CatalogImage | null): readonly string[] {
  const known = tags.filter((tag) => tag.length <= LONGEST_TAG).map((tag) => ({ tag, parts: splitTag(tag) }));
  const kind = ({ parts }: Tagged): number => (parts.version.length === 0 ? 2 : isPrerelease(parts) ? 1 : 0);
  const isExact = new Map(known.map(({ tag }) => [tag, tagLevel(tag, image) === "patch"]));
  const sorted = known.sort((a, b) => {
    const exactness = Number(isExact.get(b.tag)) - Number(isExact.get(a.tag));
    return (
      kind(a) - kind(b) ||
      compareReleases(b, a) ||
      exactness ||
      a.tag.length - b.tag.length ||
      compareText(a.tag, b.tag)
    );
  });
  return sorted.map(({ tag }) => tag);
}

/** What a tag may be at most (distribution/reference, `TagRegexp`). */
const LONGEST_TAG = 128;

/** More candidates than these are not worth asking for. */
const MOST_CANDIDATES = 8;

/**
 * The exact ones of `tags` that may point at the same image as `tag`, the likeliest first, eight at most: those of
 * the same variant whose version continues it, or continues an alias that the catalog knows. Empty for a tag that is
 * exact itself. Whether they do, only their digests can say.
 */
export function exactCandidates(tag: string, tags: readonly string[], image: CatalogImage | null): readonly string[] {
  if (tagLevel(tag, image) === "patch") return [];
  const aliases = new Set([tag, ...((image && aliasGroup(tag, image)) ?? [])]);
  const like = [...aliases].map((alias) => ({ parts: splitTag(alias), words: wordsOf(alias) }));
  const own = splitTag(tag).version;
  const wanted = wordsOf(tag);
  const found: (Tagged & { readonly style: number })[] = [];
  for (const candidate of tags) {
    if (candidate === tag || candidate.length > LONGEST_TAG || tagLevel(candidate, image) !== "patch") continue;
    const parts = splitTag(candidate);
    if (isPrerelease(parts) || (parts.version.length === 0 && dateOf(candidate) === null)) continue;
    const words = wordsOf(candidate);
    const isOther = parts.version.length > 0 && !isOfLine(parts.version, own);
    if (isOther || !like.some((alias) => continues({ parts, words }, alias, own.length > 0))) continue;
    const style = difference(wanted, words) + difference(words, wanted);
    found.push({ tag: candidate, parts, style });
  }
  return likeliest(found, image).slice(0, MOST_CANDIDATES);
}

interface Tagged {
  readonly tag: string;
  readonly parts: TagParts;
}

/** Nearest in style first, then line by line the newest of each before the second newest. */
function likeliest(
  candidates: readonly (Tagged & { readonly style: number })[],
  image: CatalogImage | null,
): readonly string[] {
  const newestFirst = candidates.toSorted((a, b) => a.style - b.style || compareReleases(b, a));
  const seen = new Map<string, number>();
  const ranked = newestFirst.map(({ tag, parts, style }) => {
    const line = `${style} ${lineOf(parts.version, image).join(".")}`;
    const rank = seen.get(line) ?? 0;
    seen.set(line, rank + 1);
    return { tag, style, rank };
  });
  return ranked.sort((a, b) => a.style - b.style || a.rank - b.rank).map(({ tag }) => tag);
}

interface Words {
  readonly parts: TagParts;
  readonly words: readonly string[];
}

/** `22.23.2-alpine` continues `22-alpine`, a date its code name, and any version `latest` or `lts`. */
function continues(candidate: Words, { parts, words }: Words, isVersioned: boolean): boolean {
  if (parts.version.length === 0) {
    return difference(candidate.words, words) === 0 && !(isVersioned && candidate.parts.version.length > 0);
  }
  return isOfLine(candidate.parts.version, parts.version) && candidate.words.join("-") === words.join("-");
}

function wordsOf(tag: string): readonly string[] {
  return variantWords(splitTag(tag)).filter((word) => word !== DEFAULT_TAG);
}

/** How many of `words` are not among `others`. */
function difference(words: readonly string[], others: readonly string[]): number {
  return words.filter((word) => !others.includes(word)).length;
}

/** The release cycle, else the major version; before 1.0 each minor version is a line of its own. */
function lineOf(version: readonly string[], image: CatalogImage | null): readonly string[] {
  const cycle = image && releaseOf(version, image);
  return cycle ? cycle.name.split(".") : version.slice(0, version[0] === "0" ? 2 : 1);
}

/** Equal for tags that differ in nothing but their numbers. */
function shapeOf(tag: string, { prefix, suffix, variant, exact, moving }: TagParts): string {
  const isDated = dateOf(tag) !== null;
  return JSON.stringify([prefix, suffix.replace(/\d+/g, "#"), variant, exact, moving, isDated, /^v\d/i.test(tag)]);
}

function compareReleases(a: Tagged, b: Tagged): number {
  return (
    compareVersions(a.parts.version, b.parts.version) ||
    compareVersions(numbersIn(a.parts.suffix), numbersIn(b.parts.suffix)) ||
    compareText(dateOf(a.tag) ?? "", dateOf(b.tag) ?? "")
  );
}

function numbersIn(text: string): readonly string[] {
  return text.match(/\d+/g) ?? [];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** True where the date is all that tells builds apart: `bookworm-20260803`, `RELEASE.2026-05-01T00-00-00Z`. */
function isDatedOnly(tag: string, { version }: TagParts): boolean {
  return dateOf(tag) !== null && (version.length === 0 || /[A-Za-z]\.\d{4}-\d\d-\d\dT/.test(tag));
}

function latestDate(tag: string, tags: readonly string[]): string {
  const line = withoutDate(tag);
  let latest = tag;
  for (const candidate of tags) {
    if (candidate.length > LONGEST_TAG || withoutDate(candidate) !== line) continue;
    if (compareText(digitsOf(candidate), digitsOf(latest)) > 0) latest = candidate;
  }
  return latest;
}

function digitsOf(tag: string): string {
  return tag.replace(/\D/g, "");
}
