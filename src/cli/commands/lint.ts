/** `fromlint [PATH…]`: lints, fixes, reports. */
import { relativePath } from "../../report/path.js";
import { safe } from "../../report/safe.js";
import { counted } from "../../report/summary.js";
import type { LintResult } from "../../result.js";
import type { Arguments } from "../arguments.js";
import { inputsOf } from "../inputs.js";
import { isCrash, lintFile } from "../lint-file.js";
import { createLinter } from "../linter.js";
import { progressOn } from "../progress.js";
import { openReports } from "../reports.js";
import type { Streams } from "../streams.js";

/** Returns the exit code: 0 clean, 1 findings, 2 something could not be done. Throws RunError. */
export async function lintCommand(args: Arguments, streams: Streams): Promise<number> {
  const { cwd, stderr } = streams;
  const note = (text: string): void => stderr.write(`fromlint: ${safe(text)}\n`);
  const { files: found, folders } = await inputsOf(args, streams);
  const linter = await createLinter(
    found.map(({ filePath }) => filePath),
    args,
    cwd,
  );
  const files = found.filter(({ filePath }) => linter.isLinted(filePath));
  if (found.length === 0) note(`no Dockerfiles found in ${args.paths.join(", ")}.`);
  else if (files.length === 0)
    note(`the policy ignores ${found.length === 1 ? "this file" : `all ${found.length} files`}.`);

  const progress = progressOn(stderr);
  const reports = await openReports(args, streams, linter.rulesOn(), () => progress.clear());
  const problems: string[] = [];
  let errors = 0;
  let warnings = 0;
  let crashes = 0;
  const add = async (result: LintResult): Promise<void> => {
    errors += result.errorCount;
    warnings += result.warningCount;
    if (isCrash(result)) crashes++;
    await reports.add(args.quiet ? errorsOnly(result) : result);
  };

  for (const folder of folders) await add(folder);
  for (const [index, input] of files.entries()) {
    progress.update(index, files.length);
    let outcome = await lintFile(input, linter, args.fix !== null);
    if (args.fix !== null) {
      const { deliverFixed } = await import("../fixed.js");
      const problem = await deliverFixed(input, outcome, args, streams);
      if (problem !== null) {
        problems.push(`${relativePath(input.filePath, cwd)}: the fixes cannot be written (${problem}).`);
        note(problems.at(-1) ?? "");
        outcome = await lintFile(input, linter, false);
      }
    }
    await add(outcome.result);
  }
  for (const result of linter.findingsInPolicies()) await add(result);
  progress.clear();

  const isOverLimit = args.maxWarnings !== null && warnings > args.maxWarnings;
  const exitCode = crashes + problems.length > 0 ? 2 : errors > 0 || isOverLimit ? 1 : 0;
  await reports.end({ exitCode, problems });
  if (isOverLimit) note(`${counted(warnings, "warning")}, and --max-warnings allows ${args.maxWarnings}.`);
  return exitCode;
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
