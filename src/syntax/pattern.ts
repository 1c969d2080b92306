/**
 * Shell patterns of `${X#p}`, `${X%p}` and `${X/p/r}`: `*` any text, `?` any character, `\` takes `* ? \ } /` as they
 * are (`convertShellPatternToRegex` in shell/lex.go). Matched by placing the parts between the stars one after the
 * other, so that no pattern backtracks.
 */

/** A character, or null for `?`. */
type Token = string | null;

/** The runs of tokens between stars: always one more than there are stars. */
type Parts = readonly (readonly Token[])[];

interface Match {
  readonly start: number;
  readonly end: number;
}

/**
 * Comparisons that one pattern may take. Linear in the value, far above what real ones need; over it the answer is an
 * error, so that many patterns of one file cannot take quadratic time.
 */
function allowance(valueLength: number): number {
  return 4_000 + 8 * valueLength;
}

/** What all replacements of one value may come to, in UTF-16 units. */
const MAX_REPLACED = 8_192;

interface PatternError {
  readonly error: string;
}

export type PatternResult = { readonly text: string } | PatternError;

const TOO_MUCH: PatternError = { error: "the pattern or its result is too long" };

/** `${value#pattern}`, or `##` when greedy. */
export function trimPrefix(value: string, pattern: string, isGreedy: boolean): PatternResult {
  const chars = Array.from(value);
  const end = prefixEnd(chars, compile(Array.from(pattern)), isGreedy);
  return typeof end === "object" ? end : { text: chars.slice(end).join("") };
}

/** `${value%pattern}`, or `%%` when greedy: BuildKit reverses both and trims the prefix, and so do we. */
export function trimSuffix(value: string, pattern: string, isGreedy: boolean): PatternResult {
  const chars = Array.from(value).reverse();
  const end = prefixEnd(chars, compile(reversePattern(Array.from(pattern))), isGreedy);
  return typeof end === "object" ? end : { text: chars.slice(end).reverse().join("") };
}

/** `${value/pattern/replacement}`, or `//` for all matches; stars are greedy. */
export function replacePattern(value: string, pattern: string, replacement: string, all: boolean): PatternResult {
  const chars = Array.from(value);
  const parts = compile(Array.from(pattern));
  if ("error" in parts) return parts;
  const matcher = createMatcher(chars, parts);
  const out: string[] = [];
  let length = 0;
  let copied = 0;
  let from = 0;
  let lastEnd = -1;
  while (from <= chars.length) {
    const match = matcher.find(from);
    if (match === null) break;
    // As in Go, an empty match right behind a match is none.
    if (match.end > match.start || match.start > lastEnd) {
      const matched = chars.slice(match.start, match.end).join("");
      const instead = all ? expandDollars(replacement, matched) : replacement;
      length += instead.length;
      if (length > MAX_REPLACED) return TOO_MUCH;
      out.push(chars.slice(copied, match.start).join(""), instead);
      copied = match.end;
      lastEnd = match.end;
      if (!all) break;
    }
    from = match.end > match.start ? match.end : match.start + 1;
  }
  return matcher.isExhausted() ? TOO_MUCH : { text: out.join("") + chars.slice(copied).join("") };
}

/** Go's ReplaceAllString reads `$0`, `${name}` and `$$` in the replacement; there are no groups but the whole. */
function expandDollars(replacement: string, matched: string): string {
  return replacement.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (all, braced?: string, bare?: string) => {
    if (all === "$$") return "$";
    return (braced ?? bare) === "0" ? matched : "";
  });
}

/** A pattern's parts, or why it is refused. */
function compile(pattern: readonly string[]): Parts | PatternError {
  const parts: Token[][] = [[]];
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index] ?? "";
    if (char === "*") {
      parts.push([]);
    } else if (char === "?") {
      parts.at(-1)?.push(null);
    } else if (char === "\\") {
      const escaped = pattern[index + 1];
      if (escaped === undefined || !"*?\\}/".includes(escaped)) {
        return { error: `invalid escape \\${escaped ?? ""} in a pattern` };
      }
      parts.at(-1)?.push(escaped);
      index++;
    } else {
      parts.at(-1)?.push(char);
    }
  }
  return parts;
}

/** Reverses a pattern, its escapes kept in front of what they escape. */
function reversePattern(pattern: readonly string[]): string[] {
  const units: string[][] = [];
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index] ?? "";
    const next = pattern[index + 1];
    if (char === "\\" && next !== undefined) {
      units.push([char, next]);
      index++;
    } else {
      units.push([char]);
    }
  }
  return units.reverse().flat();
}

/** Where a match that starts at 0 ends, the shortest or, when greedy, the longest; 0 when there is none. */
function prefixEnd(chars: readonly string[], parts: Parts | PatternError, isGreedy: boolean): number | PatternError {
  if ("error" in parts) return parts;
  const matcher = createMatcher(chars, parts);
  const end = matcher.endFromStart(isGreedy);
  return matcher.isExhausted() ? TOO_MUCH : (end ?? 0);
}

interface Matcher {
  /** The end of a match that starts at 0. */
  readonly endFromStart: (isGreedy: boolean) => number | null;
  /** The leftmost match from an index on, its stars greedy. */
  readonly find: (from: number) => Match | null;
  /** True when the allowance ran out: then the other answers are worthless. */
  readonly isExhausted: () => boolean;
}

function createMatcher(chars: readonly string[], parts: Parts): Matcher {
  const [first = []] = parts;
  let left = allowance(chars.length);

  function matchesAt(part: readonly Token[], at: number): boolean {
    left--;
    for (let index = 0; index < part.length; index++) {
      const token = part[index];
      if (token !== null && token !== chars[at + index]) return false;
      left--;
    }
    return true;
  }

  function indexOf(part: readonly Token[], from: number): number {
    for (let at = from; at + part.length <= chars.length && left > 0; at++) if (matchesAt(part, at)) return at;
    return -1;
  }

  function lastIndexOf(part: readonly Token[], from: number): number {
    for (let at = chars.length - part.length; at >= from && left > 0; at--) if (matchesAt(part, at)) return at;
    return -1;
  }

  /** Places the parts behind the first star from `from` on; the end of the last one. */
  function restEnd(from: number, isGreedy: boolean): number | null {
    let end = from;
    for (let index = 1; index < parts.length; index++) {
      const part = parts[index] ?? [];
      const isLast = index === parts.length - 1;
      const place = isLast && isGreedy ? lastIndexOf(part, end) : indexOf(part, end);
      if (place === -1) return null;
      end = place + part.length;
    }
    return end;
  }

  return {
    endFromStart: (isGreedy) => {
      const isThere = first.length <= chars.length && matchesAt(first, 0);
      return isThere ? restEnd(first.length, isGreedy) : null;
    },
    find: (from) => {
      const start = indexOf(first, from);
      if (start === -1) return null;
      // When the parts behind do not fit from here on, they fit from no later start either.
      const end = restEnd(start + first.length, true);
      return end === null ? null : { start, end };
    },
    isExhausted: () => left <= 0,
  };
}
