/** Where the stage or variable under the cursor is declared, and every place that means it. */
import { variablesOf, type Declaration, type Range, type Stage } from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";
import { holds } from "./ranges.js";
import { declarationAt, variableAt } from "./variable-at.js";

export interface Definition {
  /** What the cursor stands on. */
  readonly origin: Range;
  /** All of the declaration: an instruction, or `NAME=value`. */
  readonly target: Range;
  /** The name in it. */
  readonly name: Range;
}

/** Of a stage its FROM; of a variable the ARG or ENV whose value it has there. Null where there is neither. */
export function definitionAt(source: LintSource, offset: number): Definition | null {
  const stage = stageAt(source, offset);
  if (stage) return { origin: stage.origin, target: stage.stage.from.range, name: stageName(stage.stage) };
  const symbol = symbolAt(source, offset);
  if (!symbol?.declaration) return null;
  const { pair } = definedBy(symbol.declaration, symbol.isUse, source);
  return { origin: symbol.origin, target: pair.range, name: pair.name.range };
}

/** An ARG without a value takes the global one's, so that is where it leads. */
function definedBy(declaration: Declaration, isUse: boolean, source: LintSource): Declaration {
  if (isUse || declaration.kind === "env" || declaration.pair.value) return declaration;
  return (
    variablesOf(source)
      .sameAs(declaration)
      .findLast(({ stage }) => stage === null) ?? declaration
  );
}

/** The names, without `$` and braces, in the order of the file; empty where the cursor is on none. */
export function referencesAt(source: LintSource, offset: number, includeDeclaration: boolean): readonly Range[] {
  const stage = stageAt(source, offset);
  if (stage) {
    const name = includeDeclaration && stage.stage.from.name ? [stage.stage.from.name.range] : [];
    return inOrder([...name, ...stageUses(source, stage.stage)]);
  }
  const symbol = symbolAt(source, offset);
  if (!symbol) return [];
  const { uses } = variablesOf(source);
  if (!symbol.declaration) {
    return uses.filter(({ name, declaration }) => name === symbol.name && !declaration).map(({ range }) => range);
  }
  const group = new Set(variablesOf(source).sameAs(symbol.declaration));
  const declared = includeDeclaration ? [...group].map(({ pair }) => pair.name.range) : [];
  const used = uses.flatMap(({ declaration, range }) => (declaration && group.has(declaration) ? [range] : []));
  return inOrder([...declared, ...used]);
}

/** The stage that is named under the cursor, by itself or by a use. */
export function stageAt(source: LintSource, offset: number): { readonly stage: Stage; readonly origin: Range } | null {
  const { images, stages } = source.facts;
  const declared = stages.find(({ from }) => from.name && holds(from.name.range, offset));
  if (declared?.from.name) return { stage: declared, origin: declared.from.name.range };
  const use = images.find(({ range, target }) => target && holds(range, offset));
  return use?.target ? { stage: use.target, origin: use.range } : null;
}

export interface SymbolAt {
  readonly name: string;
  readonly origin: Range;
  /** Null for a variable that nothing in the file declares. */
  readonly declaration: Declaration | null;
  readonly isUse: boolean;
}

/** The variable under the cursor. */
export function symbolAt(source: LintSource, offset: number): SymbolAt | null {
  const declaration = declarationAt(source, offset);
  if (declaration) return { name: declaration.name, origin: declaration.pair.name.range, declaration, isUse: false };
  const found = variableAt(source, offset);
  return found && { name: found.use.name, origin: found.use.range, declaration: found.use.declaration, isUse: true };
}

/** Where FROM, `COPY --from` and mounts name it. */
function stageUses({ facts }: LintSource, stage: Stage): readonly Range[] {
  return facts.images.flatMap(({ target, range }) => (target === stage ? [range] : []));
}

function stageName({ from }: Stage): Range {
  return from.name?.range ?? from.keyword.range;
}

function inOrder(ranges: readonly Range[]): readonly Range[] {
  return ranges.toSorted((a, b) => a[0] - b[0]);
}
