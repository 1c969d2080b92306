/** What a report is: results go in one by one, text comes out as they do, so that a long run streams. */
import type { LintResult } from "../result.js";
import type { Colors } from "./colors.js";
import { compactReport } from "./compact.js";
import { jsonReport } from "./json.js";
import { textReport } from "./text.js";

export interface Report {
  /** What stands before the first result. */
  readonly begin: () => string;
  /** What one result adds; code frames need its `source`. */
  readonly add: (result: LintResult) => Promise<string> | string;
  /** What stands after the last one. */
  readonly end: () => string;
}

export interface ReportOptions {
  /** Absolute; paths below it are shown relative to it. */
  readonly cwd: string;
  /** How wide the output is, in columns. */
  readonly columns: number;
  readonly colors: Colors;
  /** Say nothing where nothing was found. */
  readonly quiet: boolean;
  /** What became of the fixes that a run made, for the summary. */
  readonly fixed: "written" | "shown" | null;
}

export const FORMATS = ["text", "compact", "json"] as const;
export type Format = (typeof FORMATS)[number];

const REPORTS: Readonly<Record<Format, (options: ReportOptions) => Report>> = {
  text: textReport,
  compact: compactReport,
  json: jsonReport,
};

/** The report for `--format`. */
export function createReport(format: Format, options: ReportOptions): Report {
  return REPORTS[format](options);
}
