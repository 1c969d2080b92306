/** `--format text`: for people. Each finding with its code frame and what to write instead, then a summary. */
import type { LintMessage } from "../result.js";
import type { Related } from "../rule.js";
import { byLength, type Measure } from "./cells.js";
import type { Colors } from "./colors.js";
import { frameOf, type FrameRow, type Mark } from "./frame.js";
import { linesOf, type Lines } from "./lines.js";
import { measureFor } from "./measure.js";
import { shownPath } from "./path.js";
import type { Report, ReportOptions } from "./report.js";
import { inert, safe } from "./safe.js";
import { summaryOf } from "./summary.js";

/** Narrower than this, a frame says nothing. */
const FEWEST_COLUMNS = 20;
/** More places than this would bury the finding; they become notes below the frame. */
const MOST_MARKS = 3;

export function textReport({ cwd, columns, colors, quiet, fixed }: ReportOptions): Report {
  const summary = summaryOf(fixed);
  return {
    begin: () => "",
    add: async (result) => {
      summary.add(result);
      if (result.messages.length === 0) return "";
      const source = result.source ?? null;
      const measure = source === null ? byLength : await measureFor(source);
      const file: File = { path: shownPath(result.filePath, cwd), lines: source === null ? null : linesOf(source) };
      return result.messages.map((message) => finding(message, file, colors, columns, measure)).join("");
    },
    end: () => {
      const [first = "", ...rest] = summary.lines();
      if (summary.files === 0 || (quiet && summary.errors === 0)) return "";
      const paint = summary.errors > 0 ? colors.red : summary.warnings > 0 ? colors.yellow : colors.green;
      return [colors.bold(paint(first)), ...rest].map((line) => `${line}\n`).join("");
    },
  };
}

interface File {
  readonly path: string;
  readonly lines: Lines | null;
}

/** One finding, with an empty line behind it. */
function finding(message: LintMessage, file: File, colors: Colors, columns: number, measure: Measure): string {
  const paint = message.severity === 2 ? colors.red : colors.yellow;
  const level = `${message.severity === 2 ? "error" : "warning"}[${safe(message.ruleId)}]`;
  const marks = marksOf(message);
  const notes = notesOf(message, marks);
  const last = Math.max(...marks.map((mark) => mark.loc.end.line));
  const gutter = String(last).length;
  const room = Math.max(FEWEST_COLUMNS, columns - gutter - 3);
  const rows = file.lines === null ? [] : frameOf(file.lines, marks, room, measure);
  const blank = " ".repeat(gutter);
  const lines = [
    `${colors.bold(paint(level))}${colors.bold(`: ${safe(message.message)}`)}`,
    `${blank}${colors.dim("-->")} ${file.path}:${message.line}:${message.column}`,
    ...rows.map((row) => rowText(row, gutter, colors, paint)),
    ...notes.map(({ label, text }) => `${blank} ${colors.dim("=")} ${colors.bold(label)}: ${text}`),
  ];
  return `${inert(lines.join("\n"))}\n\n`;
}

function rowText(row: FrameRow, gutter: number, colors: Colors, paint: (text: string) => string): string {
  switch (row.kind) {
    case "gap":
      return colors.dim("...");
    case "code":
      return `${colors.dim(`${row.gutter.padStart(gutter)} |`)} ${row.text}`.trimEnd();
    case "mark": {
      const sign = row.sign === "^" ? paint(row.text) : colors.cyan(row.text);
      return `${" ".repeat(gutter)} ${colors.dim("|")} ${" ".repeat(row.indent)}${sign}`;
    }
  }
}

function marksOf(message: LintMessage): Mark[] {
  const { line, column, endLine, endColumn } = message;
  const own: Mark = {
    loc: { start: { line, column }, end: { line: endLine, column: endColumn } },
    sign: "^",
    label: "",
  };
  const related = message.related ?? [];
  if (related.length > MOST_MARKS) return [own];
  return [own, ...related.map((place): Mark => ({ loc: place.loc, sign: "-", label: place.message }))];
}

function notesOf(message: LintMessage, marks: readonly Mark[]): { label: string; text: string }[] {
  const unmarked: readonly Related[] = marks.length === 1 ? (message.related ?? []) : [];
  return [
    ...unmarked.map((place) => ({
      label: "note",
      text: `${safe(place.message)} (${place.loc.start.line}:${place.loc.start.column})`,
    })),
    ...(message.fix ? [{ label: "fix", text: "--fix corrects this" }] : []),
    ...(message.suggestions ?? []).map((suggestion) => ({ label: "help", text: safe(suggestion.desc) })),
  ];
}
