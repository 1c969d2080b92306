/** Where to move a tag whose release is over. */
import type { Catalog, CatalogImage } from "../catalog.js";
import { behind, isEndingBehind, type Behind } from "./behind.js";
import type { Reference } from "./reference.js";
import { codeWord, isEnding, lifeSpan, livingAbove, type LifeOptions, type Release } from "./releases.js";
import { splitTag, variantWords } from "./tag-parts.js";
import { tagOfRelease } from "./tags.js";

/**
 * What stands behind the tag that changes as little as it must: the oldest living release of the product, on the
 * oldest living release of the distribution that it is there for, in the same variant and as exact. Null where the
 * catalog has no such tag. Nothing behind it is on its way out either.
 */
export function nearestLiving(
  reference: Reference,
  from: Behind,
  catalog: Catalog,
  options: LifeOptions,
): Behind | null {
  const { tag, image } = from;
  if (!image) return null;
  for (const { version, words } of candidates(from, image, options)) {
    const found = tagOfRelease(tag, image, version, words);
    if (found === null || found === tag) continue;
    const to = behind({ ...reference, tag: found, digest: null }, catalog);
    if (!isEndingBehind(to, options)) return to;
  }
  return null;
}

interface Candidate {
  readonly version: readonly string[];
  readonly words: readonly string[];
}

/** Release by release, and for each distribution by distribution. */
function candidates(from: Behind, image: CatalogImage, options: LifeOptions): readonly Candidate[] {
  const { tag, product } = from;
  const { version } = splitTag(tag);
  if (!product || !isEnding(lifeSpan(product, image, options))) {
    return variants(from, options).map((words) => ({ version, words }));
  }
  const living = livingAbove(product, image, options);
  if (version.length === 0) return living.flatMap((release) => renamed(tag, product, release));
  return living.flatMap(({ name }) => variants(from, options).map((words) => ({ version: name.split("."), words })));
}

/** `buster-slim` -> `bookworm-slim`. A word that does not name the release (`lts`) cannot be moved to another. */
function renamed(tag: string, from: Release, to: Release): readonly Candidate[] {
  const words = variantWords(splitTag(tag));
  const at = words.indexOf(codeWord(from.cycle) ?? "");
  const other = codeWord(to.cycle);
  return at < 0 || other === null ? [] : [{ version: [], words: words.with(at, other) }];
}

/** The variant with each distribution that it may stand on, its own first while that lives; last without its release. */
function variants(
  { tag, distribution, distributionInTag }: Behind,
  options: LifeOptions,
): readonly (readonly string[])[] {
  const words = variantWords(splitTag(tag));
  if (!distribution || !distributionInTag) return [words];
  const { image, release, anyRelease } = distribution;
  const own = isEnding(lifeSpan(release, image, options)) ? [] : [words];
  const others = livingAbove(release, image, options).map((living) => distribution.renamed(living));
  return [...own, ...others.filter((other) => other !== null), anyRelease];
}
