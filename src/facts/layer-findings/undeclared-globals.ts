/** Global ARGs that a stage uses without having declared them: there they have no value. */
import { expand } from "../../syntax/expand.js";
import type { Instruction, Range, Word } from "../../syntax/nodes.js";
import type { LintSource } from "../facts.js";
import { shellText } from "../shell/run.js";
import { usedVariables } from "../shell/variables.js";
import type { Stage } from "../stages.js";
import { assign, emptyEnvironment, entryOf, type Environment } from "../layers/environment.js";
import type { State } from "../layers/state.js";
import type { Step } from "../layers/step.js";

export interface UndeclaredGlobal {
  readonly name: string;
  readonly stage: Stage;
  readonly instruction: Instruction;
  readonly range: Range;
}

/** Build arguments that every RUN has without an ARG (Dockerfile reference, "Predefined ARGs"). */
const PREDEFINED = /^(?:https?|ftp|all|no)_proxy$/i;

/** Variables that official images set; a file that names its base's version after one of them may mean those. */
const IMAGE_VARIABLES =
  /^(?:PATH|HOME|LANG|LC_ALL|HOSTNAME|PWD|USER|SHELL|GOPATH|GOLANG_VERSION|GOTOOLCHAIN|JAVA_HOME|JAVA_VERSION|CARGO_HOME|RUSTUP_HOME|RUST_VERSION|GEM_HOME|NODE_VERSION|YARN_VERSION|PYTHON_VERSION|RUBY_VERSION|PHP_VERSION|NGINX_VERSION|DOTNET_VERSION|ASPNET_VERSION|DOTNET_SDK_VERSION)$/;

/** The first use of each name in each stage, in the order of the file. */
export function undeclaredGlobals(source: LintSource): readonly UndeclaredGlobal[] {
  const { globals, layers } = source.facts;
  if (globals.declared.size === 0) return [];
  const found: UndeclaredGlobal[] = [];
  /** By stage: the names that an ARG of it, or of what it is built FROM, declares. */
  const ends: Environment[] = [];
  for (const steps of layers.byStage) {
    const stage = steps[0]?.stage;
    if (!stage) continue;
    let declared = (stage.base && ends[stage.base.index]) ?? emptyEnvironment();
    const told = new Set<string>();
    for (const step of steps) {
      const { instruction, state } = step;
      if (step.kind === "base" || step.triggered) continue;
      for (const { name, range } of usesOf(step, source)) {
        const isGlobal = globals.declared.has(name) && !entryOf(declared, name) && !told.has(name);
        if (!isGlobal || PREDEFINED.test(name) || isOfBase(name, stage) || entryOf(state.environment, name)) continue;
        told.add(name);
        found.push({ name, stage, instruction, range });
      }
      if (instruction.type !== "Arg") continue;
      for (const pair of instruction.pairs) {
        declared = assign(declared, { name: pair.name.text, value: null, key: "", known: "", source: "arg" });
      }
    }
    ends.push(declared);
  }
  return found;
}

/** True where the base image may well set the variable itself: `NODE_VERSION` on `node`. */
function isOfBase(name: string, { expansion, base }: Stage): boolean {
  if (expansion?.text === "scratch") return false;
  if (IMAGE_VARIABLES.test(name)) return true;
  const image = base === null ? (expansion?.text ?? "").replace(/[:@].*$/, "") : "";
  const last = image
    .slice(image.lastIndexOf("/") + 1)
    .replace(/[^A-Za-z0-9]/g, "")
    .toUpperCase();
  return last !== "" && name.replace(/_/g, "").startsWith(last);
}

/** The variables that have no value in a step, and no word for that case. */
function usesOf(step: Step, source: LintSource): readonly { name: string; range: Range }[] {
  const { instruction, state } = step;
  switch (instruction.type) {
    case "Run": {
      const { shell } = source.facts.inputs;
      const script = shell ? shellText(instruction, { text: source.text, ...state }) : null;
      // Nothing is parsed that names none of them.
      const isNamed =
        script !== null && [...source.facts.globals.declared.keys()].some((name) => script.text.includes(name));
      return shell && isNamed ? usedVariables(script, shell) : [];
    }
    case "Env":
    case "Label":
    case "Arg":
      return instruction.pairs.flatMap(({ value }) => (value ? withoutValue(value, state, source.escape) : []));
    case "Copy":
    case "Add":
    case "Workdir":
    case "User":
    case "Expose":
    case "Volume":
    case "Stopsignal":
      return instruction.words.flatMap((word) => withoutValue(word, state, source.escape));
    default:
      return [];
  }
}

function withoutValue(word: Word, { environment }: State, escape: string): readonly { name: string; range: Range }[] {
  if (!word.text.includes("$")) return [];
  const lookup = (name: string): { value: string } | null => {
    const entry = entryOf(environment, name);
    return entry && { value: entry.value ?? "" };
  };
  return expand(word, lookup, escape).unresolved.map((name) => ({ name, range: word.range }));
}
