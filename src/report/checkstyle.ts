/** `--format checkstyle`: Checkstyle's XML, which many tools for review read. */
import type { LintResult } from "../result.js";
import { relativePath } from "./path.js";
import type { Report, ReportOptions } from "./report.js";
import { XML_HEAD, xmlAttributes } from "./xml.js";

/** A `file` for each file with findings, relative to the working directory; the `source` of each is `fromlint.RULE`. */
export function checkstyleReport({ cwd }: ReportOptions): Report {
  return {
    begin: () => `${XML_HEAD}<checkstyle version="4.3">\n`,
    add: (result) => (result.messages.length === 0 ? "" : fileText(result, relativePath(result.filePath, cwd))),
    end: () => "</checkstyle>\n",
  };
}

function fileText({ messages }: LintResult, name: string): string {
  const errors = messages.map(({ line, column, severity, message, ruleId }) => {
    const level = severity === 2 ? "error" : "warning";
    const attributes = { line, column, severity: level, message, source: `fromlint.${ruleId}` };
    return `    <error${xmlAttributes(attributes)}/>\n`;
  });
  return `  <file${xmlAttributes({ name })}>\n${errors.join("")}  </file>\n`;
}
