/** What stands behind a tag: a release of a product, and the distribution that it is built on. */
import type { Catalog, CatalogImage } from "../catalog.js";
import { distributionIn, isDistribution, type Distribution } from "./distributions.js";
import { officialName, repositoryName, type Reference } from "./reference.js";
import {
  isEnding,
  lifeSpan,
  newestOf,
  releaseOf,
  releaseOfCodename,
  type LifeOptions,
  type Release,
} from "./releases.js";
import { splitTag, variantWords } from "./tag-parts.js";
import { aliasGroup, DEFAULT_TAG } from "./tags.js";

export interface Behind {
  /** `latest` where none is written; "" for a bare digest, behind which no release is known. */
  readonly tag: string;
  readonly image: CatalogImage | null;
  readonly product: Release | null;
  readonly distribution: Distribution | null;
  /** False for a distribution that the repository's name says. */
  readonly distributionInTag: boolean;
}

export function behind(reference: Reference, catalog: Catalog): Behind {
  const tag = reference.tag ?? (reference.digest === null ? DEFAULT_TAG : "");
  const image = catalog.image(repositoryName(reference));
  const product = image && productRelease(tag, image);
  const inTag = isItselfDistribution(reference) ? null : distributionOfTag(tag, image, catalog);
  return {
    tag,
    image,
    product,
    distribution: inTag ?? (isItselfDistribution(reference) ? null : distributionOfRepository(reference, catalog)),
    distributionInTag: inTag !== null,
  };
}

/** True when the product's release or the distribution's is over, or on its way out. */
export function isEndingBehind({ image, product, distribution }: Behind, options: LifeOptions): boolean {
  if (product && image && isEnding(lifeSpan(product, image, options))) return true;
  return distribution !== null && isEnding(lifeSpan(distribution.release, distribution.image, options));
}

/** The tag's own version first, then its longest alias (`lts`, `3`), then the newest of the line (`2`), then a code name. */
function productRelease(tag: string, image: CatalogImage): Release | null {
  const split = splitTag(tag);
  // Behind a prefix stands the version of something else: wordpress:cli-2.11.
  const version = split.prefix === "" ? split.version : [];
  const own = releaseOf(version, image);
  if (own) return own;
  for (const alias of aliasGroup(tag, image) ?? []) {
    const { prefix, version: exact } = splitTag(alias);
    const release = prefix === "" ? releaseOf(exact, image) : null;
    if (release) return release;
  }
  if (version.length > 0) return newestOf(version, image);
  for (const word of variantWords(split)) {
    const release = releaseOfCodename(word, image);
    if (release) return release;
  }
  return null;
}

/** In the tag itself, else in one of its aliases. */
function distributionOfTag(tag: string, image: CatalogImage | null, catalog: Catalog): Distribution | null {
  for (const alias of [tag, ...((image && aliasGroup(tag, image)) ?? [])]) {
    const found = distributionIn(variantWords(splitTag(alias)), catalog);
    if (found) return found;
  }
  return null;
}

/** `distroless/static-debian12` */
function distributionOfRepository({ repository }: Reference, catalog: Catalog): Distribution | null {
  const last = repository.slice(repository.lastIndexOf("/") + 1);
  return distributionIn(
    last.split("-").filter((word) => /\d$/.test(word)),
    catalog,
  );
}

/** debian and the like: their releases are the product's. */
function isItselfDistribution(reference: Reference): boolean {
  const name = officialName(reference);
  return name !== null && isDistribution(name);
}
