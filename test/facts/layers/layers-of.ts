/** The layers of a Dockerfile for the tests. */
import * as unbash from "unbash";
import { openCatalog } from "../../../src/catalog.js";
import { withFacts, type FactInputs, type LintSource } from "../../../src/facts/facts.js";
import { staticKeys, type StepKey } from "../../../src/facts/layers/keys.js";
import { rerunBy, type Change, type Rerun } from "../../../src/facts/layers/rerun.js";
import type { Step } from "../../../src/facts/layers/step.js";
import { stepsOf, type LayerInputs } from "../../../src/facts/layers/steps.js";
import { parse } from "../../../src/syntax/parse.js";
import { createSource } from "../../../src/syntax/source.js";

export interface Built {
  readonly source: LintSource;
  readonly inputs: LayerInputs;
  readonly steps: readonly Step[];
  readonly keys: readonly StepKey[];
  readonly rerun: (change: Change) => readonly Rerun[];
  /** The step whose line starts with this. */
  readonly step: (start: string) => Step;
}

export function built(text: string, buildArgs: Readonly<Record<string, string>> = {}): Built {
  // Layers rest on the build arguments and contexts alone, not on what a policy allows.
  const policy = { args: {}, contexts: {} } as unknown as FactInputs["policy"];
  const catalog = openCatalog();
  const factInputs = {
    policy,
    catalog,
    today: "2026-11-21",
    target: null,
    buildArgs,
    contexts: {},
    ruleNames: [],
    shell: unbash,
  };
  const source = withFacts(createSource(text, parse(text)), factInputs);
  const inputs = { source, facts: source.facts, shell: unbash };
  const steps = stepsOf(inputs);
  const step = (start: string): Step => {
    const found = steps.find((one) => lineOf(one).startsWith(start));
    if (!found) throw new Error(`no step ${start}`);
    return found;
  };
  return { source, inputs, steps, keys: staticKeys(steps), rerun: (change) => rerunBy(change, steps, inputs), step };
}

/** The instruction as one line: continuations joined, comments in them gone. */
export function lineOf({ instruction: { keyword, flags, args } }: Step): string {
  const options = flags.map(({ name, value }) => ` --${name}${value ? `=${value.text}` : ""}`).join("");
  return `${keyword.text}${options}${args ? ` ${args.text}` : ""}`;
}
