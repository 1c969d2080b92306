/** The layers of a file as plain data: what `fromlint layers` shows. */
import type { Instruction } from "../../syntax/nodes.js";
import type { LintSource } from "../facts.js";
import { builtStages } from "./built.js";
import { contentParts, keyParts, MOST_VARIABLES } from "./key-parts.js";
import type { Layers } from "./layers.js";
import type { Change, Rerun } from "./rerun.js";
import type { Step } from "./step.js";

/** A change under the name that it is asked for by: `source`, `arg:GIT_SHA`. Its parts happen together. */
export interface NamedChange {
  readonly name: string;
  readonly parts: readonly Change[];
}

/** That and why a change re-runs a step. */
export interface OutlinedRerun {
  readonly change: string;
  readonly why: Rerun["why"];
  /** False when it is re-run only if content from another stage comes out different. */
  readonly certain: boolean;
  /** 1-based, of the instruction that the change reaches first. */
  readonly line: number;
}

export interface OutlinedStep {
  /** 1-based. */
  readonly line: number;
  /** On one line, continuations joined, without the bodies of heredocs. */
  readonly instruction: string;
  /** The stage that it stands in, by name or number. */
  readonly stage: string | number;
  readonly kind: Step["kind"];
  /** True for what an ONBUILD of the base brings. */
  readonly triggered: boolean;
  /** False in a stage that the exported one does not need. */
  readonly built: boolean;
  readonly cost: Step["work"]["cost"];
  readonly volatility: Step["work"]["volatility"];
  /** Empty for what has no key. */
  readonly key: readonly string[];
  /** The stages that it copies or mounts from: `stage build`. */
  readonly content: readonly string[];
  /** Files in the image for a RUN, what it copies for COPY and ADD; null for any file. */
  readonly reads: readonly string[] | null;
  /** One a change that re-runs it, in their order; none where it is not built. */
  readonly reruns: readonly OutlinedRerun[];
}

/** How many of the steps that are built, and have a layer, a change re-runs. */
export interface OutlinedChange {
  readonly change: string;
  readonly steps: number;
  readonly rerun: number;
  readonly expensive: number;
  /** Those that are re-run besides, if content of another stage comes out different. */
  readonly maybe: number;
}

export interface Outline {
  readonly steps: readonly OutlinedStep[];
  readonly changes: readonly OutlinedChange[];
}

export function outlineOf({ facts }: LintSource, changes: readonly NamedChange[]): Outline {
  const { layers, stages } = facts;
  const built = builtStages(stages, layers.byStage);
  const reruns = changes.map((change) => rerunsOf(change, layers));
  const declared: (readonly string[])[] = [];
  const steps = layers.steps.map((step): OutlinedStep => {
    const { instruction, stage } = step;
    const names = declared[stage.index] ?? (stage.base && declared[stage.base.index]) ?? [];
    declared[stage.index] = withArguments(names, instruction);
    return outlineStep(step, names, built.has(stage), reruns);
  });
  return { steps, changes: changes.map(({ name }) => counted(name, steps)) };
}

/** A change with the steps that it re-runs. */
export interface NamedReruns {
  readonly name: string;
  readonly found: ReadonlyMap<Step, Rerun>;
}

export function rerunsOf({ name, parts }: NamedChange, { rerunBy }: Pick<Layers, "rerunBy">): NamedReruns {
  return { name, found: together(parts.map((part) => rerunBy(part))) };
}

/** `declared` are the ARGs that stand above it. */
export function outlineStep(
  step: Step,
  declared: readonly string[],
  built: boolean,
  reruns: readonly NamedReruns[],
): OutlinedStep {
  const { instruction, stage, kind, triggered, work } = step;
  const { type } = instruction;
  return {
    line: instruction.loc.start.line,
    instruction: textOf(step),
    stage: stage.name ?? stage.index,
    kind,
    triggered,
    built,
    cost: work.cost,
    volatility: work.volatility,
    key: keyParts(step, declared),
    content: sourcesOf(step),
    reads: type === "Copy" || type === "Add" ? contentParts(step) : work.inputs,
    reruns: reruns.flatMap(({ name, found }) => {
      const rerun = built ? found.get(step) : undefined;
      return rerun ? [outlined(name, rerun)] : [];
    }),
  };
}

/** As many names of ARG as are listed. */
export function withArguments(names: readonly string[], instruction: Instruction): readonly string[] {
  if (instruction.type !== "Arg" || names.length >= MOST_VARIABLES) return names;
  return [...new Set([...names, ...instruction.pairs.map(({ name }) => name.text)])].slice(0, MOST_VARIABLES);
}

/** What several changes at once re-run: a certain reason comes before others. */
function together(all: readonly (readonly Rerun[])[]): ReadonlyMap<Step, Rerun> {
  const found = new Map<Step, Rerun>();
  for (const rerun of all.flat()) {
    const known = found.get(rerun.step);
    if (!known || (!known.certain && rerun.certain)) found.set(rerun.step, rerun);
  }
  return found;
}

function outlined(change: string, { why, certain, cause }: Rerun): OutlinedRerun {
  return { change, why, certain, line: cause.instruction.loc.start.line };
}

function counted(change: string, all: readonly OutlinedStep[]): OutlinedChange {
  const steps = all.filter(({ built, kind }) => built && (kind === "layer" || kind === "link"));
  const reached = steps.flatMap(({ cost, reruns }) => {
    const rerun = reruns.find((one) => one.change === change);
    return rerun ? [{ cost, certain: rerun.certain }] : [];
  });
  const certain = reached.filter((one) => one.certain);
  return {
    change,
    steps: steps.length,
    rerun: certain.length,
    expensive: certain.filter(({ cost }) => cost === 3).length,
    maybe: reached.length - certain.length,
  };
}

function sourcesOf({ content }: Step): readonly string[] {
  const stages = content.flatMap(({ from }) =>
    from.kind === "stage" ? [`stage ${from.stage.name ?? from.stage.index}`] : [],
  );
  return [...new Set(stages)];
}

function textOf({ instruction: { keyword, flags, args } }: Step): string {
  const options = flags.map(({ name, value }) => ` --${name}${value ? `=${value.text}` : ""}`).join("");
  return `${keyword.text}${options}${args ? ` ${args.text}` : ""}`;
}
