/** What moves a tag: the releases that it still stands for. */
import type { Level } from "./pinning.js";
import { splitTag } from "./tag-parts.js";

/** The letters of the version parts that a tag leaves open: `22.x.y`. */
const OPEN = ["x", "y", "z"];

/** What moves a tag, in words: `22.x.y release`, `release`; `exact` as for `openReleases`. */
export function whatMoves(tag: string, level: Level, exact: string | null): string {
  const releases = openReleases(tag, exact);
  if (releases !== null) return `${releases} release`;
  return level === "tag" ? "release" : "build under that tag";
}

/** `1809`, `2023`: a name rather than the first part of a version, unless the catalog knows more of it. */
const YEAR = /^\d{4,}$/;

/** Where no exact alias is known: major, minor, patch. */
const USUAL_PARTS = 3;

/**
 * The releases that a tag stands for, as `22.x.y` or `24.19.x`; null for a tag without a version and for one that
 * leaves no part of it open.
 *
 * @param exact the alias that pins it to one release; null where none is known
 */
export function openReleases(tag: string, exact: string | null): string | null {
  const { version } = splitTag(tag);
  const parts = exact === null ? USUAL_PARTS : splitTag(exact).version.length;
  if (version.length === 0 || parts <= version.length) return null;
  if (exact === null && YEAR.test(version[0] ?? "")) return null;
  return [...version, ...OPEN.slice(0, parts - version.length)].join(".");
}
