/** Results that the command line makes itself, for what no rule can see. */
import { rules } from "../../../rules/index.js";
import { interpolate } from "../../engine.js";
import type { LintMessage, LintResult, SuppressedLintMessage } from "../../result.js";

/** A result with its counts. */
export function resultWith(filePath: string, messages: readonly LintMessage[]): LintResult {
  return {
    filePath,
    messages,
    suppressedMessages: [],
    errorCount: messages.filter(({ severity }) => severity === 2).length,
    fatalErrorCount: 0,
    warningCount: messages.filter(({ severity }) => severity === 1).length,
    fixableErrorCount: 0,
    fixableWarningCount: 0,
    usedDeprecatedRules: [],
  };
}

/** The same result with other messages, and the counts that go with them. */
export function withMessages(
  result: LintResult,
  messages: readonly LintMessage[],
  suppressedMessages: readonly SuppressedLintMessage[] = result.suppressedMessages,
): LintResult {
  const count = (severity: 1 | 2, isFixable: boolean): number =>
    messages.filter((message) => message.severity === severity && (!isFixable || message.fix)).length;
  return {
    ...result,
    messages,
    suppressedMessages,
    errorCount: count(2, false),
    warningCount: count(1, false),
    fixableErrorCount: count(2, true),
    fixableWarningCount: count(1, true),
  };
}

/**
 * A file that gives no text: a finding of `valid-syntax`, as severe as the policy has it. `reason` is a
 * clause, such as `permission denied`.
 */
export function unreadableFile(filePath: string, reason: string, severity: 0 | 1 | 2): LintResult {
  if (severity === 0) return resultWith(filePath, []);
  const template = rules["valid-syntax"]?.meta.messages.unreadable ?? "This file cannot be read ({{reason}}).";
  return resultWith(filePath, [atStart("valid-syntax", "unreadable", interpolate(template, { reason }), severity)]);
}

/** A folder that was not looked into: an error when it was named, else a warning, as nobody knows what is in it. */
export function unreadableFolder(filePath: string, reason: string, isNamed: boolean): LintResult {
  const message = `This folder cannot be looked into (${reason}), so Dockerfiles in it were not checked.`;
  return resultWith(filePath, [atStart("valid-syntax", "unreadable", message, isNamed ? 2 : 1)]);
}

/** A bug of ours, on the file that it showed on. */
export function internalError(filePath: string, error: unknown): LintResult {
  const what = error instanceof Error ? error.message : String(error);
  const message = `fromlint itself failed on this file (${what}), which is a bug: please report it with the file.`;
  return { ...resultWith(filePath, [atStart("internal-error", "crash", message, 2)]), fatalErrorCount: 1 };
}

function atStart(ruleId: string, messageId: string, message: string, severity: 1 | 2): LintMessage {
  return { ruleId, severity, message, messageId, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
