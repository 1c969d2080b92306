/** What a change re-runs, in words. */
import type { OutlinedChange, OutlinedRerun, OutlinedStep } from "../facts/layers/outline.js";

/** Why a step is re-run; without a full stop. */
export function reasonFor({ why, line, change }: OutlinedRerun, { line: own, content }: OutlinedStep): string {
  if (why === "parent") return line === own ? "the step above is re-run" : `follows from line ${line}`;
  if (why === "content") return `copies from ${content.join(", ")}`;
  if (change === "source") return "brings the source";
  if (change === "lockfile") return "brings manifests or lockfiles";
  return change.startsWith("arg:") ? `its key holds ${change.slice("arg:".length)}` : "this is what changes";
}

/**
 * `A change of the source re-runs 3 of 7 steps, 2 of them expensive.`, and where it is another count after the fixes a
 * line for that: `  with --fix: 1 of 7 steps, none of them expensive.` `fixed` is null where there is nothing to fix.
 */
export function summaryLines(change: OutlinedChange, fixed: OutlinedChange | null): string[] {
  const line = `${subjectOf(change.change)} re-runs ${countOf(change)}.`;
  return fixed && countOf(fixed) !== countOf(change) ? [line, `  with --fix: ${countOf(fixed)}.`] : [line];
}

function countOf({ rerun, steps, expensive, maybe }: OutlinedChange): string {
  if (rerun + maybe === 0) return "nothing";
  const copies = maybe === 1 ? "it copies" : "they copy";
  const more = maybe > 0 ? `, and ${maybe} more if what ${copies} from another stage differs` : "";
  if (rerun === 0) return `nothing for certain${more}`;
  return `${rerun} of ${steps} step${steps === 1 ? "" : "s"}, ${expensive === 0 ? "none" : expensive} of them expensive${more}`;
}

/** `A change of the source`, `Another GIT_SHA`: the name of a change as the start of a sentence. */
export function subjectOf(change: string): string {
  if (change === "source") return "A change of the source";
  if (change === "lockfile") return "A change of a lockfile";
  return change.startsWith("arg:")
    ? `Another ${change.slice("arg:".length)}`
    : `A change of ${change.replace(":", " ")}`;
}
