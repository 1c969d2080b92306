/** `--format json`: an array of ESLint `LintResult`s, one a file. */
import { jsonList } from "./json-list.js";
import type { Report } from "./report.js";

/** The shape is ESLint's; messages may also have `related`, the places that explain a finding. */
export function jsonReport(): Report {
  return jsonList((result) => [result]);
}
