/** `--format junit`: JUnit XML, for CI systems that show tests. */
import type { LintMessage, LintResult, SuppressedLintMessage } from "../result.js";
import { relativePath } from "./path.js";
import type { Report, ReportOptions } from "./report.js";
import { XML_HEAD, xmlAttributes, xmlText } from "./xml.js";

/**
 * A suite a file, a failed test a finding, of whatever severity, as ESLint's own report has it; a waived finding is a
 * skipped test, and a file without any a test that passes. Only what the schemas of Jenkins and Ant have in common.
 */
export function junitReport({ cwd }: ReportOptions): Report {
  return {
    begin: () => `${XML_HEAD}<testsuites name="fromlint">\n`,
    add: (result) => suite(result, relativePath(result.filePath, cwd)),
    end: () => "</testsuites>\n",
  };
}

function suite({ messages, suppressedMessages }: LintResult, file: string): string {
  const names = testNames();
  const cases = [
    ...messages.map((message) => testCase(names(message), file, failure(message))),
    ...suppressedMessages.map((message) => testCase(names(message), file, skipped(message))),
  ];
  if (cases.length === 0) cases.push(testCase("no findings", file, ""));
  const counts = { tests: cases.length, failures: messages.length, errors: 0, skipped: suppressedMessages.length };
  return `  <testsuite${xmlAttributes({ name: file, ...counts, time: 0 })}>\n${cases.join("")}  </testsuite>\n`;
}

/** `no-latest at 2:6`; CI systems take two tests of one name for the same, so a second one says so. */
function testNames(): (message: LintMessage) => string {
  const counts = new Map<string, number>();
  return ({ ruleId, line, column }) => {
    const name = `${ruleId} at ${line}:${column}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  };
}

function testCase(name: string, classname: string, outcome: string): string {
  const attributes = xmlAttributes({ name, classname, time: 0 });
  return outcome === "" ? `    <testcase${attributes}/>\n` : `    <testcase${attributes}>${outcome}</testcase>\n`;
}

function failure({ message, severity, suggestions = [], fix, line, column }: LintMessage): string {
  const help = [...(fix ? ["--fix corrects this"] : []), ...suggestions.map(({ desc }) => desc)];
  const text = [`Line ${line}, column ${column}: ${message}`, ...help].map(xmlText).join("\n");
  return `<failure${xmlAttributes({ type: severity === 2 ? "error" : "warning", message })}>${text}</failure>`;
}

function skipped({ message, suppressions }: SuppressedLintMessage): string {
  const reasons = suppressions.map(({ justification }) => justification).filter((reason) => reason !== "");
  return `<skipped${xmlAttributes({ message: `Waived${reasons.length > 0 ? ` (${reasons.join("; ")})` : ""}: ${message}` })}/>`;
}
