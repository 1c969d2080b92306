/** The last lines of a text report: what was found, and what can be done about it at once. */
import type { LintResult } from "../result.js";

export interface Summary {
  add: (result: LintResult) => void;
  /** One or two lines, without colour, without a line end behind the last. */
  lines: () => string[];
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Counts results; `fixed` says what became of the fixed texts (`output`) among them. */
export function summaryOf(fixed: "written" | "shown" | null): Summary {
  const total = { files: 0, affected: 0, errors: 0, warnings: 0, fixable: 0, suggested: 0, waived: 0, fixed: 0 };
  return {
    add: (result) => {
      total.files++;
      if (result.messages.length > 0) total.affected++;
      total.errors += result.errorCount;
      total.warnings += result.warningCount;
      total.fixable += result.fixableErrorCount + result.fixableWarningCount;
      total.suggested += result.messages.filter((message) => !message.fix && message.suggestions?.length).length;
      total.waived += result.suppressedMessages.length;
      if (result.output !== undefined) total.fixed++;
    },
    lines: () => {
      const { errors, warnings, files, affected, waived } = total;
      const waivers = waived > 0 ? ` (${waived} waived)` : "";
      const lines: string[] = [];
      if (fixed !== null && total.fixed > 0) {
        lines.push(`${fixed === "written" ? "Fixed" : "Would fix"} ${counted(total.fixed, "file")}.`);
      }
      if (errors + warnings === 0) return [...lines, `No problems in ${counted(files, "file")}${waivers}.`];
      const kinds = [errors > 0 ? counted(errors, "error") : "", warnings > 0 ? counted(warnings, "warning") : ""];
      const where = affected === files ? counted(files, "file") : `${affected} of ${counted(files, "file")}`;
      lines.push(`${kinds.filter(Boolean).join(" and ")} in ${where}${waivers}.`);
      const help = [
        total.fixable > 0 ? `${total.fixable} can be fixed with --fix` : "",
        total.suggested > 0 ? `${total.suggested} ${has(total.suggested)} a suggestion (--fix --apply RULE)` : "",
      ].filter(Boolean);
      if (help.length > 0) lines.push(`${help.join(", ")}.`);
      return lines;
    },
    get files() {
      return total.files;
    },
    get errors() {
      return total.errors;
    },
    get warnings() {
      return total.warnings;
    },
  };
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function has(count: number): string {
  return count === 1 ? "has" : "have";
}
