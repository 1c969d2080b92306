/** Whether two neighbouring steps can change places without anybody seeing a difference. */
import { conflictOf, type Conflict } from "../effects/effects.js";
import type { Step } from "./step.js";

/** Why two steps must stay in order. */
export interface Blocked extends Conflict {
  /** `first` writes what `second` reads or writes, or the other way round. */
  readonly writer: Step;
  readonly other: Step;
}

export type Swap = { readonly ok: true } | { readonly ok: false; readonly why: Blocked };

/**
 * Steps commute when neither writes what the other reads or writes: files by path, variables, user, folder, shell.
 * `first` stands directly before `second`, settings and metadata counted as steps. What an ONBUILD brings and FROM
 * stay where they are.
 */
export function canSwap(first: Step, second: Step): Swap {
  const fixed = [first, second].find((step) => step.triggered || step.kind === "base");
  if (fixed || first.stage !== second.stage) {
    const writer = fixed ?? first;
    return { ok: false, why: { kind: "path", what: "/", writer, other: writer === first ? second : first } };
  }
  const [before, after] = [first.work.effects, second.work.effects];
  const found =
    blocked(first, second, conflictOf(before.writes, after.reads) ?? conflictOf(before.writes, after.writes)) ??
    blocked(second, first, conflictOf(after.writes, before.reads));
  return found ? { ok: false, why: found } : { ok: true };
}

/**
 * Whether `step` can stand directly before (or behind) `target`, over all steps between; the first step that blocks
 * is told. `steps` are all steps of the file.
 */
export function canMove(step: Step, target: Step, steps: readonly Step[]): Swap {
  const up = target.index < step.index;
  for (
    let index = step.index + (up ? -1 : 1);
    up ? index >= target.index : index <= target.index;
    index += up ? -1 : 1
  ) {
    const other = steps[index];
    if (!other) break;
    const swap = up ? canSwap(other, step) : canSwap(step, other);
    if (!swap.ok) return swap;
  }
  return { ok: true };
}

function blocked(writer: Step, other: Step, conflict: Conflict | null): Blocked | null {
  return conflict && { ...conflict, writer, other };
}
