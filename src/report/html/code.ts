/** The code that a finding is about, and what a change makes of it, cut so that no line and no range fills the page. */
import { structuredPatch } from "diff";
import type { Fix, LintMessage } from "../../result.js";
import type { Lines } from "../lines.js";
import { safe } from "../safe.js";
import type { ChangeLine, CodeLine } from "./data.js";

/** Lines before and after what is meant. */
const CONTEXT = 1;
/** Of a range over more lines, the first ones and the last one are shown. */
const MOST_LINES = 8;
const MOST_CHANGED = 40;
/** Characters on either side of a mark, and of the mark itself. */
const SIDE = 120;
const MOST_MARKED = 240;
/** Finding the smallest difference costs the square of the edits. */
const MOST_EDITS = 400;

/** The lines from the one before the finding to the one after it, the exact range marked. */
export function codeOf(lines: Lines, { line, column, endLine, endColumn }: LintMessage): CodeLine[] {
  // A range that ends before the first character of a line does not reach into it.
  const last = Math.min(endColumn === 1 && endLine > line ? endLine - 1 : endLine, lines.count);
  const numbers = range(line - CONTEXT, last + CONTEXT);
  const shown =
    numbers.length <= MOST_LINES + 2 * CONTEXT
      ? numbers
      : [...numbers.slice(0, MOST_LINES), ...numbers.slice(-1 - CONTEXT)];
  return shown.flatMap((number) => {
    const text = lines.line(number);
    // An empty line beside it says nothing.
    if (text === null || (text === "" && (number < line || number > last))) return [];
    if (number < line || number > last) return [{ number, parts: cut(text, 0, 0) }];
    const from = number === line ? column - 1 : text.length - text.trimStart().length;
    const to = number === endLine ? endColumn - 1 : text.length;
    return [{ number, parts: cut(text, from, Math.max(from, to)) }];
  });
}

/** The lines that an edit touches, before and after; empty when it changes nothing. */
export function changeOf(source: string, { range: [from, to], text }: Fix): ChangeLine[] {
  const start = source.lastIndexOf("\n", Math.min(from, source.length) - 1) + 1;
  const next = source.indexOf("\n", Math.min(to, source.length));
  const end = next === -1 ? source.length : next;
  const before = source.slice(start, end);
  const after = source.slice(start, from) + text + source.slice(to, end);
  if (before === after) return [];
  const options = { context: CONTEXT, maxEditLength: MOST_EDITS };
  const hunks = structuredPatch("", "", `${before}\n`, `${after}\n`, "", "", options)?.hunks;
  const signed = hunks
    ? hunks.flatMap((hunk) => hunk.lines)
    : [...before.split("\n").map((line) => `-${line}`), ...after.split("\n").map((line) => `+${line}`)];
  // Where an edit ends with its line, an empty one follows that says nothing.
  if (signed.at(-1) === " ") signed.pop();
  const shown = signed.slice(0, MOST_CHANGED).map((line): ChangeLine => {
    const sign = line.startsWith("-") ? "-" : line.startsWith("+") ? "+" : " ";
    return { sign, text: cut(line.slice(1).replace(/\r$/, ""), 0, 0).join("") };
  });
  const left = signed.length - shown.length;
  return left > 0 ? [...shown, { sign: "…", text: `${left} more lines` }] : shown;
}

/** One line around the UTF-16 units from `from` to `to`, made safe; a tab stays, as it does no harm in a page. */
function cut(line: string, from: number, to: number): [string, string, string] {
  const start = notInPair(line, Math.min(from, line.length));
  const end = notInPair(line, Math.min(Math.max(start, to), line.length));
  const first = notInPair(line, Math.max(0, start - SIDE));
  const marked = notInPair(line, Math.min(end, start + MOST_MARKED));
  const last = notInPair(line, Math.min(line.length, end + (end === start ? 2 * SIDE : SIDE)));
  const isMarkCut = marked < end;
  return [
    (first > 0 ? "…" : "") + shown(line.slice(first, start)),
    shown(line.slice(start, marked)) + (isMarkCut ? "…" : ""),
    isMarkCut ? "" : shown(line.slice(end, last)) + (last < line.length ? "…" : ""),
  ];
}

function shown(text: string): string {
  return text.split("\t").map(safe).join("\t");
}

/** Never the middle of a surrogate pair. */
function notInPair(text: string, index: number): number {
  const code = text.charCodeAt(index);
  const previous = text.charCodeAt(index - 1);
  return code >= 0xdc00 && code <= 0xdfff && previous >= 0xd800 && previous <= 0xdbff ? index - 1 : index;
}

function range(first: number, last: number): number[] {
  const from = Math.max(1, first);
  // What is cut out in the middle need not be counted one by one.
  if (last - from <= 4 * MOST_LINES) return Array.from({ length: Math.max(0, last - from + 1) }, (_, at) => from + at);
  return [...range(from, from + 2 * MOST_LINES), ...range(last - MOST_LINES, last)];
}
