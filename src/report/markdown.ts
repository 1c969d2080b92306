/** `--format markdown`: a table for a job summary or for a comment on a pull request. */
import { rulePage } from "../rule-page.js";
import type { LintMessage, LintResult } from "../result.js";
import { markdownCode, markdownText } from "./markdown-text.js";
import { relativePath } from "./path.js";
import type { Report, ReportOptions } from "./report.js";
import { summaryOf } from "./summary.js";

/** GitHub takes a comment of 65,536 characters. */
const MOST_CHARACTERS = 60_000;
/** More rows than this are folded away. */
const OPEN_ROWS = 20;
/** A single message does not take the place of all others. */
const LONGEST_MESSAGE = 1000;

const HEAD = "| | Where | What | Rule |\n| --- | --- | --- | --- |\n";

/** Totals first, then a row a finding, errors before warnings; what does not fit is counted. */
export function markdownReport({ cwd, fixed, rules }: ReportOptions): Report {
  const summary = summaryOf(fixed);
  const known = new Set(rules.map(({ name }) => name));
  const rows = { 2: rowList(), 1: rowList() };
  return {
    begin: () => "",
    add: (result) => {
      summary.add(result);
      for (const message of result.messages) rows[message.severity].add(() => row(message, result, cwd, known));
      return "";
    },
    end: () => {
      const [title = "", ...rest] = summary.lines();
      const heading = `### fromlint: ${title.replace(/\.$/, "")}\n`;
      const notes = rest.map((line) => `\n${line}\n`).join("");
      const { shown, left } = joined(rows[2], rows[1]);
      if (shown.length === 0) return heading + notes;
      const first = shown.slice(0, OPEN_ROWS).join("");
      const folded = shown.slice(OPEN_ROWS);
      return [
        `${heading}\n${HEAD}${first}`,
        ...(folded.length > 0
          ? [`\n<details>\n<summary>${folded.length} more</summary>\n\n${HEAD}${folded.join("")}\n</details>\n`]
          : []),
        ...(left > 0 ? [`\n${left} more ${left === 1 ? "finding is" : "findings are"} left out here.\n`] : []),
        notes,
      ].join("");
    },
  };
}

interface RowList {
  readonly add: (row: () => string) => void;
  readonly rows: readonly string[];
  readonly count: number;
}

/** Keeps what could be shown at most, and counts the rest. */
function rowList(): RowList {
  const rows: string[] = [];
  let characters = 0;
  let count = 0;
  return {
    add: (row) => {
      count++;
      if (characters >= MOST_CHARACTERS) return;
      const text = row();
      characters += text.length;
      rows.push(text);
    },
    rows,
    get count() {
      return count;
    },
  };
}

function joined(errors: RowList, warnings: RowList): { shown: string[]; left: number } {
  const shown: string[] = [];
  let characters = 0;
  for (const text of [...errors.rows, ...warnings.rows]) {
    characters += text.length;
    if (characters > MOST_CHARACTERS) break;
    shown.push(text);
  }
  return { shown, left: errors.count + warnings.count - shown.length };
}

function row(message: LintMessage, { filePath }: LintResult, cwd: string, known: ReadonlySet<string>): string {
  const { severity, line, ruleId } = message;
  const text = message.message;
  const cut = text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text;
  const cells = [
    severity === 2 ? "error" : "warning",
    markdownCode(`${relativePath(filePath, cwd)}:${line}`),
    markdownText(cut),
    known.has(ruleId) ? `[${ruleId}](${rulePage(ruleId)})` : markdownText(ruleId),
  ];
  return `| ${cells.join(" | ")} |\n`;
}
