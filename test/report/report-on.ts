/** What a format makes of results, without a command line around it. */
import { rules } from "../../rules/index.js";
import { ruleTexts } from "../../src/cli/rule-texts.js";
import { analyse } from "../../src/index.js";
import { colorsFor } from "../../src/report/colors.js";
import { makerOf } from "../../src/report/formats.js";
import type { MakeReport, ReportOptions, RunEnd } from "../../src/report/report.js";
import type { LintResult } from "../../src/result.js";

/** A repository at /repo, all rules on as errors. */
export const OPTIONS: ReportOptions = {
  cwd: "/repo",
  root: "/repo",
  columns: 80,
  colors: await colorsFor(false),
  quiet: false,
  fixed: null,
  today: "2026-08-22",
  inventory: ({ source = "" }) => analyse(source),
  rules: Object.entries(rules).map(([name, { meta }]) => ({ name, severity: 2, meta })),
  docs: () => Promise.resolve(ruleTexts),
};

const END: RunEnd = { exitCode: 1, problems: [] };

/** The parts of a report: its begin, one a result, its end. */
export async function partsOf(
  format: string | MakeReport,
  results: readonly LintResult[],
  options: Partial<ReportOptions> = {},
  end = END,
): Promise<string[]> {
  const make = typeof format === "string" ? await makerOf(format) : format;
  if (!make) throw new Error(`there is no format ${String(format)}`);
  const report = make({ ...OPTIONS, ...options });
  const parts = [await report.begin()];
  for (const result of results) parts.push(await report.add(result));
  return [...parts, await report.end(end)];
}

/** All of it. */
export async function reportOn(...given: Parameters<typeof partsOf>): Promise<string> {
  return (await partsOf(...given)).join("");
}
