/** A new catalog from the old one and what the sources say now. */
import { LIBRARY, DOCKER_HUB } from "../../src/facts/reference.js";
import type { CatalogImage } from "../../src/catalog.js";
import type { Cycles } from "./end-of-life.js";
import type { CatalogData } from "./files.js";
import type { AliasGroups } from "./official-images.js";

/** What a source says, and the day it says it of (YYYY-MM-DD). */
export interface OfficialImages {
  readonly asOf: string;
  readonly groups: ReadonlyMap<string, AliasGroups>;
}

export interface EndOfLifeDates {
  readonly asOf: string;
  /** Official image -> product, as endoflife.date's identifiers have it. */
  readonly products: ReadonlyMap<string, string>;
  /** Null for a product that is not there. */
  readonly cycles: (product: string) => Cycles | null;
}

const EMPTY: CatalogImage = { tags: [], product: null, cycles: {}, extendedSupport: null };

/**
 * Names, alias groups and cycles are the sources' word. What they do not say is kept from `old`: publishers,
 * names near by chance, which product stands behind an image, that extended support is free, and the names that
 * left the official set (one that is gone now joins them with the date of the source, one that is back leaves them).
 * A source that is null stays as it was.
 */
export function refresh(old: CatalogData, images: OfficialImages | null, dates: EndOfLifeDates | null): CatalogData {
  const withTags = images ? refreshTags(old, images) : old;
  return dates ? refreshCycles(withTags, dates) : withTags;
}

/** What a person should look at before committing: names that came and went, and products newly linked. */
export function differences(old: CatalogData, fresh: CatalogData): string[] {
  const before = new Set(old.index.official);
  const after = new Set(fresh.index.official);
  const linked = [...fresh.images].filter(([name, { product }]) => product !== (old.images.get(name)?.product ?? null));
  return [
    ...[...after].filter((name) => !before.has(name)).map((name) => `new official image: ${name}`),
    ...[...before].filter((name) => !after.has(name)).map((name) => `retired: ${name}`),
    ...linked.map(([name, { product }]) => `${name} is now linked with endoflife.date's ${product ?? "nothing"}: check that it fits`),
  ];
}

function refreshTags(old: CatalogData, { asOf, groups }: OfficialImages): CatalogData {
  const images = new Map(old.images);
  const retired = { ...old.index.retired };
  for (const name of old.index.official) {
    if (groups.has(name)) continue;
    retired[name] = asOf;
    const image = images.get(key(name));
    if (image && image.product !== null) images.set(key(name), { ...image, tags: [] });
    else images.delete(key(name));
  }
  for (const [name, tags] of groups) images.set(key(name), { ...(images.get(key(name)) ?? EMPTY), tags });
  const stillGone = Object.entries(retired).filter(([name]) => !groups.has(name));
  const index = {
    ...old.index,
    sources: { ...old.index.sources, tags: { ...old.index.sources.tags, asOf } },
    official: [...groups.keys()],
    retired: Object.fromEntries(stillGone),
  };
  return { index, images };
}

function refreshCycles(old: CatalogData, { asOf, products, cycles }: EndOfLifeDates): CatalogData {
  const images = new Map(old.images);
  for (const [name, product] of products) {
    const image = images.get(key(name));
    if (image?.product === null) images.set(key(name), { ...image, product });
  }
  for (const [name, image] of images) {
    const found = image.product === null ? null : cycles(image.product);
    if (found) images.set(name, { ...image, cycles: found });
  }
  const sources = { ...old.index.sources, endOfLife: { ...old.index.sources.endOfLife, asOf } };
  return { index: { ...old.index, sources }, images };
}

function key(name: string): string {
  return `${DOCKER_HUB}/${LIBRARY}${name}`;
}
