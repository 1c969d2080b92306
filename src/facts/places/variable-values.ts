/** The value of an ARG or ENV, and where it comes from. */
import type { PolicyPlace } from "../../policy/policy.js";
import { expand } from "../../syntax/expand.js";
import type { LintSource } from "../facts.js";
import { textOf } from "../layers/state.js";
import { stepOf } from "../layers/step-of.js";
import type { Declaration } from "./variables.js";

export interface DeclaredValue {
  /** Null where the build or the base image has to give it. */
  readonly value: string | null;
  /**
   * `written`: in the declaration itself. `global`: it takes the value of the global ARG of that name. `platform`: BuildKit
   * sets it. `none`: nothing gives it a value.
   */
  readonly from: "written" | "global" | "build-arg" | "policy" | "platform" | "none";
  /** Where the policy has it, for `policy`. */
  readonly place: PolicyPlace | null;
}

const NONE: DeclaredValue = { value: null, from: "none", place: null };

/** The value that a declaration gives its name. */
export function valueOf(declaration: Declaration, source: LintSource): DeclaredValue {
  const { escape } = source;
  const { name, kind, pair, stage, instruction } = declaration;
  if (kind === "arg") {
    const given = outsideValue(name, source);
    if (given) return given;
    if (!stage || pair.value === null) return globalValue(name, source, stage !== null);
  }
  if (!pair.value) return NONE;
  const step = stepOf(source, instruction);
  return { value: step ? textOf(pair.value, step.state, escape).text : null, from: "written", place: null };
}

/** The value of a name in FROM, and in an ARG without a value of its own; `from` is `none` for an unknown one. */
export function globalValue(name: string, source: LintSource, inStage = false): DeclaredValue {
  const variable = source.facts.globals.lookup(name);
  if (!variable) return NONE;
  if (variable.source === "policy" || variable.source === "build-arg") return outsideValue(name, source) ?? NONE;
  const value = variable.error === null && variable.unresolved.length === 0 ? variable.value : null;
  const from = variable.source === "platform" ? "platform" : inStage ? "global" : "written";
  return { value, from, place: null };
}

/** A text of FROM with the global variables put in; null where one has no value, or BuildKit refuses it. */
export function valueIn(text: string, { facts, escape }: LintSource): string | null {
  const { text: value, unresolved, error } = expand({ text, offsetAt: (index) => index }, facts.globals.lookup, escape);
  return error === null && unresolved.length === 0 ? value : null;
}

/** What the command line or the policy gives a build argument; null where neither does. */
function outsideValue(name: string, { facts }: LintSource): DeclaredValue | null {
  const { buildArgs, policy } = facts.inputs;
  if (Object.hasOwn(buildArgs, name)) return { value: buildArgs[name] ?? "", from: "build-arg", place: null };
  if (!Object.hasOwn(policy.args, name)) return null;
  const origin = policy.origins.get(`args/${name}`);
  return { value: policy.args[name] ?? "", from: "policy", place: typeof origin === "object" ? origin : null };
}
