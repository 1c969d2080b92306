/** Release cycles of a product: which one a version belongs to, and until when it lives. */
import type { CatalogImage, Cycle } from "../catalog.js";
import { compareVersions, isOfLine } from "./versions.js";

export interface Release {
  /** The cycle's name: `3.12`, `22`. */
  readonly name: string;
  readonly cycle: Cycle;
}

/** What counts as alive. */
export interface LifeOptions {
  /** Today, YYYY-MM-DD, UTC. */
  readonly today: string;
  /** True when paid extended support counts. */
  readonly extended: boolean;
  /** What ends within so many days is on its way out; 0 counts the past only. */
  readonly warnDays: number;
}

export interface LifeSpan {
  /** The last day, YYYY-MM-DD; null where none is known. */
  readonly date: string | null;
  readonly past: boolean;
  /** Days left (0 on the last day itself) when they are no more than `warnDays`; else null. */
  readonly endsWithin: number | null;
}

/** The cycle that a version is of: `3.7` for 3.7.2, and `8` for 8.0. */
export function releaseOf(version: readonly string[], image: CatalogImage): Release | null {
  for (let length = version.length; length > 0; length--) {
    const release = releaseNamed(version.slice(0, length).join("."), image);
    if (release) return release;
  }
  return null;
}

/** The newest cycle that continues a version: `2.7` for 2. */
export function newestOf(version: readonly string[], image: CatalogImage): Release | null {
  return inOrder(image).findLast(({ name }) => isOfLine(name.split("."), version)) ?? null;
}

/** The cycle whose code name starts with this word: `bookworm`, and `noble` for "noble numbat". */
export function releaseOfCodename(word: string, image: CatalogImage): Release | null {
  let codenames = codenameCache.get(image);
  if (!codenames) {
    codenames = new Map();
    for (const release of inOrder(image)) {
      const own = codeWord(release.cycle);
      if (own !== null) codenames.set(own, release);
    }
    codenameCache.set(image, codenames);
  }
  return codenames.get(word) ?? null;
}

const codenameCache = new WeakMap<CatalogImage, Map<string, Release>>();

/** The word of a code name that tags use; null for a cycle without one. */
export function codeWord({ codename }: Cycle): string | null {
  return codename?.split(" ")[0] ?? null;
}

/** `extendedSupport: free` reaches everyone, so it always counts. The last day is still alive. */
export function lifeSpan(
  { cycle }: Release,
  image: CatalogImage,
  { today, extended, warnDays }: LifeOptions,
): LifeSpan {
  const later = image.extendedSupport === "free" || extended ? cycle.extended : undefined;
  if (cycle.eol === false) return { date: null, past: false, endsWithin: null };
  const eol = cycle.eol === true ? null : cycle.eol;
  const date = later !== undefined && (eol === null || later > eol) ? later : eol;
  if (date === null) return { date, past: true, endsWithin: null };
  if (date < today || warnDays === 0) return { date, past: date < today, endsWithin: null };
  const left = daysBetween(today, date);
  return { date, past: false, endsWithin: left < warnDays + 1 ? left : null };
}

/** True when a release is over, or on its way out by `warnDays`. */
export function isEnding(span: LifeSpan): boolean {
  return span.past || span.endsWithin !== null;
}

/** The cycles above `release` that are not ending, oldest first: the first is the nearest living one. */
export function livingAbove(release: Release, image: CatalogImage, options: LifeOptions): readonly Release[] {
  const order = inOrder(image);
  const at = order.findIndex(({ name }) => name === release.name);
  return order.slice(at + 1).filter((one) => !isEnding(lifeSpan(one, image, options)));
}

function releaseNamed(name: string, image: CatalogImage): Release | null {
  const cycle = Object.hasOwn(image.cycles, name) ? image.cycles[name] : undefined;
  return cycle ? { name, cycle } : null;
}

/** All cycles by version, oldest first; made once an image. */
function inOrder(image: CatalogImage): readonly Release[] {
  let order = orderCache.get(image);
  if (!order) {
    const releases = Object.entries(image.cycles).map(([name, cycle]) => ({ name, cycle }));
    order = releases.sort((a, b) => compareVersions(a.name.split("."), b.name.split(".")));
    orderCache.set(image, order);
  }
  return order;
}

const orderCache = new WeakMap<CatalogImage, Release[]>();

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
