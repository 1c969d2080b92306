/** One instruction as a layer: what is in its key, and which of the usual changes re-run it. */
import type { Instruction } from "../../syntax/nodes.js";
import type { LintSource } from "../facts.js";
import { usualChanges } from "./changes.js";
import { outlineOf, type OutlinedStep } from "./outline.js";
import { stepOf } from "./step-of.js";

const known = new WeakMap<LintSource, readonly OutlinedStep[]>();

/** Null for what makes no step of its own stage: what stands before the first FROM, and ONBUILD. Worked out once for a source. */
export function stepOutline(source: LintSource, instruction: Instruction): OutlinedStep | null {
  const step = stepOf(source, instruction);
  if (!step) return null;
  let found = known.get(source);
  if (!found) known.set(source, (found = outlineOf(source, usualChanges(source)).steps));
  return found[step.index] ?? null;
}
