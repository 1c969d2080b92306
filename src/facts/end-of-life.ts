/** Until when the release behind a tag lives: the product's, and the distribution's below it. */
import type { Catalog, CatalogImage } from "../catalog.js";
import { behind, isEndingBehind } from "./behind.js";
import { isDistribution } from "./distributions.js";
import { keptBy } from "./kept.js";
import { nearestLiving } from "./living-tags.js";
import { familiarName, formatReference, officialName, type Reference } from "./reference.js";
import {
  codeWord,
  isEnding,
  lifeSpan,
  livingAbove,
  type LifeOptions,
  type LifeSpan,
  type Release,
} from "./releases.js";

export interface EndOfLife extends LifeSpan {
  /** `retired`: the image left the Docker Official Images on `date`. */
  readonly kind: "product" | "distribution" | "retired";
  /** What it is the end of: `python 3.7`, `debian 10 (buster)`, `centos`. */
  readonly of: string;
  /** Where extended support ends that was not counted; null where there is none. */
  readonly extended: string | null;
  /** The release to move to: the one behind `tag`, else the nearest above that is not ending; null where none is known. */
  readonly nearest: string | null;
  /** The nearest tag of the catalog that is like this one and stands on living releases only; null where there is none. */
  readonly tag: string | null;
}

export type EndOfLifeOptions = Partial<Pick<LifeOptions, "extended" | "warnDays">>;

/**
 * Every life span that is known of what stands behind a reference, whether over or not: product, distribution,
 * retirement. Give the origin of a mirror's or copy's image.
 *
 * @param today YYYY-MM-DD, UTC
 * @param options `extended`: paid extended support counts; `warnDays`: from when on `endsWithin` is said
 */
export function endOfLife(
  reference: Reference,
  catalog: Catalog,
  today: string,
  { extended = false, warnDays = 0 }: EndOfLifeOptions = {},
): readonly EndOfLife[] {
  const key = `${formatReference(reference)} ${today} ${extended} ${warnDays}`;
  return kept(catalog, key, () => allEnds(reference, catalog, { today, extended, warnDays }));
}

const kept = keptBy<readonly EndOfLife[]>();

function allEnds(reference: Reference, catalog: Catalog, options: LifeOptions): readonly EndOfLife[] {
  const now = behind(reference, catalog);
  const living = isEndingBehind(now, options) ? nearestLiving(reference, now, catalog, options) : null;
  const { product, image, distribution } = now;
  const tag = living?.tag ?? null;

  const found: EndOfLife[] = [];
  if (product && image) {
    const name = officialName(reference) ?? image.product ?? familiarName(reference);
    found.push({ kind: "product", ...life(name, product, image, living?.product ?? null, tag, options) });
  }
  if (distribution) {
    const { name, release, image: of } = distribution;
    const next = living?.distribution?.name === name ? living.distribution.release : null;
    found.push({ kind: "distribution", ...life(name, release, of, next, tag, options) });
  }
  const retired = retiredOn(reference, catalog, options.today);
  if (retired) found.push(retired);
  return found;
}

/** The product of the image `openjdk`: its dates are Oracle's, and others support the same release for longer. */
const ORACLE = "openjdk-builds-from-oracle";

/** `next`: the release behind `tag`. */
function life(
  name: string,
  release: Release,
  image: CatalogImage,
  next: Release | null,
  tag: string | null,
  options: LifeOptions,
): Omit<EndOfLife, "kind"> {
  const span = lifeSpan(release, image, options);
  const ending = isEnding(span);
  const to = ending ? (next ?? livingAbove(release, image, options)[0]) : undefined;
  const { extended } = release.cycle;
  return {
    ...span,
    of: display(name, release) + (image.product === ORACLE ? " (Oracle's builds)" : ""),
    extended: span.date !== null && extended !== undefined && extended > span.date ? extended : null,
    nearest: to ? display(name, to) : null,
    tag: ending ? tag : null,
  };
}

/** `debian 10 (buster)`, `node 22`. */
function display(name: string, { name: cycle, cycle: { codename } }: Release): string {
  const word = codename === undefined ? null : codeWord({ eol: true, codename });
  return word !== null && isDistribution(name) ? `${name} ${cycle} (${word})` : `${name} ${cycle}`;
}

function retiredOn(reference: Reference, catalog: Catalog, today: string): EndOfLife | null {
  const name = officialName(reference);
  const date = name === null ? undefined : catalog.retired.get(name);
  if (name === null || date === undefined) return null;
  const past = date <= today;
  return { kind: "retired", of: name, date, past, endsWithin: null, extended: null, nearest: null, tag: null };
}
