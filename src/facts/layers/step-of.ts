/** From an instruction to its step. */
import type { Instruction } from "../../syntax/nodes.js";
import type { LintSource } from "../facts.js";
import type { Step } from "./step.js";

const known = new WeakMap<LintSource, ReadonlyMap<Instruction, Step>>();

/** The step in the instruction's own stage; null for what stands before the first FROM, and behind ONBUILD. */
export function stepOf(source: LintSource, instruction: Instruction): Step | null {
  let found = known.get(source);
  if (!found) {
    const own = source.facts.layers.steps.filter(({ triggered }) => !triggered);
    known.set(source, (found = new Map(own.map((step) => [step.instruction, step]))));
  }
  return found.get(instruction) ?? null;
}
