/** WORKDIRs that change nothing. */
import { coversPaths, normalPath, pathSet } from "../effects/paths.js";
import type { Layers } from "../layers/layers.js";
import { textOf } from "../layers/state.js";
import type { Step } from "../layers/step.js";

export interface RepeatedWorkdir {
  readonly step: Step;
  /** The WORKDIR of the same stage that set the folder. */
  readonly previous: Step;
  readonly path: string;
  /** True when nothing between the two can have removed the folder. */
  readonly kept: boolean;
}

/** The WORKDIRs with an absolute path that is the folder already. */
export function repeatedWorkdirs({ byStage }: Pick<Layers, "byStage">, escape: string): readonly RepeatedWorkdir[] {
  return byStage.flatMap((steps) => {
    const found: RepeatedWorkdir[] = [];
    let previous: Step | null = null;
    let between: Step[] = [];
    for (const step of steps) {
      const { instruction, state } = step;
      if (instruction.type !== "Workdir") {
        between.push(step);
        continue;
      }
      const text = instruction.words[0] ? textOf(instruction.words[0], state, escape).text : null;
      const isSame = text?.startsWith("/") === true && normalPath("/", text) === state.workdir.path;
      if (isSame && previous && !step.triggered && !state.windows) {
        found.push({ step, previous, path: state.workdir.path, kept: !between.some(mayRemove) });
      } else {
        previous = step;
        between = [];
      }
    }
    return found;
  });
}

/** A RUN that writes to the folder itself, or to any file. */
function mayRemove({ instruction, state, work }: Step): boolean {
  return instruction.type === "Run" && coversPaths(work.effects.writes.paths, pathSet([state.workdir.path]));
}
