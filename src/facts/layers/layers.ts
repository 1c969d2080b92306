/** The layers of a file, each part worked out once and only when asked for. */
import { staticKeys, type StepKey } from "./keys.js";
import { rerunBy, type Change, type Rerun } from "./rerun.js";
import type { Step } from "./step.js";
import { stepsOf, type LayerInputs } from "./steps.js";

export interface Layers {
  /** All steps in the order of the file. */
  readonly steps: readonly Step[];
  /** By stage, FROM first. */
  readonly byStage: readonly (readonly Step[])[];
  /** By the index of the step. */
  readonly keys: readonly StepKey[];
  readonly rerunBy: (change: Change) => readonly Rerun[];
}

export function layersOf(inputs: LayerInputs): Layers {
  let steps: readonly Step[] | null = null;
  let byStage: Step[][] | null = null;
  let keys: readonly StepKey[] | null = null;
  const all = (): readonly Step[] => (steps ??= stepsOf(inputs));
  return {
    get steps() {
      return all();
    },
    get byStage() {
      return (byStage ??= grouped(all(), inputs.facts.stages.length));
    },
    get keys() {
      return (keys ??= staticKeys(all()));
    },
    rerunBy: (change) => rerunBy(change, all(), inputs),
  };
}

function grouped(steps: readonly Step[], stages: number): Step[][] {
  const groups = Array.from({ length: stages }, (): Step[] => []);
  for (const step of steps) groups[step.stage.index]?.push(step);
  return groups;
}
