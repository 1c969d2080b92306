/** The part of a line that is shown, and where the mark falls in it. */
import { cellsOf, head, tail, textOf, widthOf, type Measure } from "./cells.js";

export interface Window {
  readonly text: string;
  /** Columns before the mark and under it; `width` is 1 for an empty range. */
  readonly indent: number;
  readonly width: number;
}

const CUT = "…";
/** What is kept of the text before a mark that is itself too long. */
const CONTEXT = 12;

/**
 * `line` in at most `columns` columns, the UTF-16 units from `start` to `end` (0-based, end exclusive)
 * in sight: a line that is longer is cut on either side. The work depends on `columns`, not on the line.
 */
export function windowOf(line: string, start: number, end: number, columns: number, measure: Measure): Window {
  // No character is narrower than one column but for marks and the like: what is dropped here is out of sight.
  const before = cellsOf(sliceOf(line, start - columns * 2, start), measure);
  const mark = cellsOf(sliceOf(line, start, Math.min(end, start + columns * 2)), measure);
  const after = cellsOf(sliceOf(line, end, end + columns * 2), measure);
  const isWhole = start <= columns * 2 && end - start <= columns * 2 && line.length - end <= columns * 2;
  if (isWhole && widthOf(before) + widthOf(mark) + widthOf(after) <= columns) {
    return {
      text: textOf(before) + textOf(mark) + textOf(after),
      indent: widthOf(before),
      width: Math.max(1, widthOf(mark)),
    };
  }
  const room = columns - 2 * CUT.length;
  const shownMark = head(mark, room - Math.min(CONTEXT, widthOf(before)));
  const left = room - widthOf(shownMark);
  const wanted = Math.max(Math.floor(left / 2), left - widthOf(after));
  const shownBefore = tail(before, Math.min(left, wanted));
  const shownAfter = shownMark.length < mark.length ? [] : head(after, left - widthOf(shownBefore));
  const cutsLeft = shownBefore.length < before.length || start > columns * 2;
  const cutsRight =
    shownMark.length < mark.length ||
    shownAfter.length < after.length ||
    end - start > columns * 2 ||
    line.length - end > columns * 2;
  const lead = (cutsLeft ? CUT : "") + textOf(shownBefore);
  return {
    text: lead + textOf(shownMark) + textOf(shownAfter) + (cutsRight ? CUT : ""),
    indent: (cutsLeft ? CUT.length : 0) + widthOf(shownBefore),
    width: Math.max(1, widthOf(shownMark)),
  };
}

/** Like `slice`, for bounds that may be out of range, and never through a surrogate pair. */
function sliceOf(text: string, start: number, end: number): string {
  let from = Math.max(0, start);
  let to = Math.min(text.length, end);
  if (isInsidePair(text, from)) from++;
  if (isInsidePair(text, to)) to--;
  return text.slice(from, Math.max(from, to));
}

function isInsidePair(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  const previous = text.charCodeAt(index - 1);
  return code >= 0xdc00 && code <= 0xdfff && previous >= 0xd800 && previous <= 0xdbff;
}
