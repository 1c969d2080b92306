/** What a step stands on. */
import type { Step } from "./step.js";

/** An image has at most as many layers (overlay2), so nothing is lost by not looking further. */
const MOST_LAYERS = 128;

/** The layers that a step stands on, nearest first, over the stages that its own is built FROM. */
export function above(step: Step): readonly Step[] {
  const found: Step[] = [];
  for (let at = step.parent; at && found.length < MOST_LAYERS; at = at.parent) {
    if (at.kind !== "base") found.push(at);
  }
  return found;
}

export function lineOf({ instruction }: Step): number {
  return instruction.loc.start.line;
}
