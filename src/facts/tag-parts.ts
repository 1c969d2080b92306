/** A tag taken apart: version, what names one build, and the variant. */

export interface TagParts {
  /** Words before the version: `cli` in `cli-2.11.0`; else "". */
  readonly prefix: string;
  /** The version's parts, without a leading `v`: `["22", "23", "2"]`; empty where the tag has none. */
  readonly version: readonly string[];
  /** What belongs to the version behind its parts, without dates: `-b07`, `_10`, `rc1`, `-rc-5`, `-37`; else "". */
  readonly suffix: string;
  /** Words behind the version: `alpine3.24`, `slim-bookworm`; dates and commits are left out; else "". */
  readonly variant: string;
  /** True when the tag names one build: a date, a commit, a build number, a numbered prerelease. */
  readonly exact: boolean;
  /** True for a prerelease without a number: `3.15-rc` moves with every candidate. */
  readonly moving: boolean;
}

/** YYYYMMDD, also with `-`, `.` or `_` between; a time of day may follow without a break. */
const DATE = /(?<!\d)(?:19|20)\d\d([-._]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:\d{4}(?:\d{2})?)?(?!\d)/;

/** Regular expressions are slow at their first uses, and nearly all tags can be told to hold no date without one. */
const mayHoldDate = (text: string): boolean => text.length >= 8 && (text.includes("20") || text.includes("19"));

const DATE_WORD = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{4}(?:\d{2})?)?(?![\da-z])/i;

/** A git commit: 7 to 40 hex digits (or a whole SHA-256). `g` is what git describe puts before it. */
const HEX = /^g?(?:[0-9a-f]{7,40}|[0-9a-f]{64})$/i;

const isHex = (text: string): boolean => text.length >= 7 && HEX.test(text);

const VERSION = /^[vV]?(\d+(?:\.\d+)*)(.*)$/;

const PRERELEASE = "rc|beta|alpha|pre|preview|milestone|m|ea|cr|snapshot|nightly|canary|next";

/** What may follow the numbers of a version within its word. */
const BUILD = /^(?:u\d+|_\d[\w.]*|\+[\w.]+)$/i;
const PRERELEASE_SUFFIX = new RegExp(`^[._]?(?:(?:${PRERELEASE})[._]?(\\d*)[\\d._]*|[ab](\\d+))$`, "i");
const PRERELEASE_IN_SUFFIX = new RegExp(`(?:^|[-._])(?:${PRERELEASE}|dev)(?![a-z])|^[ab]\\d+$`, "i");
/** `4.0r9`, `12c`, `1.x`, `2.0.0.RELEASE`, `1.2.3.post1`. */
const OTHER_SUFFIX = /^(?:[a-z]\d*|[._][a-z][\w.]*)$/i;

/** A word of its own behind the version: `rc`, `rc1`, `preview.1`; or a build number: `b07`. */
const PRERELEASES: ReadonlySet<string> = new Set([...PRERELEASE.split("|"), "dev"]);
const PRERELEASE_WORD = new RegExp(`^(?:(?:${PRERELEASE})[._]?(\\d*)[\\d._]*|dev(\\d+))$`, "i");
const BUILD_WORD = /^[bB]\d+$/;

/** Distributions: a number behind one of them is its release. */
const DISTRIBUTIONS: ReadonlySet<string> = new Set(
  "alma almalinux alpine amazonlinux bookworm centos debian fedora leap ltsc opensuse oraclelinux rhel rocky rockylinux ubi ubuntu".split(
    " ",
  ),
);
/** Runtimes: a bare number behind one of them is its release, `jdk-25.0.4` is a version. */
const RUNTIMES: ReadonlySet<string> = new Set(
  "corretto cuda dotnet erlang go golang graalvm java jdk jre liberica node openj9 openjdk otp php python ruby sapmachine semeru temurin zulu".split(
    " ",
  ),
);

/**
 * Takes a tag apart; any text will do. Tags are split at `-`; the first word that reads as a version is the version.
 * The same few tags are asked for again and again, so answers are kept.
 */
export function splitTag(tag: string): TagParts {
  let parts = kept.get(tag);
  if (!parts) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(tag, (parts = takeApart(tag)));
  }
  return parts;
}

const kept = new Map<string, TagParts>();

/** More than all aliases of the catalog. */
const MOST_KEPT = 20_000;

