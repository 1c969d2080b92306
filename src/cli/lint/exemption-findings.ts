/** Exemptions that hold no more, or never did: findings of `valid-waiver` at their line in the policy file. */
import { readFileSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { rules } from "../../../rules/index.js";
import { exemptionMessage } from "../../exemption-message.js";
import { linesOf } from "../../report/lines.js";
import type { Exemption, Policy } from "../../policy/policy.js";
import type { LintMessage, LintResult } from "../../result.js";
import type { Arguments } from "../arguments/arguments.js";
import { resultWith } from "./results.js";

const RULE = "valid-waiver";

/**
 * One result a policy file that has such exemptions, each reported once whatever the number of Dockerfiles.
 * Unused ones are reported only where that can be known: in a file's own policy, when all that it holds for
 * was linted.
 */
export function exemptionFindings(
  policies: readonly Policy[],
  used: ReadonlySet<Exemption>,
  today: string,
  args: Arguments,
  cwd: string,
): LintResult[] {
  const found = new Map<string, { exemption: Exemption; messageId: string; severity: 1 | 2 }>();
  for (const policy of policies) {
    const severity = policy.rules[RULE]?.severity ?? 0;
    if (severity === 0) continue;
    for (const exemption of policy.exemptions) {
      const isExpired = exemption.until !== null && exemption.until < today;
      const isUnused = !used.has(exemption) && exemption.place.file === policy.file && isWholeRun(policy, args, cwd);
      if (!isExpired && !isUnused) continue;
      const { file, line, column } = exemption.place;
      const messageId = isExpired ? "expiredExemption" : "unusedExemption";
      found.set(`${file}:${line}:${column}`, { exemption, messageId, severity });
    }
  }
  const byFile = new Map<string, LintMessage[]>();
  for (const { exemption, messageId, severity } of found.values()) {
    const { file } = exemption.place;
    byFile.set(file, [...(byFile.get(file) ?? []), messageFor(exemption, messageId, severity)]);
  }
  return [...byFile].map(([file, messages]) => resultOf(file, messages));
}

/** True when everything below the policy was walked, so that what matched nothing there matches nothing at all. */
function isWholeRun({ folder, outer }: Policy, args: Arguments, cwd: string): boolean {
  if (folder === null || outer || isPartial(args)) return false;
  return args.paths.some((path) => {
    const way = relative(resolve(cwd, path), folder);
    return !way.startsWith("..") && !isAbsolute(way);
  });
}

/** True for a run that leaves files out. */
function isPartial({ exclude, changed, shard, paths }: Arguments): boolean {
  return exclude.length > 0 || changed !== null || shard !== null || paths[0] === "-";
}

function messageFor(exemption: Exemption, messageId: string, severity: 1 | 2): LintMessage {
  const { line, column } = exemption.place;
  const message = exemptionMessage(exemption, messageId, rules[RULE]);
  return { ruleId: RULE, severity, message, messageId, line, column, endLine: line, endColumn: column };
}

/** With the policy's text, so that the report can show the lines. */
function resultOf(file: string, messages: readonly LintMessage[]): LintResult {
  const sorted = messages.toSorted((a, b) => a.line - b.line || a.column - b.column);
  try {
    const source = readFileSync(file, "utf8");
    const lines = linesOf(source);
    const toLineEnd = sorted.map((message) => {
      return { ...message, endColumn: Math.max(message.column, (lines.line(message.line) ?? "").length + 1) };
    });
    return { ...resultWith(file, toLineEnd), source };
  } catch {
    return resultWith(file, sorted);
  }
}
