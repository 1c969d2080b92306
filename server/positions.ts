/**
 * Offsets and the positions of the Language Server Protocol: lines and characters from 0, in UTF-16 units or, where
 * that is agreed on, in bytes of UTF-8. A line ends at `\r\n`, `\n` and a lone `\r` (3.17, Text Documents).
 */
import type { Position, Range as LspRange } from "vscode-languageserver";
import type { Range } from "../src/editor.js";
import type { Fix } from "../src/index.js";

export type Encoding = "utf-16" | "utf-8";

export interface Positions {
  /** Offsets outside the text are clamped; one between `\r` and `\n` is before both. */
  readonly positionAt: (offset: number) => Position;
  /** A position behind the end of its line is that end; one inside a character is before it. */
  readonly offsetAt: (position: Position) => number;
  readonly rangeAt: (range: Range) => LspRange;
  /** A fix as a text edit that does the same, also where it starts or ends between `\r` and `\n`. */
  readonly editAt: (fix: Fix) => { readonly range: LspRange; readonly newText: string };
}

/** The encoding to use: of those that the client names, in its order, the first one that is known here. */
export function encodingFor(offered: readonly string[] | undefined): Encoding {
  return offered?.find((name) => name === "utf-16" || name === "utf-8") ?? "utf-16";
}

/** The positions of `text`. Offsets count from `start`: 1 leaves a byte order mark out, as the sources of fromlint do. */
export function createPositions(text: string, encoding: Encoding, start = 0): Positions {
  const lines = lineStarts(text);
  const width = encoding === "utf-16" ? (from: number, to: number) => to - from : bytesBetween(text);

  /** Behind the last character of a line, its end left out. */
  const endOf = (line: number): number => {
    const next = lines[line + 1];
    if (next === undefined) return text.length;
    return text[next - 1] === "\n" && text[next - 2] === "\r" ? next - 2 : next - 1;
  };

  const positionAt = (offset: number): Position => {
    const at = Math.min(Math.max(offset + start, 0), text.length);
    const line = lineOf(lines, at);
    const from = lines[line] ?? 0;
    return { line, character: width(from, Math.min(at, Math.max(endOf(line), from))) };
  };

  const offsetAt = ({ line, character }: Position): number => {
    if (line < 0) return 0;
    const from = lines[line];
    if (from === undefined) return text.length - start;
    // What is no number is no place behind the start of the line.
    const units = character > 0 ? character : 0;
    const at = encoding === "utf-16" ? from + units : behindBytes(text, from, units);
    return Math.max(Math.min(at, Math.max(endOf(line), from)) - start, 0);
  };

  const rangeAt = ([from, to]: Range): LspRange => ({ start: positionAt(from), end: positionAt(to) });

  const isInsideLineEnd = (offset: number): boolean =>
    text[offset + start] === "\n" && text[offset + start - 1] === "\r";

  return {
    positionAt,
    offsetAt,
    rangeAt,
    editAt: ({ range: [from, to], text: newText }) => {
      const before = isInsideLineEnd(from);
      const after = isInsideLineEnd(to);
      const range = rangeAt([before ? from - 1 : from, after ? to + 1 : to]);
      return { range, newText: `${before ? "\r" : ""}${newText}${after ? "\n" : ""}` };
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  const ends = /\r\n|\n|\r/g;
  while (ends.test(text)) starts.push(ends.lastIndex);
  return starts;
}

/** The index of the last line that starts at or before `offset`. */
function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function bytesBetween(text: string): (from: number, to: number) => number {
  return (from, to) => Buffer.byteLength(text.slice(from, to), "utf8");
}

/** The offset of the last character that starts at or before `bytes` bytes behind `from`. */
function behindBytes(text: string, from: number, bytes: number): number {
  let at = from;
  let left = bytes;
  while (at < text.length && left > 0) {
    const code = text.codePointAt(at) ?? 0;
    left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (left < 0) break;
    at += code < 0x10000 ? 1 : 2;
    if (code === 0x0a || code === 0x0d) break;
  }
  return at;
}
