/** One instruction as a layer: what is in its key, and which of the usual changes re-run it. */
import type { Instruction } from "../../syntax/nodes.js";
import type { LintSource } from "../facts.js";
import { isPlatformArgument } from "../platforms.js";
import type { Stage } from "../stages.js";
import { builtStages } from "./built.js";
import { argumentChange, argumentNames, contentChange, MOST_ARGUMENTS } from "./changes.js";
import {
  outlineStep,
  rerunsOf,
  withArguments,
  type NamedChange,
  type NamedReruns,
  type OutlinedStep,
} from "./outline.js";
import { stepOf } from "./step-of.js";

/** ARGs times the steps that each is tried on: in files beyond what people write, only the first ones are looked at. */
const MOST_WORK = 32_000;

/** What the steps of a source have in common, each part worked out once, when a step needs it. */
interface Known {
  readonly built: ReadonlySet<Stage>;
  readonly reruns: Map<string, NamedReruns>;
}

const known = new WeakMap<LintSource, Known>();

/**
 * Null for what makes no step of its own stage: what stands before the first FROM, and ONBUILD. Of the ARGs those are
 * looked at that the step's stage rests on.
 */
export function stepOutline(source: LintSource, instruction: Instruction): OutlinedStep | null {
  const step = stepOf(source, instruction);
  if (!step) return null;
  const { layers, stages } = source.facts;
  const common: Known = known.get(source) ?? { built: builtStages(stages, layers.byStage), reruns: new Map() };
  known.set(source, common);
  const { built, reruns } = common;
  const changes = [contentChange("source"), contentChange("lockfile"), ...argumentsBelow(step.stage, source)];
  const found = changes.map((change) => {
    const all = reruns.get(change.name) ?? rerunsOf(change, layers);
    reruns.set(change.name, all);
    return all;
  });
  return outlineStep(step, declaredAbove(step.stage, instruction), built.has(step.stage), found);
}

/** The ARGs of the stage, of what it is built FROM and copies from, and those that decide their images. */
function argumentsBelow(stage: Stage, { facts }: LintSource): readonly NamedChange[] {
  const stages = new Set([stage]);
  for (const { base, otherBases, index } of stages) {
    for (const other of [base, ...otherBases]) if (other) stages.add(other);
    for (const { content } of facts.layers.byStage[index] ?? []) {
      for (const { from } of content) if (from.kind === "stage") stages.add(from.stage);
    }
  }
  const names = new Set<string>();
  for (const use of facts.images) {
    if (use.kind !== "from" || !use.stage || !stages.has(use.stage)) continue;
    for (const { variable } of use.provenance) names.add(variable);
    for (const name of use.unresolved) names.add(name);
  }
  for (const { instructions } of stages) for (const name of argumentNames(instructions)) names.add(name);
  // Another platform is another build altogether.
  const asked = [...names].filter((name) => !isPlatformArgument(name));
  const most = Math.max(1, Math.floor(MOST_WORK / (facts.layers.steps.length + names.size)));
  return asked.slice(0, Math.min(most, MOST_ARGUMENTS)).map(argumentChange);
}

/** The names of the ARGs above an instruction, in its stage and those that it is built FROM, the farthest first. */
function declaredAbove(stage: Stage, instruction: Instruction): readonly string[] {
  const chain: Stage[] = [];
  for (let at: Stage | null = stage; at; at = at.base) chain.unshift(at);
  let names: readonly string[] = [];
  for (const { instructions } of chain) {
    for (const each of instructions) {
      if (each === instruction) return names;
      names = withArguments(names, each);
    }
  }
  return names;
}
