/** Keyword, flags and arguments of a logical line, split as BuildKit's split_command.go does. */
import { characterAt, holdsSpaceByte, isAsciiSpace, isSeparator, skipSpace, trimSpaceEnd } from "./characters.js";
import { createKept, keep, type Kept } from "./mapped.js";

/** A flag as found: `from` and `to` are indexes into the logical text, quotes and escapes included. */
export interface RawFlag {
  readonly from: number;
  readonly to: number;
  /** Without quotes and escapes. */
  readonly kept: Kept;
}

/** Indexes into the logical text, ends exclusive. */
export interface Command {
  readonly keyword: readonly [from: number, to: number];
  readonly flags: readonly RawFlag[];
  /** Trimmed; empty when there are no arguments. */
  readonly args: readonly [from: number, to: number];
}

/** Splits the part [from, to) of a logical text. */
export function splitCommand(text: string, from: number, to: number, escape: string): Command {
  const start = skipSpace(text, from, to);
  const end = trimSpaceEnd(text, start, to);
  let keywordEnd = start;
  while (keywordEnd < end && !isSeparator(text.charCodeAt(keywordEnd))) keywordEnd++;
  let rest = keywordEnd;
  while (rest < end && isSeparator(text.charCodeAt(rest))) rest++;
  const { flags, argsFrom } = splitFlags(text, rest, end, escape);
  const trimmed = skipSpace(text, argsFrom, end);
  return { keyword: [start, keywordEnd], flags, args: [trimmed, trimSpaceEnd(text, trimmed, end)] };
}

function splitFlags(text: string, from: number, end: number, escape: string): { flags: RawFlag[]; argsFrom: number } {
  const flags: RawFlag[] = [];
  let index = from;
  for (;;) {
    while (index < end && isAsciiSpace(text.charCodeAt(index))) index++;
    if (index >= end) return { flags, argsFrom: end };
    if (!text.startsWith("--", index)) return { flags, argsFrom: index };
    const flag = readFlag(text, index, end, escape);
    index = flag.to;
    // A bare `--` ends the flags.
    if (flag.kept.text === "--") return { flags, argsFrom: index };
    flags.push(flag);
  }
}

/**
 * Reads one word from `from` on; quotes group and are dropped, the escape character takes the next one as it is. BuildKit
 * reads bytes here: a character that holds a byte like white space is the word's last.
 */
function readFlag(text: string, from: number, end: number, escape: string): RawFlag {
  const kept = createKept();
  let quote = "";
  let index = from;
  while (index < end) {
    let char = characterAt(text, index);
    if (quote === "" && isAsciiSpace(char.charCodeAt(0))) break;
    if (quote === "" ? char === "'" || char === '"' : char === quote) {
      quote = quote === "" ? char : "";
      index++;
      continue;
    }
    if (char === escape) {
      index++;
      // An escape character at the very end is dropped.
      if (index === end) break;
      char = characterAt(text, index);
    }
    keep(kept, char, index);
    index += char.length;
    if (quote === "" && holdsSpaceByte(char.codePointAt(0) ?? 0)) break;
  }
  return { from, to: index, kept };
}
