/** Fixes: non-overlapping edits, applied until nothing is left to fix. */
import type { Fix, LintMessage } from "./result.js";
import type { Edit } from "./rule.js";

/** Passes after which fixing stops, as in ESLint: fixes that undo each other must not run for ever. */
export const MOST_PASSES = 10;

/**
 * One edit that does what several of a fix do, with the text between them kept, as ESLint merges them.
 * Null for an empty list or edits that overlap.
 */
export function mergeEdits(edits: Edit | readonly Edit[] | null, text: string): Fix | null {
  if (edits === null) return null;
  const sorted = ("range" in edits ? [edits] : [...edits]).sort(
    (a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1],
  );
  const [first] = sorted;
  const last = sorted.at(-1);
  if (!first || !last) return null;
  let merged = "";
  let at = first.range[0];
  for (const edit of sorted) {
    if (edit.range[0] < at) return null;
    merged += text.slice(at, edit.range[0]) + edit.text;
    at = edit.range[1];
  }
  return { range: [first.range[0], at], text: merged };
}

/** The fix of a message, or for a rule in `apply` its first suggestion. */
export function fixOf(message: LintMessage, apply: ReadonlySet<string>): Fix | null {
  if (message.fix) return message.fix;
  return apply.has(message.ruleId) ? (message.suggestions?.[0]?.fix ?? null) : null;
}

/**
 * Applies as many of `fixes` as fit beside one another, the earliest first; the same edit twice counts
 * once. Fixes that overlap one that was taken wait for the next pass.
 */
export function applyFixes(text: string, fixes: readonly Fix[]): string {
  const sorted = [...fixes].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
  let output = "";
  let at = 0;
  let previous: Fix | null = null;
  for (const fix of sorted) {
    const [start, end] = fix.range;
    const touches = previous !== null && start === previous.range[0] && end === previous.range[1];
    if (touches || start < at || start > end || end > text.length) continue;
    output += text.slice(at, start) + fix.text;
    at = end;
    previous = fix;
  }
  return output + text.slice(at);
}
