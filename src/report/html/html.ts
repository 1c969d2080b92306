/** `--format html`: one page with totals, findings with code and fixes, and the picture of the images. */
import type { LintResult } from "../../result.js";
import { rulePage } from "../../rule-page.js";
import { shownPath } from "../path.js";
import type { Report, ReportOptions } from "../report.js";
import { safe } from "../safe.js";
import { counted } from "../summary.js";
import { documentParts, fileText, SEPARATOR } from "./document.js";
import { fileData } from "./file.js";

/**
 * What a browser still shows without delay. A page holds all of its data at once, so beyond this files and findings are
 * only counted.
 */
export const MOST_FILES = 5000;
export const MOST_FINDINGS = 20_000;

/** Files in the order in which they come; each leaves as text at once. */
export function htmlReport({ cwd, today, rules, inventory, fixed }: ReportOptions): Report {
  const { begin, end } = documentParts("fromlint report");
  const totals = { files: 0, affected: 0, errors: 0, warnings: 0, waived: 0, fixable: 0, suggested: 0 };
  const leftOut = { files: 0, findings: 0 };
  const counts = new Map<string, number>();
  const shown = { files: 0, findings: 0 };
  let rewritten = 0;
  const count = (result: LintResult): void => {
    totals.files++;
    if (result.messages.length > 0) totals.affected++;
    totals.errors += result.errorCount;
    totals.warnings += result.warningCount;
    totals.waived += result.suppressedMessages.length;
    totals.fixable += result.fixableErrorCount + result.fixableWarningCount;
    totals.suggested += result.messages.filter((message) => !message.fix && message.suggestions?.length).length;
    if (result.output !== undefined) rewritten++;
    for (const { ruleId } of result.messages) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
  };
  return {
    begin: () => begin,
    add: (result) => {
      count(result);
      if (shown.files === MOST_FILES) {
        leftOut.files++;
        leftOut.findings += result.messages.length;
        return "";
      }
      const most = MOST_FINDINGS - shown.findings;
      const file = fileData(result, shownPath(result.filePath, cwd), inventory(result), today, most);
      shown.findings += file.findings.length;
      leftOut.findings += result.messages.length - file.findings.length;
      return (shown.files++ === 0 ? "" : SEPARATOR) + fileText(file);
    },
    end: ({ problems }) => {
      const described = new Map(rules.map(({ name, meta }) => [name, meta.docs.description]));
      const notes = problems.map(safe);
      if (rewritten > 0) {
        notes.push(`${fixed === "written" ? "Fixed" : "--fix would change"} ${counted(rewritten, "file")}.`);
      }
      return end({
        totals,
        rules: [...counts].sort(byName).map(([name, found]) => {
          const description = described.get(name);
          return {
            name: safe(name),
            description: description ?? "",
            url: description === undefined ? "" : rulePage(name),
            count: found,
          };
        }),
        leftOut,
        notes,
        onlineColumns: [],
      });
    },
  };
}

function byName([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
