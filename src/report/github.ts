/** `--format github`: workflow commands, which GitHub Actions turns into annotations. */
import type { LintMessage } from "../result.js";
import { relativePath } from "./path.js";
import type { Report, ReportOptions } from "./report.js";
import { safe } from "./safe.js";
import { pathBelow } from "./uri.js";

/**
 * `::error file=…,line=…,…,title=RULE::message`, a line a finding. The file is relative to the repository, as GitHub
 * wants it. Source: "Workflow commands for GitHub Actions", and how actions/runner reads them.
 */
export function githubReport({ cwd, root }: ReportOptions): Report {
  return {
    begin: () => "",
    add: ({ filePath, messages }) => {
      const file = pathBelow(filePath, root) ?? relativePath(filePath, cwd);
      return messages.map((message) => annotation(message, file)).join("");
    },
    end: () => "",
  };
}

function annotation(message: LintMessage, file: string): string {
  const { severity, line, endLine, column, endColumn, ruleId } = message;
  // GitHub refuses columns on a range of more than one line.
  const columns = line === endLine ? { col: column, endColumn } : {};
  const properties = { file, line, endLine, ...columns, title: ruleId };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${severity === 2 ? "error" : "warning"} ${list.join(",")}::${data(message.message)}\n`;
}

function data(text: string): string {
  return safe(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
