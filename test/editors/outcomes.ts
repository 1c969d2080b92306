/** The report of a suite that runs inside an editor: a file of JSON lines. */
import { existsSync, readFileSync } from "node:fs";
import type { Report } from "./report.js";

/** First the names of all cases, then the outcome of each. */
type Line = { readonly names: readonly string[] } | { readonly name: string; readonly error: string | null };

/** Counts what a suite wrote to `file`; a case that it named and did not come to has failed. */
export function countOutcomes(report: Report, suite: string, file: string): void {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const lines = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
  const open = new Set(lines.flatMap((line) => ("names" in line ? line.names : [])));
  if (open.size === 0) report.fail(`${suite}: the suite starts`, "it wrote no report");
  for (const line of lines) {
    if ("names" in line) continue;
    open.delete(line.name);
    if (line.error === null) report.pass(`${suite}: ${line.name}`);
    else report.fail(`${suite}: ${line.name}`, line.error);
  }
  for (const name of open) report.fail(`${suite}: ${name}`, "not reached");
}
