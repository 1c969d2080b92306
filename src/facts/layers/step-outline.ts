/** One instruction as a layer: what is in its key, and which of the usual changes re-run it. */
import type { Instruction } from "../../syntax/nodes.js";
import type { LintSource } from "../facts.js";
import { usualChanges } from "./changes.js";
import { outlineOf, type OutlinedStep } from "./outline.js";

const known = new WeakMap<LintSource, ReadonlyMap<Instruction, OutlinedStep>>();

/** Null for what makes no step of its own stage: what stands before the first FROM, and ONBUILD. Worked out once for a source. */
export function stepOutline(source: LintSource, instruction: Instruction): OutlinedStep | null {
  let found = known.get(source);
  if (!found) known.set(source, (found = outlinesOf(source)));
  return found.get(instruction) ?? null;
}

function outlinesOf(source: LintSource): ReadonlyMap<Instruction, OutlinedStep> {
  const { steps } = outlineOf(source, usualChanges(source));
  const found = new Map<Instruction, OutlinedStep>();
  source.facts.layers.steps.forEach(({ instruction, triggered }, index) => {
    const outlined = steps[index];
    if (outlined && !triggered) found.set(instruction, outlined);
  });
  return found;
}
