/** The cache keys of steps, as far as the file alone decides them. */
import { digest } from "./digest.js";
import type { Step } from "./step.js";

export interface StepKey {
  /** Of the step itself; null for one that has no layer. */
  readonly key: string | null;
  /** Of what the next step stands on. */
  readonly result: string;
}

/**
 * The static key of each step, by its index: the same in two builds when BuildKit would reuse the step, given the same
 * content of context, images and copied stages. The key of a `COPY --link` does not rest on the step before it, what
 * it results in does. `own` stands in for a step's own part; a build with a changed file gives other ones.
 */
export function staticKeys(
  steps: readonly Step[],
  own: (step: Step) => string = (step) => step.own,
): readonly StepKey[] {
  const keys: StepKey[] = [];
  for (const step of steps) {
    const parent = step.parent ? (keys[step.parent.index]?.result ?? "") : "";
    keys.push(keyOf(step, own(step), parent));
  }
  return keys;
}

function keyOf({ kind, parent }: Step, own: string, parentKey: string): StepKey {
  switch (kind) {
    case "base": {
      const key = parent ? digest("stage", own, parentKey) : own;
      return { key: null, result: parent && own === "" ? parentKey : key };
    }
    case "layer": {
      const key = digest(own, parentKey);
      return { key, result: key };
    }
    case "link":
      return { key: digest("link", own), result: digest("merge", own, parentKey) };
    default:
      return { key: null, result: parentKey };
  }
}
