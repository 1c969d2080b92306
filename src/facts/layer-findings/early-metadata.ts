/** Metadata that stands above RUNs, for builders that have it in the cache key. */
import type { Layers } from "../layers/layers.js";
import type { Step } from "../layers/step.js";

export interface EarlyMetadata {
  readonly step: Step;
  /** The last RUN below it in its stage that costs. */
  readonly run: Step;
}

const METADATA: ReadonlySet<string> = new Set(["Label", "Expose", "Cmd", "Entrypoint"]);

export function metadataAboveRuns({ byStage }: Pick<Layers, "byStage">): readonly EarlyMetadata[] {
  return byStage.flatMap((steps) => {
    const run = steps.findLast((step) => step.instruction.type === "Run" && step.work.cost === 3 && !step.triggered);
    if (!run) return [];
    const early = steps.filter(
      (step) => METADATA.has(step.instruction.type) && !step.triggered && step.index < run.index,
    );
    return early.map((step) => ({ step, run }));
  });
}
