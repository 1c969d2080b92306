/** `fromlint [PATH…]`: lints, fixes, reports. */
import { colorsFor } from "../../report/colors.js";
import { relativePath } from "../../report/path.js";
import { createReport } from "../../report/report.js";
import { safe } from "../../report/safe.js";
import { counted } from "../../report/summary.js";
import type { LintResult } from "../../result.js";
import type { Arguments } from "../arguments.js";
import { isColored } from "../color.js";
import { deliverFixed } from "../fixed.js";
import { inputsOf, type Input } from "../inputs.js";
import { isCrash, lintFile } from "../lint-file.js";
import { createLinter, type Linter } from "../linter.js";
import { progressOn } from "../progress.js";
import { sinkFor } from "../sink.js";
import type { Streams } from "../streams.js";

/** Returns the exit code: 0 clean, 1 findings, 2 something could not be done. Throws RunError. */
export async function lintCommand(args: Arguments, streams: Streams): Promise<number> {
  const { cwd, env, stderr } = streams;
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

  if (args.online !== null) await lookOnline(files, linter, args, streams, note);

  const sink = sinkFor(args, streams);
  const colors = await colorsFor(isColored(args.color, sink, env));
  const fixed = args.fix === null ? null : args.fix === "write" ? "written" : "shown";
  const report = createReport(args.format, { cwd, columns: sink.columns, colors, quiet: args.quiet, fixed });
  const progress = progressOn(stderr);
  let errors = 0;
  let warnings = 0;
  let hasFailed = false;
  const add = async (result: LintResult): Promise<void> => {
    errors += result.errorCount;
    warnings += result.warningCount;
    hasFailed ||= isCrash(result);
    const text = await report.add(args.quiet ? errorsOnly(result) : result);
    progress.clear();
    sink.write(text);
  };

  sink.write(report.begin());
  for (const folder of folders) await add(folder);
  for (const [index, input] of files.entries()) {
    progress.update(index, files.length);
    let outcome = await lintFile(input, linter, args.fix !== null);
    if (args.fix !== null) {
      const problem = await deliverFixed(input, outcome, args, streams);
      if (problem !== null) {
        hasFailed = true;
        note(`${relativePath(input.filePath, cwd)}: the fixes cannot be written (${problem}).`);
        outcome = await lintFile(input, linter, false);
      }
    }
    await add(outcome.result);
  }
  for (const result of linter.findingsInPolicies()) await add(result);
  progress.clear();
  sink.write(report.end());
  sink.end();

  const isOverLimit = args.maxWarnings !== null && warnings > args.maxWarnings;
  if (isOverLimit) note(`${counted(warnings, "warning")}, and --max-warnings allows ${args.maxWarnings}.`);
  return hasFailed ? 2 : errors > 0 || isOverLimit ? 1 : 0;
}

async function lookOnline(
  files: readonly Input[],
  linter: Linter,
  { online }: Arguments,
  streams: Streams,
  note: (text: string) => void,
): Promise<void> {
  const { openRegistries } = await import("../registries.js");
  const { askRegistries } = await import("../online.js");
  const registries = await openRegistries(linter.catalog, online === "fresh", streams);
  try {
    const { facts, notes } = await askRegistries(files, linter, registries, streams.stderr);
    linter.knowRegistries(facts);
    for (const text of notes) note(text);
  } finally {
    await registries.close();
  }
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
