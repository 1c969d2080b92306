/** `--format gitlab`: a GitLab Code Quality report. */
import { digest, fingerprintsOf } from "./fingerprint.js";
import { jsonList } from "./json-list.js";
import { relativePath } from "./path.js";
import type { Report, ReportOptions } from "./report.js";
import { safe } from "./safe.js";
import { pathBelow } from "./uri.js";

/**
 * An array of issues with the fields that GitLab documents ("Code Quality report format"); paths are relative to the
 * repository. A fingerprint holds as long as the instruction says the same and its file stays where it is.
 */
export function gitlabReport({ cwd, root }: ReportOptions): Report {
  return jsonList((result) => {
    const path = safe(pathBelow(result.filePath, root) ?? relativePath(result.filePath, cwd));
    const fingerprints = result.messages.length > 0 ? fingerprintsOf(result) : null;
    return result.messages.map((message) => ({
      description: safe(message.message),
      check_name: safe(message.ruleId),
      fingerprint: digest(`${path}\n${fingerprints?.get(message) ?? ""}`),
      severity: message.severity === 2 ? "major" : "minor",
      location: { path, lines: { begin: message.line, end: message.endLine } },
    }));
  });
}
