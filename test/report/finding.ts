/** Results to report on, with only what a test is about spelled out. */
import type { LintMessage, LintResult } from "../../src/result.js";

/** A finding on `FROM node` in line 1, unless said otherwise. */
export function finding(changes: Partial<LintMessage> = {}): LintMessage {
  return {
    ruleId: "explicit-tag",
    severity: 2,
    message: "`node` has no tag.",
    messageId: "missing",
    line: 1,
    column: 6,
    endLine: 1,
    endColumn: 10,
    ...changes,
  };
}

/** The result for a file below /repo with these findings, counted. */
export function resultOf(file: string, source: string, messages: readonly LintMessage[] = []): LintResult {
  const count = (severity: number, fixable: boolean): number =>
    messages.filter((message) => message.severity === severity && (!fixable || message.fix !== undefined)).length;
  return {
    filePath: `/repo/${file}`,
    messages,
    suppressedMessages: [],
    errorCount: count(2, false),
    fatalErrorCount: 0,
    warningCount: count(1, false),
    fixableErrorCount: count(2, true),
    fixableWarningCount: count(1, true),
    usedDeprecatedRules: [],
    source,
  };
}
