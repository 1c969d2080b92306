/** `--format sarif`: SARIF 2.1.0, for code scanning and other dashboards. */
import manifest from "../../package.json" with { type: "json" };
import { itemWriter } from "./json-list.js";
import type { Report, ReportOptions, RunEnd } from "./report.js";
import { safe, safeJson } from "./safe.js";
import { sarifResults, SOURCE_ROOT } from "./sarif-results.js";
import { sarifRules } from "./sarif-rules.js";
import { fileUri } from "./uri.js";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** GitHub refuses a file with more results in a run ("SARIF results exceed one or more limits"). */
const MOST_RESULTS = 25_000;

/**
 * One run, its results written as they come, waived ones as suppressed. URIs are relative to the repository. Findings
 * over GitHub's limit are counted in a notification. Source: SARIF 2.1.0 (OASIS) and GitHub's "SARIF support".
 */
export function sarifReport(options: ReportOptions): Report {
  const { cwd, root, rules } = options;
  const write = itemWriter();
  const resultsOf = sarifResults(root, new Map(rules.map(({ name }, index) => [name, index])));
  let written = 0;
  let left = 0;
  return {
    begin: async () => {
      const driver = {
        name: manifest.name,
        version: manifest.version,
        semanticVersion: manifest.version,
        informationUri: manifest.homepage,
        rules: sarifRules(rules, await options.docs()),
      };
      const run = {
        tool: { driver },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [SOURCE_ROOT]: { uri: fileUri(root, true) } },
        automationDetails: { id: "fromlint/" },
      };
      return `{"$schema":"${SCHEMA}","version":"2.1.0","runs":[\n${open(run)},"results":[\n`;
    },
    add: (result) => {
      const all = resultsOf(result);
      const shown = all.slice(0, MOST_RESULTS - written);
      written += shown.length;
      left += all.length - shown.length;
      return shown.map(write).join("");
    },
    end: (run) => `],"invocations":[${safeJson(JSON.stringify(invocation(run, cwd, left)))}]}\n]}\n`,
  };
}

/** An object as JSON to which further properties can be added. */
function open(object: object): string {
  return safeJson(JSON.stringify(object)).slice(0, -1);
}

function invocation({ exitCode, problems }: RunEnd, cwd: string, left: number): object {
  const limit = `${left} more findings are left out: GitHub takes ${MOST_RESULTS} results at most.`;
  return {
    executionSuccessful: exitCode !== 2,
    exitCode,
    exitCodeDescription: ["clean", "findings", "the run failed"][exitCode],
    workingDirectory: { uri: fileUri(cwd, true) },
    toolExecutionNotifications: [
      ...problems.map((text) => ({ level: "error", message: { text: safe(text) } })),
      ...(left > 0 ? [{ level: "warning", message: { text: limit } }] : []),
    ],
  };
}
