/** `--format compact`: one line a finding, for editors and for grep. */
import { shownPath } from "./path.js";
import type { Report } from "./report.js";
import { inert, safe } from "./safe.js";

/** `file:line:column: severity message [rule]`, lines and columns 1-based. */
export function compactReport({ cwd }: { readonly cwd: string }): Report {
  return {
    begin: () => "",
    add: ({ filePath, messages }) => {
      const file = shownPath(filePath, cwd);
      let text = "";
      for (const { line, column, severity, message, ruleId } of messages) {
        const level = severity === 2 ? "error" : "warning";
        text += `${file}:${line}:${column}: ${level} ${safe(message)} [${safe(ruleId)}]\n`;
      }
      return inert(text);
    },
    end: () => "",
  };
}
