/** `--format json`: an array of ESLint `LintResult`s, one a file, each on its line as soon as it is there. */
import type { Report } from "./report.js";
import { safeJson } from "./safe.js";

/** The shape is ESLint's; messages may also have `related`, the places that explain a finding. */
export function jsonReport(): Report {
  let separator = "";
  return {
    begin: () => "[",
    add: (result) => {
      const text = separator + safeJson(JSON.stringify(result));
      separator = ",\n";
      return text;
    },
    end: () => "]\n",
  };
}