function takeApart(tag: string): TagParts {
  const words = tag.split("-");
  const at = words.findIndex((_, index) => isVersion(words, index));
  const dated = mayHoldDate(tag) && DATE.test(tag);
  const commit =
    isHex(tag) || words.some((word) => isCommit(word)) || (isHex(words[1] ?? "") && /^(?:sha|commit|git)-/i.test(tag));
  const rest = (from: number, to?: number): string =>
    words
      .slice(from, to)
      .filter((word) => !isStamp(word))
      .join("-");
  const found = at < 0 ? null : VERSION.exec(words[at] ?? "");
  if (!found) {
    return { prefix: "", version: [], suffix: "", variant: rest(0), exact: dated || commit, moving: false };
  }

  const [, numbers = "", ending = ""] = found;
  const version = numbers.split(".");
  let suffix = ending;
  let { build, prerelease } = readEnding(ending);
  let next = at + 1;
  for (const word of words.slice(next)) {
    const named = readPrerelease(word);
    if (BUILD_WORD.test(word)) build = true;
    else if (named && prerelease === null) prerelease = named[1] || named[2] ? "numbered" : "moving";
    else if (!/^\d[\d._]*$/.test(word)) break;
    else if (prerelease === "moving") prerelease = "numbered";
    if (!isStamp(word)) suffix += `-${word}`;
    next++;
  }
  return {
    prefix: rest(0, at),
    version,
    suffix,
    variant: rest(next),
    exact: dated || commit || build || prerelease === "numbered",
    // `3.5-dev` is what comes next, `3.13.1-dev` the variant with a shell.
    moving: prerelease === "moving" || (words[next] === "dev" && version.length < 3),
  };
}

/** The date in a tag as digits, `20260803`, with what else stands there for one build; null for a tag without one. */
export function dateOf(tag: string): string | null {
  return mayHoldDate(tag) ? (DATE.exec(tag)?.[0].replace(/\D/g, "") ?? null) : null;
}

/** The tag with `…` for its date and a time behind it: equal for builds of the same line. */
export function withoutDate(tag: string): string {
  return tag.replace(DATE, "…").replace(/…T\d\d-\d\d-\d\dZ/, "…");
}

/** True for `3.15.0rc1` and `2.0.0-beta-2`, and where the candidate moves. */
export function isPrerelease({ suffix, moving }: TagParts): boolean {
  return moving || PRERELEASE_IN_SUFFIX.test(suffix);
}

/** The words that tell variants apart, prefix first. */
export function variantWords({ prefix, variant }: TagParts): readonly string[] {
  return [prefix, variant].flatMap((part) => (part === "" ? [] : part.split("-")));
}

function isVersion(words: readonly string[], index: number): boolean {
  const word = words[index] ?? "";
  if (!/^[vV]?\d/.test(word) || isStamp(word)) return false;
  const [, numbers = "", ending = ""] = VERSION.exec(word) ?? [];
  if (ending !== "" && !BUILD.test(ending) && !PRERELEASE_SUFFIX.test(ending) && !OTHER_SUFFIX.test(ending))
    return false;
  const before = (words[index - 1] ?? "").toLowerCase();
  if (DISTRIBUTIONS.has(before)) return false;
  return !(RUNTIMES.has(before) && !numbers.includes("."));
}

function readEnding(ending: string): { build: boolean; prerelease: "numbered" | "moving" | null } {
  if (ending === "") return { build: false, prerelease: null };
  if (BUILD.test(ending)) return { build: true, prerelease: null };
  const found = PRERELEASE_SUFFIX.exec(ending);
  return { build: false, prerelease: found ? (found[1] || found[2] ? "numbered" : "moving") : null };
}

/** A word without a number at its end is one of a few. */
function readPrerelease(word: string): RegExpExecArray | null {
  return /[\d._]$/.test(word) || PRERELEASES.has(word.toLowerCase()) ? PRERELEASE_WORD.exec(word) : null;
}

/** A date or a commit: it says when, not which variant. */
function isStamp(word: string): boolean {
  return (mayHoldDate(word) && DATE_WORD.test(word)) || isCommit(word);
}

/** Hex digits with at least one letter and one digit among them: neither a number nor a word. */
function isCommit(word: string): boolean {
  return isHex(word) && /\d/.test(word) && /[a-f]/i.test(word);
}
