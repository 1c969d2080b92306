/** The labels that a Dockerfile gives to the image it exports. */
import { expand } from "../syntax/expand.js";
import type { Instruction, Pair, Word } from "../syntax/nodes.js";
import type { FactInputs } from "./facts.js";
import type { GlobalScope } from "./scopes.js";
import { exportedStage, type Stage } from "./stages.js";

export interface Label {
  readonly name: string;
  /** Null where a variable without a known value stands in it. */
  readonly value: string | null;
  readonly pair: Pair;
  readonly instruction: Instruction;
}

/** Labels of the exported stage and of the stages that it is built FROM; the last one of a name holds. */
export function labelsOf(
  stages: readonly Stage[],
  globals: GlobalScope,
  inputs: FactInputs,
  escape: string,
): ReadonlyMap<string, Label> {
  const labels = new Map<string, Label>();
  const variables = new Map<string, string | null>();
  const known = (name: string): { value: string } | null => {
    const value = variables.get(name);
    return value === undefined || value === null ? null : { value };
  };
  const text = (word: Word): string | null => {
    const expansion = expand(word, known, escape);
    return expansion.unresolved.length > 0 || expansion.error !== null ? null : expansion.text;
  };
  for (const stage of chain(stages)) {
    const args = new Set<string>();
    for (const instruction of stage.instructions) {
      if (instruction.type !== "Arg" && instruction.type !== "Env" && instruction.type !== "Label") continue;
      for (const pair of instruction.pairs) {
        const name = pair.name.text;
        const value = pair.value === null ? null : text(pair.value);
        if (instruction.type === "Label") {
          const label = text(pair.name) ?? name;
          labels.set(label, { name: label, value, pair, instruction });
        } else if (instruction.type === "Env") {
          variables.set(name, value);
          args.delete(name);
        } else if (!variables.has(name) || args.has(name)) {
          // An ENV of the same name stands before any ARG, whatever their order.
          const global = pair.value === null ? (globals.lookup(name)?.value ?? null) : null;
          variables.set(name, inputs.buildArgs[name] ?? inputs.policy.args[name] ?? value ?? global);
          args.add(name);
        }
      }
    }
  }
  return labels;
}

/** From the first stage that the exported one stands on to the exported one itself. */
function chain(stages: readonly Stage[]): readonly Stage[] {
  const found: Stage[] = [];
  for (let stage = exportedStage(stages); stage; stage = stage.base) found.push(stage);
  return found.reverse();
}
