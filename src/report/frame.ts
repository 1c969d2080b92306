/** A code frame: the lines that a finding is about, with the exact range underlined. */
import type { Location } from "../syntax/nodes.js";
import type { Measure } from "./cells.js";
import type { Lines } from "./lines.js";
import { safe } from "./safe.js";
import { windowOf } from "./window.js";

/** A range to underline: the finding itself with `^`, places that explain it with `-` and their label. */
export interface Mark {
  readonly loc: Location;
  readonly sign: "^" | "-";
  readonly label: string;
}

/** One line of a frame; `gutter` is a line number, or empty. */
export type FrameRow =
  | { readonly kind: "code"; readonly gutter: string; readonly text: string }
  | { readonly kind: "mark"; readonly sign: "^" | "-"; readonly indent: number; readonly text: string }
  | { readonly kind: "gap" };

/** Of a range over more lines than this, the first ones and the last one are shown. */
const MOST_LINES = 4;

interface Underline {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly mark: Mark;
  readonly isLast: boolean;
}

/**
 * The rows that show `marks`, in the order of the lines. `columns` is the room for code, without the gutter.
 * Empty when no mark lies in the text.
 */
export function frameOf(lines: Lines, marks: readonly Mark[], columns: number, measure: Measure): FrameRow[] {
  const underlines = marks.flatMap((mark) => underlinesOf(lines, mark));
  underlines.sort((a, b) => a.number - b.number || a.start - b.start);
  const rows: FrameRow[] = [];
  let previous = 0;
  for (const { number, start, end, mark, isLast } of underlines) {
    const line = lines.line(number) ?? "";
    const { text, indent, width } = windowOf(line, start, end, columns, measure);
    if (previous > 0 && number > previous + 1) rows.push({ kind: "gap" });
    // A second mark in a line that was cut elsewhere gets the line once more, cut around itself.
    const isShown = previous === number && lastCode(rows) === text;
    if (!isShown) rows.push({ kind: "code", gutter: String(number), text });
    const label = isLast && mark.label !== "" ? ` ${safe(mark.label)}` : "";
    rows.push({ kind: "mark", sign: mark.sign, indent, text: mark.sign.repeat(width) + label });
    previous = number;
  }
  return rows;
}

function lastCode(rows: readonly FrameRow[]): string | null {
  const row = rows.findLast((candidate) => candidate.kind === "code");
  return row?.kind === "code" ? row.text : null;
}

/** What to underline in each line that is shown of a mark. */
function underlinesOf(lines: Lines, mark: Mark): Underline[] {
  const { start, end } = mark.loc;
  // A range that ends before the first character of a line does not reach into it.
  const lastLine = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  const all: Underline[] = [];
  for (const number of shownLines(start.line, lastLine)) {
    const line = lines.line(number);
    if (line === null) continue;
    const from = number === start.line ? start.column - 1 : line.length - line.trimStart().length;
    const to = number === end.line ? end.column - 1 : line.length;
    const clampedFrom = Math.min(from, line.length);
    const clampedTo = Math.max(clampedFrom, Math.min(to, line.length));
    all.push({ number, start: clampedFrom, end: clampedTo, mark, isLast: number === lastLine });
  }
  return all;
}

function shownLines(first: number, last: number): number[] {
  if (last - first < MOST_LINES)
    return Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => first + index);
  const head = Array.from({ length: MOST_LINES - 1 }, (_, index) => first + index);
  return [...head, last];
}
