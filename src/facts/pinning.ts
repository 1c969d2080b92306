/** How tightly a reference is pinned: the text of its tag, read with what the catalog knows of the repository. */
import type { CatalogImage } from "../catalog.js";
import type { Reference } from "./reference.js";
import { splitTag, type TagParts } from "./tag-parts.js";

/** How tightly a reference is pinned, loosest first. */
export const LEVELS = ["none", "tag", "major", "minor", "patch", "digest"] as const;
export type Level = (typeof LEVELS)[number];

/** How many numbers an exact version has, in its parts and in what stands behind them (`-b07`). */
interface Shape {
  readonly parts: number;
  readonly suffix: number;
}

/** Where the catalog does not know better: major, minor, patch. */
const USUAL: Shape = { parts: 3, suffix: 0 };

/** True when `level` pins at least as tightly as `wanted`. */
export function atLeast(level: Level, wanted: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(wanted);
}

/**
 * The level of a reference; `image` is what the catalog knows of its repository (of the origin's, for a
 * mirror). The variant never counts, what names one build (a date, a commit, a build number) is
 * `patch`, and otherwise the number of version parts is held against that of the longest alias.
 */
export function pinningLevel(reference: Reference, image: CatalogImage | null): Level {
  if (reference.digest !== null) return "digest";
  return reference.tag === null ? "none" : tagLevel(reference.tag, image);
}

/** The level of a tag alone. */
export function tagLevel(tag: string, image: CatalogImage | null): Level {
  const split = splitTag(tag);
  const { version, exact, moving } = split;
  if (exact) return "patch";
  const group = image ? groupsOf(image).get(tag) : undefined;
  if (version.length === 0 || (group && isVariantOnly(tag, split, group))) return "tag";
  const looser = version.length === 1 ? "major" : "minor";
  if (moving || (image && version.length <= 2 && isCalendar(image))) return looser;
  return isAsLong(split, image && image.tags.length > 0 ? exactShape(split, image, group) : USUAL) ? "patch" : looser;
}

/** Tag -> its group of aliases; made once an image. */
export function groupsOf(image: CatalogImage): ReadonlyMap<string, readonly string[]> {
  let groups = groupCache.get(image);
  if (!groups) {
    groups = new Map(image.tags.flatMap((group) => group.map((tag) => [tag, group] as const)));
    groupCache.set(image, groups);
  }
  return groups;
}

const groupCache = new WeakMap<CatalogImage, ReadonlyMap<string, readonly string[]>>();

/** gradle's `jdk-25-and-26` beside `9-jdk-25-and-26`: the number is the variant's. */
function isVariantOnly(tag: string, { prefix }: TagParts, group: readonly string[]): boolean {
  if (prefix === "") return false;
  const ending = `-${tag}`;
  return group.some((alias) => alias.endsWith(ending) && splitTag(alias.slice(0, -ending.length)).version.length > 0);
}

/** What stands behind the numbers counts only where they alone are not yet major, minor and patch. */
function isAsLong(split: TagParts, { parts, suffix }: Shape): boolean {
  if (split.version.length < parts) return false;
  return split.version.length >= USUAL.parts || numbersIn(split.suffix) >= suffix;
}

function exactShape(split: TagParts, image: CatalogImage, group: readonly string[] | undefined): Shape {
  if (group) return longest(group);
  const usual = usualShape(image);
  // A release cycle that has releases of its own (postgres 9.6: 9.6.24) is no exact version.
  const name = split.version.join(".");
  const cycle = Object.hasOwn(image.cycles, name) ? image.cycles[name] : undefined;
  if (!cycle?.latest || cycle.latest === name) return usual;
  return { ...usual, parts: Math.max(usual.parts, split.version.length + 1) };
}

/** The shape of a group's longest alias. */
function longest(group: readonly string[]): Shape {
  let shape: Shape = { parts: 0, suffix: 0 };
  for (const alias of group) {
    const split = splitTag(alias);
    const suffix = numbersIn(split.suffix);
    // Beside `10-kitten-20260602` or `8u504` the bare major is no exact version.
    const parts = split.exact && split.version.length === 1 ? 2 : split.version.length;
    if (parts > shape.parts || (parts === shape.parts && suffix > shape.suffix)) shape = { parts, suffix };
  }
  return shape;
}

/** The shape that most groups of the repository have, the longest of equals; made once an image. */
function usualShape(image: CatalogImage): Shape {
  let usual = shapeCache.get(image);
  if (!usual) {
    const counts = new Map<string, { shape: Shape; count: number }>();
    for (const group of image.tags) {
      const shape = longest(group);
      if (shape.parts === 0) continue;
      const key = `${shape.parts} ${shape.suffix}`;
      counts.set(key, { shape, count: (counts.get(key)?.count ?? 0) + 1 });
    }
    const [most] = [...counts.values()].sort((a, b) => b.count - a.count || b.shape.parts - a.shape.parts);
    usual = most?.shape ?? USUAL;
    shapeCache.set(image, usual);
  }
  return usual;
}

const shapeCache = new WeakMap<CatalogImage, Shape>();

function numbersIn(suffix: string): number {
  return suffix === "" ? 0 : (suffix.match(/\d+/g)?.length ?? 0);
}

/** True where releases are named `YEAR.MONTH` (Ubuntu) and only a dated alias is exact; made once an image. */
function isCalendar(image: CatalogImage): boolean {
  let calendar = calendarCache.get(image);
  if (calendar === undefined) {
    const names = image.tags.map((group) => group.map(splitTag).find(({ version }) => version.length > 0)?.version);
    const known = names.filter((name) => name !== undefined);
    calendar = known.length > 0 && known.every((name) => name.length === 2 && isYearMonth(name));
    calendarCache.set(image, calendar);
  }
  return calendar;
}

const calendarCache = new WeakMap<CatalogImage, boolean>();

function isYearMonth([year = "", month = ""]: readonly string[]): boolean {
  return /^(?:20)?[0-9]{2}$/.test(year) && /^(?:0[1-9]|1[0-2])$/.test(month);
}
