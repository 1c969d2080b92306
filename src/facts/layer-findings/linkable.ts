/** `COPY --from` that rests on the layers below it without need. */
import type { Layers } from "../layers/layers.js";
import type { Step } from "../layers/step.js";

export interface LinkableCopy {
  readonly step: Step;
  /** The step below it whose content changes with the source. */
  readonly cause: Step;
}

export function linkableCopies({ rerunBy, steps }: Pick<Layers, "rerunBy" | "steps">): readonly LinkableCopy[] {
  if (!steps.some(isLinkable)) return [];
  return rerunBy({ kind: "source" }).flatMap(({ step, why, cause }) => {
    return why === "parent" && isLinkable(step) && cause.copied ? [{ step, cause }] : [];
  });
}

function isLinkable({ instruction, stage, copied, triggered, state }: Step): boolean {
  if (instruction.type !== "Copy" || !stage.exported || triggered || state.windows || !copied || copied.link)
    return false;
  const flags = new Set(instruction.flags.map(({ name }) => name));
  const isNumbered = copied.owner === null || /^\d*(?::\d*)?$/.test(copied.owner);
  return flags.has("from") && !flags.has("chmod") && !flags.has("link") && isNumbered;
}
