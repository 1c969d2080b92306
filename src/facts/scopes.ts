/** Build arguments in the global scope: what `FROM` lines are expanded with (BuildKit's buildMetaArgs). */
import type { Dockerfile, Instruction, Pair, Word } from "../syntax/nodes.js";
import { expand, type Expansion } from "../syntax/expand.js";
import type { FactInputs } from "./facts.js";
import { platformArguments, PLATFORMS } from "./platforms.js";

/** A variable with a value, and how it came by it. */
export interface Variable {
  readonly value: string;
  readonly source: "default" | "build-arg" | "policy" | "platform";
  /** The `NAME=value` that declares it; null for a platform argument. */
  readonly pair: Pair | null;
  /** The ARG instruction it stands in; null likewise. */
  readonly instruction: Instruction | null;
  /** How the default came to its value; null where the value is from outside. */
  readonly expansion: Expansion<Variable> | null;
  /** Variables without a value that the default itself names. */
  readonly unresolved: readonly string[];
  /** True where BuildKit gives it another value for another platform, also by way of its default. */
  readonly perPlatform: boolean;
  /** Why BuildKit refuses the default, or one that it rests on; null when it takes it. */
  readonly error: string | null;
}

/** Longer lists help nobody, and handed on from default to default they would grow with the square of the file. */
const MOST_MISSING = 16;

/** The same in every file; only copied. */
const FIRST: ReadonlyMap<string, Variable> = variablesOf(PLATFORMS[0]);

export interface GlobalScope {
  /** The variables that have a value. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** Names declared by an ARG before the first FROM, with or without a value, in order. */
  readonly declared: ReadonlyMap<string, Pair>;
  readonly lookup: (name: string) => Variable | null;
}

/**
 * Reads the ARGs before the first FROM in order, the last one of a name wins. A value from outside
 * (`--build-arg`, then the policy's `args`) beats a default; it counts only for declared names, except for
 * the platform arguments, which are always there: as for `platform`, else for the first of `PLATFORMS`.
 */
export function globalScope(ast: Dockerfile, inputs: FactInputs, escape: string, platform?: string): GlobalScope {
  const outside = (name: string): Pick<Variable, "value" | "source"> | null => {
    if (Object.hasOwn(inputs.buildArgs, name)) return { value: inputs.buildArgs[name] ?? "", source: "build-arg" };
    if (Object.hasOwn(inputs.policy.args, name)) return { value: inputs.policy.args[name] ?? "", source: "policy" };
    return null;
  };
  const variables = new Map(platform === undefined ? FIRST : variablesOf(platform));
  variables.set("TARGETSTAGE", plain({ value: exportedName(ast, inputs), source: "platform" }));
  for (const name of variables.keys()) {
    const given = outside(name);
    if (given) variables.set(name, plain(given));
  }
  const lookup = (name: string): Variable | null => variables.get(name) ?? null;
  const declared = new Map<string, Pair>();
  for (const instruction of ast.instructions) {
    if (instruction.type === "From") break;
    if (instruction.type !== "Arg") continue;
    for (const pair of instruction.pairs) {
      const name = pair.name.text;
      declared.set(name, pair);
      const given = outside(name);
      if (given) {
        variables.set(name, { ...plain(given), pair, instruction });
      } else if (pair.value) {
        variables.set(name, defaultOf(pair, pair.value, instruction, lookup, escape));
      }
    }
  }
  return { variables, declared, lookup };
}

/** The platform arguments of a build for `platform`. */
function variablesOf(platform: string): Map<string, Variable> {
  const values = Object.entries(platformArguments(platform));
  return new Map(values.map(([name, value]) => [name, { ...plain({ value, source: "platform" }), perPlatform: true }]));
}

/** A variable whose value is written nowhere in the file. */
function plain(given: Pick<Variable, "value" | "source">): Variable {
  const nowhere = { pair: null, instruction: null, expansion: null, unresolved: [], error: null };
  return { ...given, ...nowhere, perPlatform: false };
}

/** The names without a value that a text rests on, through its variables, each once; not all where they are many. */
export function missingIn({ unresolved, used }: Expansion<Variable>): readonly string[] {
  const names = new Set(unresolved.slice(0, MOST_MISSING));
  for (const { variable } of used) {
    if (names.size >= MOST_MISSING) break;
    for (const name of variable.unresolved) names.add(name);
  }
  return [...names].slice(0, MOST_MISSING);
}

/** `TARGETSTAGE`: the target as it was given, else the last stage's name. */
function exportedName(ast: Dockerfile, { target }: FactInputs): string {
  const last = ast.instructions.findLast((instruction) => instruction.type === "From");
  return target ?? last?.name?.text.toLowerCase() ?? "default";
}

function defaultOf(
  pair: Pair,
  word: Word,
  instruction: Instruction,
  lookup: (name: string) => Variable | null,
  escape: string,
): Variable {
  const expansion = expand(word, lookup, escape);
  const unresolved = missingIn(expansion);
  const error = expansion.error ?? expansion.used.find((use) => use.variable.error !== null)?.variable.error ?? null;
  const perPlatform = expansion.used.some(({ variable }) => variable.perPlatform);
  return { value: expansion.text, source: "default", pair, instruction, expansion, unresolved, perPlatform, error };
}
