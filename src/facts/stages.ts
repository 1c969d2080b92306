/** The stages of a Dockerfile and how they build on one another (BuildKit's buildDispatchStates). */
import { expand, type Expansion } from "../syntax/expand.js";
import type { Dockerfile, FromInstruction, Instruction } from "../syntax/nodes.js";
import { contextOfStage, namedContexts } from "./contexts.js";
import type { FactInputs } from "./facts.js";
import { isPlatformArgument, PLATFORMS, platformArguments } from "./platforms.js";
import type { GlobalScope, Variable } from "./scopes.js";

export interface Stage {
  /** 0-based. */
  readonly index: number;
  readonly from: FromInstruction;
  /** Lower case, as BuildKit compares it; null for a stage without a name. */
  readonly name: string | null;
  /** What follows the FROM, up to the next one. */
  readonly instructions: readonly Instruction[];
  /** The image of FROM with variables put in; null for a FROM without one. */
  readonly expansion: Expansion<Variable> | null;
  /** The stage that this one is built FROM; null where an image, scratch or a context is. */
  readonly base: Stage | null;
  /** Stages that it is built FROM on other platforms (`FROM build-${TARGETARCH}`). */
  readonly otherBases: readonly Stage[];
  /** What a named build context puts in the place of this stage; null where there is none. */
  readonly context: string | null;
  /** True when this stage is what the build exports, or the exported one is built FROM it. */
  readonly exported: boolean;
}

type OpenStage = { -readonly [Key in keyof Stage]: Stage[Key] };

/**
 * FROM sees earlier stages only, by the exact text after expansion; of two stages with one name the later
 * one counts. The exported stage is the last, or the one that `target` names in any case; a target that
 * this file does not have leaves the last.
 */
export function stagesOf(ast: Dockerfile, scope: GlobalScope, inputs: FactInputs, escape: string): readonly Stage[] {
  const stages: OpenStage[] = [];
  const byName = new Map<string, OpenStage>();
  const contexts = namedContexts(inputs);
  let body: Instruction[] = [];
  for (const instruction of ast.instructions) {
    if (instruction.type !== "From") {
      body.push(instruction);
      continue;
    }
    body = [];
    const name = instruction.name?.text.toLowerCase() ?? null;
    const expansion = instruction.image ? expand(instruction.image, scope.lookup, escape) : null;
    const context = contextOfStage(name, contexts);
    const bases = context === null && expansion ? basesOf(instruction, expansion, scope, byName, escape) : [];
    const stage: OpenStage = {
      index: stages.length,
      from: instruction,
      name,
      instructions: body,
      expansion,
      base: bases[0] ?? null,
      otherBases: bases.slice(1),
      context,
      exported: false,
    };
    stages.push(stage);
    if (name !== null) byName.set(name, stage);
  }
  markExported(stages, byName.get(inputs.target?.toLowerCase() ?? "") ?? stages.at(-1));
  return stages;
}

/** The stage that the build exports; null in a file without stages. What it is built FROM comes before it. */
export function exportedStage(stages: readonly Stage[]): Stage | null {
  return stages.findLast((stage) => stage.exported) ?? null;
}

function basesOf(
  from: FromInstruction,
  expansion: Expansion<Variable>,
  scope: GlobalScope,
  byName: ReadonlyMap<string, OpenStage>,
  escape: string,
): OpenStage[] {
  const bases = new Set<OpenStage>();
  const first = byName.get(expansion.text);
  if (first) bases.add(first);
  const image = from.image;
  if (image && expansion.used.some((use) => isPlatformArgument(use.name) && use.variable.source === "platform")) {
    for (const platform of PLATFORMS) {
      const values = platformArguments(platform);
      const lookup = (name: string): Variable | null => {
        const variable = scope.lookup(name);
        return variable?.source === "platform" ? { ...variable, value: values[name] ?? variable.value } : variable;
      };
      const base = byName.get(expand(image, lookup, escape).text);
      if (base) bases.add(base);
    }
  }
  return [...bases];
}

function markExported(stages: readonly OpenStage[], target: OpenStage | undefined): void {
  const open = target ? [target] : [];
  for (let stage = open.pop(); stage; stage = open.pop()) {
    if (stage.exported) continue;
    stage.exported = true;
    for (const base of [stage.base, ...stage.otherBases]) {
      const found = base && stages[base.index];
      if (found) open.push(found);
    }
  }
}
