/** Which stages a build needs. */
import { exportedStage, type Stage } from "../stages.js";
import type { Step } from "./step.js";

/** The exported stage and all that it is built FROM, copies from and mounts. */
export function builtStages(stages: readonly Stage[], byStage: readonly (readonly Step[])[]): ReadonlySet<Stage> {
  const last = exportedStage(stages);
  const found = new Set<Stage>(last ? [last] : []);
  for (const stage of found) {
    for (const base of [stage.base, ...stage.otherBases]) if (base) found.add(base);
    for (const { content } of byStage[stage.index] ?? []) {
      for (const { from } of content) if (from.kind === "stage") found.add(from.stage);
    }
  }
  return found;
}
