/** Offsets and positions. A line ends at `\n` alone, as for BuildKit; a lone `\r` is a character like others. */
import type { Location, Position, Range } from "./nodes.js";
import { lowerBound } from "./search.js";

export interface Locator {
  /** Offsets (0-based) where lines start. */
  readonly lineStarts: readonly number[];
  /** An offset as a 1-based line and column; offsets outside the text are clamped. */
  readonly positionAt: (offset: number) => Position;
  /** A 1-based position as an offset; positions outside the text are clamped. */
  readonly offsetAt: (position: Position) => number;
  readonly locate: (range: Range) => Location;
}

export function createLocator(text: string): Locator {
  const lineStarts = [0];
  for (let index = text.indexOf("\n"); index !== -1; index = text.indexOf("\n", index + 1)) lineStarts.push(index + 1);
  // Nodes are made in the order of the text: the line of the last question is mostly near the next one's.
  let hint = 0;

  function lineAt(offset: number): number {
    const isIn = (line: number): boolean =>
      (lineStarts[line] ?? Infinity) <= offset && offset < (lineStarts[line + 1] ?? Infinity);
    if (isIn(hint)) return hint;
    if (isIn(hint + 1)) return ++hint;
    hint = lowerBound(lineStarts, (start) => start > offset) - 1;
    return hint;
  }

  function positionAt(offset: number): Position {
    const clamped = Math.min(Math.max(offset, 0), text.length);
    const line = lineAt(clamped);
    return { line: line + 1, column: clamped - (lineStarts[line] ?? 0) + 1 };
  }

  return {
    lineStarts,
    positionAt,
    offsetAt: ({ line, column }) => {
      if (line < 1) return 0;
      const start = lineStarts[line - 1];
      if (start === undefined) return text.length;
      const next = lineStarts[line];
      const last = next === undefined ? text.length : next - 1;
      return Math.min(start + Math.max(column - 1, 0), last);
    },
    locate: (range) => ({ start: positionAt(range[0]), end: positionAt(range[1]) }),
  };
}
