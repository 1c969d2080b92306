/** The values of ARG in a stage (dockerfile2llb, dispatchArg), and which of them one build argument decides. */
import type { Instruction, Pair } from "../../syntax/nodes.js";
import type { FactInputs } from "../facts.js";
import type { GlobalScope } from "../scopes.js";
import type { Stage } from "../stages.js";
import { assign, type Environment } from "./environment.js";
import { textOf, type State } from "./state.js";

/** Stands for another value or text; no Dockerfile has this character. */
export const OTHER = "\u0000";

/** A build that differs in these things from the one at hand. */
export interface Variation {
  /** A build argument with another value; null for none. */
  readonly argument: string | null;
  /** The global ARGs whose value then is another: itself, and those whose default uses it. */
  readonly globals: ReadonlySet<string>;
  /** Instructions that are written otherwise. */
  readonly instructions: ReadonlySet<Instruction>;
}

const NONE: ReadonlySet<never> = new Set<never>();

export const SAME_BUILD: Variation = { argument: null, globals: NONE, instructions: NONE };

export function otherArgument(name: string, { variables }: GlobalScope): Variation {
  const globals = new Set([name]);
  // Defaults only see what stands before them.
  for (const [other, { expansion }] of variables) {
    if (expansion?.used.some((use) => globals.has(use.name)) === true) globals.add(other);
  }
  return { ...SAME_BUILD, argument: name, globals };
}

export function otherTexts(instructions: ReadonlySet<Instruction>): Variation {
  return { ...SAME_BUILD, instructions };
}

/** Names that are build arguments and never variables of a RUN (dockerfile2llb, nonEnvArgs). */
const NO_VARIABLES: ReadonlySet<string> = new Set(["BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"]);

/** The environment behind one pair of ARG. Without any value the name is not set, and an earlier value stays. */
export function declare(
  { name: { text: name }, value: written }: Pair,
  state: State,
  inputs: FactInputs,
  globals: GlobalScope,
  other: Variation,
  escape: string,
): Environment {
  const { environment } = state;
  if (NO_VARIABLES.has(name)) return environment;
  const set = (value: string | null, key: string, known: string): Environment => {
    return assign(environment, { name, value, key, known, source: "arg" });
  };
  const given = outside(name, inputs);
  if (other.argument === name) return set(null, `${given ?? ""}${OTHER}`, "");
  if (given !== null) return set(given, given, given);
  if (written !== null) {
    const { text, key, known } = textOf(written, state, escape);
    return set(text, key, known);
  }
  const global = globals.lookup(name);
  if (global === null) return environment;
  const { value } = global;
  return other.globals.has(name) ? set(null, value + OTHER, "") : set(value, value, value);
}

/** True when the image of FROM is another one. */
export function changesBase({ expansion, from }: Stage, { globals, instructions }: Variation): boolean {
  const names = [...(expansion?.used ?? []).map(({ name }) => name), ...(expansion?.unresolved ?? [])];
  return instructions.has(from) || names.some((name) => globals.has(name));
}

function outside(name: string, { buildArgs, policy }: FactInputs): string | null {
  if (Object.hasOwn(buildArgs, name)) return buildArgs[name] ?? "";
  return Object.hasOwn(policy.args, name) ? (policy.args[name] ?? "") : null;
}
