/** The stages of a Dockerfile and how they build on one another (BuildKit's buildDispatchStates). */
import { expand, type Expansion } from "../syntax/expand.js";
import type { Dockerfile, FromInstruction, Instruction } from "../syntax/nodes.js";
import { contextOfStage, namedContexts } from "./contexts.js";
import type { FactInputs } from "./facts.js";
import { PLATFORMS } from "./platforms.js";
import { globalScope, type GlobalScope, type Variable } from "./scopes.js";

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
  let others: readonly GlobalScope[] | undefined;
  const onOtherPlatforms = (): readonly GlobalScope[] =>
    (others ??= PLATFORMS.slice(1).map((platform) => globalScope(ast, inputs, escape, platform)));
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
    const texts = context === null && expansion ? namesOf(instruction, expansion, onOtherPlatforms, escape) : [];
    const bases = stagesNamed(texts, byName);
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

/** What stands behind FROM on one platform or another, the first one's first. */
function namesOf(
  { image }: FromInstruction,
  expansion: Expansion<Variable>,
  onOtherPlatforms: () => readonly GlobalScope[],
  escape: string,
): readonly string[] {
  if (!image || !expansion.used.some(({ variable }) => variable.perPlatform)) return [expansion.text];
  return [expansion.text, ...onOtherPlatforms().map(({ lookup }) => expand(image, lookup, escape).text)];
}

function stagesNamed(names: readonly string[], byName: ReadonlyMap<string, OpenStage>): readonly OpenStage[] {
  return [...new Set(names.flatMap((name) => byName.get(name) ?? []))];
}

/** The stages that a stage is built FROM, on one platform or another; none for an image or a context. */
export function basesOf({ base, otherBases }: Stage): readonly Stage[] {
  return base ? [base, ...otherBases] : [];
}

function markExported(stages: readonly OpenStage[], target: OpenStage | undefined): void {
  const open = target ? [target] : [];
  for (let stage = open.pop(); stage; stage = open.pop()) {
    if (stage.exported) continue;
    stage.exported = true;
    for (const { index } of basesOf(stage)) {
      const found = stages[index];
      if (found) open.push(found);
    }
  }
}
