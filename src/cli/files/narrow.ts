/** Which part of the files and findings a run is about: `--shard`, `--changed`, `--baseline`. */
import { counted } from "../../report/summary.js";
import type { LintResult } from "../../result.js";
import type { Arguments } from "../arguments/arguments.js";
import type { Baseline } from "../lint/baseline.js";
import type { Input } from "./inputs.js";
import type { Linter } from "../lint/linter.js";
import { withMessages } from "../lint/results.js";

export interface Narrowing {
  readonly files: readonly Input[];
  /** What counts of a result. */
  readonly of: (result: LintResult) => LintResult;
  /** After the last result: does to the baseline what was asked; `note` hears what is worth a line. Throws RunError. */
  readonly end: (note: (text: string) => void) => void;
}

/** Without any of the flags everything counts, and nothing is loaded. Throws RunError. */
export async function narrow(
  files: readonly Input[],
  args: Arguments,
  linter: Linter,
  cwd: string,
): Promise<Narrowing> {
  const { changed, shard, baseline: file, baselineChange } = args;
  let kept = files;
  if (shard) kept = files.filter((_, index) => index % shard.of === shard.index - 1);
  const changes = changed && (await import("./changed.js")).changesSince(changed.since, cwd);
  const tests = new Map(changes ? kept.map(({ filePath }) => [filePath, changes.of(filePath)] as const) : []);
  if (changes) kept = kept.filter(({ filePath }) => tests.get(filePath));
  const baseline =
    file === null
      ? null
      : (await import("../lint/baseline.js")).openBaseline(file, baselineChange === "update", linter.isLocked, cwd);
  return {
    files: kept,
    of: (result) => {
      const known = baseline ? baseline.apply(result) : result;
      if (!changes) return known;
      const isChanged = tests.get(result.filePath) ?? changes.of(result.filePath);
      return withMessages(known, isChanged ? known.messages.filter(isChanged) : []);
    },
    end: (note) => {
      if (baseline) endBaseline(baseline, baselineChange, note);
    },
  };
}

function endBaseline(baseline: Baseline, change: Arguments["baselineChange"], note: (text: string) => void): void {
  if (change === "update") {
    note(`the baseline holds ${counted(baseline.update(), "finding")} of these files.`);
    return;
  }
  const gone = baseline.gone();
  if (gone === 0) return;
  if (change === "prune") baseline.prune();
  const what = `${counted(gone, "finding")} of the baseline ${gone === 1 ? "is" : "are"} gone`;
  note(
    change === "prune" ? `${what}, and taken out of it.` : `${what}: --prune takes ${gone === 1 ? "it" : "them"} out.`,
  );
}
