/** The variables of a file as an editor sees them: each ARG and ENV, and every place that uses it. */
import type { Instruction, Pair } from "../../syntax/nodes.js";
import type { LintSource } from "../facts.js";
import { assign, emptyEnvironment, entriesOf, entryOf, type Environment } from "../layers/environment.js";
import { stepOf } from "../layers/step-of.js";
import type { Stage } from "../stages.js";
import { usesInInstruction, type NameUse } from "./named-variables.js";

export interface Declaration {
  /** 0-based, over the file. */
  readonly index: number;
  readonly name: string;
  readonly kind: "arg" | "env";
  readonly pair: Pair;
  readonly instruction: Instruction;
  /** Null before the first FROM. */
  readonly stage: Stage | null;
}

/** A place that names a variable. */
export interface VariableUse extends NameUse {
  readonly instruction: Instruction;
  /** Null in an ARG before the first FROM; a FROM counts to its stage, though it sees the global variables. */
  readonly stage: Stage | null;
  /** The one whose value it takes; null where no line before declares it. */
  readonly declaration: Declaration | null;
}

export interface Variables {
  /** In the order of the file. */
  readonly declarations: readonly Declaration[];
  readonly uses: readonly VariableUse[];
  /** RUNs whose script could not be read, so that what they use is not known. */
  readonly unread: readonly Instruction[];
  /**
   * The declarations that are one variable: those of a name that follow each other in a stage and in stages FROM it,
   * and the global ARG that an ARG without a value takes its value from.
   */
  readonly sameAs: (declaration: Declaration) => readonly Declaration[];
  /** The declarations that hold for an instruction, by name; in FROM the global ones. */
  readonly inScope: (instruction: Instruction) => ReadonlyMap<string, Declaration>;
}

const known = new WeakMap<LintSource, Variables>();

/** Worked out once for a source. */
export function variablesOf(source: LintSource): Variables {
  let found = known.get(source);
  if (!found) known.set(source, (found = collect(source)));
  return found;
}

/** What holds at a place: name -> index of its declaration. */
type Scope = Environment;

function collect(source: LintSource): Variables {
  const { ast, facts } = source;
  const declarations: Declaration[] = [];
  const uses: VariableUse[] = [];
  const unread: Instruction[] = [];
  const scopes = new Map<Instruction, Scope>();
  const groups = createGroups();
  let globals: Scope = emptyEnvironment();
  const held = (scope: Scope, name: string): Declaration | null => {
    const index = entryOf(scope, name)?.value ?? null;
    return index === null ? null : (declarations[Number(index)] ?? null);
  };
  const use = (scope: Scope, instruction: Instruction, stage: Stage | null, found: readonly NameUse[]): void => {
    for (const each of found) uses.push({ ...each, instruction, stage, declaration: held(scope, each.name) });
  };
  const declare = (scope: Scope, pair: Pair, instruction: Instruction, stage: Stage | null): Scope => {
    const name = pair.name.text;
    const kind = instruction.type === "Env" ? "env" : "arg";
    const declaration: Declaration = { index: declarations.length, name, kind, pair, instruction, stage };
    declarations.push(declaration);
    const before = held(scope, name);
    if (before?.kind === kind) groups.join(before.index, declaration.index);
    const global = stage && kind === "arg" && pair.value === null ? held(globals, name) : null;
    if (global) groups.join(global.index, declaration.index);
    return assign(scope, { name, value: String(declaration.index), key: "", known: "", source: kind });
  };
  /** Uses and declarations of an instruction; returns what holds behind it. */
  const read = (scope: Scope, instruction: Instruction, stage: Stage | null): Scope => {
    scopes.set(instruction, scope);
    const places = usesInInstruction(instruction, source, stepOf(source, instruction)?.state ?? null);
    if (places.unread) unread.push(instruction);
    if (instruction.type === "Arg") {
      // Each ARG of a line sees those before it; the values of an ENV see what holds before the line.
      const left = [...places.uses].reverse();
      let next = scope;
      for (const pair of instruction.pairs) {
        for (let one = left.at(-1); one && one.range[0] < pair.range[1]; one = left.at(-1)) {
          use(next, instruction, stage, [one]);
          left.pop();
        }
        next = declare(next, pair, instruction, stage);
      }
      return next;
    }
    use(scope, instruction, stage, places.uses);
    if (instruction.type !== "Env") return scope;
    return instruction.pairs.reduce((next, pair) => declare(next, pair, instruction, stage), scope);
  };

  for (const instruction of ast.instructions) {
    if (instruction.type === "From") break;
    if (instruction.type === "Arg") globals = read(globals, instruction, null);
  }
  const ends: { readonly scope: Scope; readonly triggered: readonly Declaration[] }[] = [];
  for (const stage of facts.stages) {
    read(globals, stage.from, stage);
    const base = stage.base ? ends[stage.base.index] : undefined;
    let scope = base?.scope ?? emptyEnvironment();
    for (const { name, kind, index } of base?.triggered ?? []) {
      scope = assign(scope, { name, value: String(index), key: "", known: "", source: kind });
    }
    /** What ONBUILD declares holds in the stages that are built FROM this one, and for the ONBUILDs behind it. */
    let inTriggers: Scope | null = null;
    const triggered: Declaration[] = [];
    for (const instruction of stage.instructions) {
      if (instruction.type !== "Onbuild") {
        scope = read(scope, instruction, stage);
        continue;
      }
      scopes.set(instruction, inTriggers ?? scope);
      if (!instruction.instruction) continue;
      const first = declarations.length;
      inTriggers = read(inTriggers ?? scope, instruction.instruction, stage);
      triggered.push(...declarations.slice(first));
    }
    ends.push({ scope, triggered });
  }
  return {
    declarations,
    uses: uses.sort((a, b) => a.range[0] - b.range[0]),
    unread,
    sameAs: ({ index }) => declarations.filter((each) => groups.find(each.index) === groups.find(index)),
    inScope: (instruction) => {
      const scope = scopes.get(instruction);
      const found = scope ? [...entriesOf(scope)].flatMap(({ value }) => declarations[Number(value)] ?? []) : [];
      return new Map(found.map((declaration) => [declaration.name, declaration]));
    },
  };
}

/** Numbers joined into groups; each has one of its own as long as nothing joins it. */
function createGroups(): { readonly join: (a: number, b: number) => void; readonly find: (number: number) => number } {
  const parents = new Map<number, number>();
  const find = (number: number): number => {
    let root = number;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    for (let at = number; at !== root;) {
      const parent = parents.get(at) ?? root;
      parents.set(at, root);
      at = parent;
    }
    return root;
  };
  return {
    find,
    join: (a, b) => {
      const [one, other] = [find(a), find(b)];
      if (one !== other) parents.set(other, one);
    },
  };
}
