/** `fromlint [PATH…]`: lints, fixes, reports. */
import { inventoryOf } from "../../facts/inventory.js";
import { relativePath } from "../../report/path.js";
import type { ReportOptions } from "../../report/report.js";
import { safe } from "../../report/safe.js";
import { counted } from "../../report/summary.js";
import type { LintResult } from "../../result.js";
import { decode } from "../../syntax/decode.js";
import type { Arguments } from "../arguments/arguments.js";
import { inputsOf, type Input } from "../files/inputs.js";
import { isCrash, lintFile } from "../lint/lint-file.js";
import { lintAll } from "../lint/lint-all.js";
import { createLinter, type Linter } from "../lint/linter.js";
import { narrow } from "../files/narrow.js";
import { progressOn } from "../output/progress.js";
import { openReports } from "../output/reports.js";
import type { Streams } from "../output/streams.js";

/** Returns the exit code: 0 clean, 1 findings, 2 something could not be done, or no file has the target. Throws RunError. */
export async function lintCommand(args: Arguments, streams: Streams): Promise<number> {
  const { cwd, stderr } = streams;
  const note = (text: string): void => stderr.write(`fromlint: ${safe(text)}\n`);
  const { files: found, folders } = await inputsOf(args, streams);
  const linter = await createLinter(
    found.map(({ filePath }) => filePath),
    args,
    cwd,
  );
  const linted = found.filter(({ filePath }) => linter.isLinted(filePath));
  const scope = await narrow(linted, args, linter, cwd);
  const { files } = scope;
  if (found.length === 0) note(`no Dockerfiles found in ${args.paths.join(", ")}.`);
  else if (linted.length === 0)
    note(`the policy ignores ${found.length === 1 ? "this file" : `all ${found.length} files`}.`);
  if (args.online !== null) await lookOnline(files, linter, args, streams, note);

  const progress = progressOn(stderr);
  const given = { rules: linter.rulesOn(), today: linter.today, inventory: inventoryFrom(files, linter, cwd) };
  const reports = await openReports(args, streams, given, () => progress.clear());
  const problems: string[] = [];
  const counts = { errors: 0, warnings: 0, failures: 0 };
  const fail = (problem: string): void => {
    counts.failures += 1;
    problems.push(problem);
    note(problem);
  };
  const add = async (whole: LintResult): Promise<void> => {
    const result = scope.of(whole);
    counts.errors += result.errorCount;
    counts.warnings += result.warningCount;
    if (isCrash(result)) counts.failures += 1;
    await reports.add(args.quiet ? errorsOnly(result) : result);
  };

  for (const folder of folders) await add(folder);
  const addAt = async (result: LintResult, index: number): Promise<void> => {
    progress.update(index, files.length);
    await add(result);
  };
  if (args.fix === null) await lintAll({ files, found, linter, args, streams }, addAt);
  else {
    const { deliverFixed } = await import("../lint/fixed.js");
    for (const [index, input] of files.entries()) {
      let outcome = await lintFile(input, linter, true);
      const problem = await deliverFixed(input, outcome, args, streams);
      if (problem !== null) {
        fail(`${relativePath(input.filePath, cwd)}: the fixes cannot be written (${problem}).`);
        outcome = await lintFile(input, linter, false);
      }
      await addAt(outcome.result, index);
    }
  }
  for (const result of linter.findingsInPolicies()) await add(result);
  progress.clear();
  scope.end(note);

  for (const text of linter.targets.notes(cwd)) note(text);
  const { errors, warnings, failures } = counts;
  const isOverLimit = args.maxWarnings !== null && warnings > args.maxWarnings;
  const exitCode = failures > 0 || linter.targets.isNowhere() ? 2 : errors > 0 || isOverLimit ? 1 : 0;
  await reports.end({ exitCode, problems });
  if (isOverLimit) note(`${counted(warnings, "warning")}, and --max-warnings allows ${args.maxWarnings}.`);
  return exitCode;
}

async function lookOnline(
  files: readonly Input[],
  linter: Linter,
  { online }: Arguments,
  streams: Streams,
  note: (text: string) => void,
): Promise<void> {
  const { openRegistries } = await import("../online/registries.js");
  const { askRegistries } = await import("../online/online.js");
  const registries = await openRegistries(linter.catalog, online === "fresh", streams);
  try {
    const { facts, notes } = await askRegistries(files, linter, registries, streams.stderr);
    linter.knowRegistries(facts);
    for (const text of notes) note(text);
  } finally {
    await registries.close();
  }
}

/** The image uses of a result's file, under its own policy; a result about another file has none. */
function inventoryFrom(files: readonly Input[], linter: Linter, cwd: string): ReportOptions["inventory"] {
  const inputs = new Map(files.map((input) => [input.filePath, input]));
  return ({ filePath, source, output }) => {
    const bytes = source === undefined && output === undefined ? inputs.get(filePath)?.read().bytes : null;
    const text = output ?? source ?? (bytes ? decode(bytes).text : null);
    const facts = text !== null && inputs.has(filePath) ? linter.own(filePath, text) : null;
    return facts ? inventoryOf(facts, relativePath(filePath, cwd)) : [];
  };
}

/** `--quiet`: warnings are counted but not shown. */
function errorsOnly(result: LintResult): LintResult {
  return {
    ...result,
    messages: result.messages.filter(({ severity }) => severity === 2),
    suppressedMessages: result.suppressedMessages.filter(({ severity }) => severity === 2),
    warningCount: 0,
    fixableWarningCount: 0,
  };
}
