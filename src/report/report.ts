/** What a report is: results go in one by one, text comes out as they do, so that a long run streams. */
import type { BaseUse } from "../facts/inventory.js";
import type { LintResult } from "../result.js";
import type { RuleMeta } from "../rule.js";
import type { Colors } from "./colors.js";

export interface Report {
  /** What stands before the first result. */
  readonly begin: () => Promise<string> | string;
  /** What one result adds; code frames need its `source`. */
  readonly add: (result: LintResult) => Promise<string> | string;
  /** What stands after the last one. */
  readonly end: (run: RunEnd) => Promise<string> | string;
}

/** How a run ended. */
export interface RunEnd {
  readonly exitCode: 0 | 1 | 2;
  /** What could not be done, a sentence each; not made safe yet. */
  readonly problems: readonly string[];
}

export interface ReportOptions {
  /** Absolute; paths below it are shown relative to it. */
  readonly cwd: string;
  /** Absolute: the folder of the repository, from which code hosts count paths; `cwd` where there is none. */
  readonly root: string;
  /** How wide the output is, in columns. */
  readonly columns: number;
  readonly colors: Colors;
  /** Say nothing where nothing was found. */
  readonly quiet: boolean;
  /** What became of the fixes that a run made, for the summary. */
  readonly fixed: "written" | "shown" | null;
  /** YYYY-MM-DD: what ended before is over. */
  readonly today: string;
  /** Every image use in the file of a result, in its order; asked for only by reports that show them. */
  readonly inventory: (result: LintResult) => readonly BaseUse[];
  /** The rules that are on for at least one file, sorted by name. */
  readonly rules: readonly ReportedRule[];
  /** What the docs of the rules say, by rule: kept apart, as few reports show it. */
  readonly docs: () => Promise<Readonly<Record<string, RuleText>>>;
}

export interface ReportedRule {
  readonly name: string;
  /** The highest that a policy gives it. */
  readonly severity: 1 | 2;
  readonly meta: RuleMeta;
}

export type RuleText = Pick<RuleMeta["docs"], "reason" | "examples">;

export type MakeReport = (options: ReportOptions) => Report;
