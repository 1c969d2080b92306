/** Sets of environment variables: what a step reads or sets. */

/**
 * Variables by pattern: a name, or a beginning with `*` behind it (`npm_*`), or an end with `*` before it.
 * With `everything` they are all variables but those that `patterns` name.
 */
export interface NameSet {
  readonly everything: boolean;
  readonly patterns: readonly string[];
}

export const NO_NAMES: NameSet = { everything: false, patterns: [] };
export const ALL_NAMES: NameSet = { everything: true, patterns: [] };

/** Cases count, except in patterns of lower case with a `*`: `*_proxy` also is `HTTP_PROXY`. */
export function names(...patterns: readonly string[]): NameSet {
  return { everything: false, patterns };
}

export function allNamesBut(...patterns: readonly string[]): NameSet {
  return { everything: true, patterns };
}

export function hasName({ everything, patterns }: NameSet, name: string): boolean {
  return everything !== patterns.some((pattern) => matchesName(pattern, name));
}

/** A set that holds at least what each of `sets` holds; exact where none of them is `everything`. */
export function uniteNames(all: readonly NameSet[]): NameSet {
  // Most commands share the few sets of the model.
  const sets = [...new Set(all)];
  if (sets.length === 1 && sets[0]) return sets[0];
  const open = sets.filter(({ everything }) => everything);
  if (open.length === 0) {
    return { everything: false, patterns: [...new Set(sets.flatMap(({ patterns }) => patterns))] };
  }
  const [first = ALL_NAMES, ...others] = open;
  const left = first.patterns.filter((pattern) => others.every(({ patterns }) => patterns.includes(pattern)));
  // An exception that a closed set names after all is none.
  const named = sets.filter(({ everything }) => !everything).flatMap(({ patterns }) => patterns);
  return { everything: true, patterns: left.filter((pattern) => !named.some((name) => overlap(pattern, name))) };
}

/** A written name that the other set reads; null when there is none. `written` holds plain names. */
export function sharedName(written: NameSet, read: NameSet): string | null {
  if (written.everything) return read.everything || read.patterns.length > 0 ? (read.patterns[0] ?? "*") : null;
  return written.patterns.find((name) => hasName(read, name)) ?? null;
}

export function matchesName(pattern: string, name: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === name;
  const text = pattern === pattern.toLowerCase() ? name.toLowerCase() : name;
  const end = pattern.slice(star + 1);
  return text.length >= pattern.length - 1 && text.startsWith(pattern.slice(0, star)) && text.endsWith(end);
}

function overlap(first: string, second: string): boolean {
  return matchesName(first, second.replace("*", "")) || matchesName(second, first.replace("*", ""));
}
