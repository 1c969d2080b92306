/** One file of a run as the page shows it: its findings with code and changes, and its images. */
import type { BaseUse } from "../../facts/inventory.js";
import type { LintMessage, LintResult } from "../../result.js";
import { linesOf } from "../lines.js";
import { safe } from "../safe.js";
import { changeOf, codeOf } from "./code.js";
import type { ChangeData, FileData, FindingData, UseData } from "./data.js";
import { usesOf } from "./uses.js";

const LONGEST_MESSAGE = 1000;
const MOST_CHANGES = 3;
const MOST_RELATED = 10;

/**
 * @param path as it is to be shown
 * @param uses every image use in it, in its order
 * @param most how many findings may still be shown; the first ones are
 */
export function fileData(
  { messages, source = "" }: LintResult,
  path: string,
  uses: readonly BaseUse[],
  today: string,
  most: number,
): FileData {
  const inventory = usesOf(uses, today);
  const lines = linesOf(source);
  const findings = messages.slice(0, most).map((message): FindingData => {
    return {
      rule: safe(message.ruleId),
      severity: message.severity,
      message: shortened(message.message),
      line: message.line,
      column: message.column,
      code: codeOf(lines, message),
      changes: changesOf(message, source),
      related: (message.related ?? []).slice(0, MOST_RELATED).map(({ message: text, loc }) => {
        return { line: loc.start.line, text: shortened(text) };
      }),
      uses: usesBehind(message, inventory.uses),
    };
  });
  return { path, ...inventory, findings };
}

function changesOf({ fix, suggestions = [] }: LintMessage, source: string): ChangeData[] {
  const all = [
    ...(fix ? [{ title: "Fixed by --fix", isFix: true, fix }] : []),
    ...suggestions.map((suggestion) => ({ title: shortened(suggestion.desc), isFix: false, fix: suggestion.fix })),
  ];
  return all.slice(0, MOST_CHANGES).flatMap(({ title, isFix, fix: edit }) => {
    const lines = changeOf(source, edit);
    return lines.length > 0 ? [{ title, isFix, lines }] : [];
  });
}

/** The uses in the lines of a finding, else the image that its stage stands on, through the stages between. */
function usesBehind({ line, endLine }: LintMessage, uses: readonly UseData[]): number[] {
  const direct = uses.flatMap((use, index) => (use.line >= line && use.line <= endLine && !use.isStage ? [index] : []));
  if (direct.length > 0) return direct;
  let base = uses.findLastIndex((use) => use.kind === "from" && use.line <= line);
  // A stage stands on an earlier one, so this ends.
  for (let use = uses[base]; use?.isStage === true; use = uses[base]) {
    const { from } = use;
    const earlier = from === null ? -1 : uses.findIndex((use) => use.kind === "from" && use.stage === from);
    base = earlier < base ? earlier : -1;
  }
  return base === -1 ? [] : [base];
}

function shortened(text: string): string {
  return safe(text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text);
}
