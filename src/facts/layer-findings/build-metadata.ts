/** Build arguments that say which build this is: another value each time. */
import type { Pair } from "../../syntax/nodes.js";
import { hasName, matchesName } from "../effects/names.js";
import type { GlobalScope } from "../scopes.js";
import { modelOf } from "./unknown-commands.js";
import { BUILD_METADATA } from "../shell/commands/variables.js";
import { entryOf } from "../layers/environment.js";
import type { Layers } from "../layers/layers.js";
import { namesIn } from "../layers/state.js";
import type { Step } from "../layers/step.js";
import { basesOf } from "../stages.js";

/** Further names, without CACHEBUST, which is there to run steps again; setup scripts do read some of these, so no proof rests on them. */
const MORE_NAMES = [
  ...["VERSION", "APP_VERSION", "IMAGE_VERSION", "BUILD_VERSION", "RELEASE_VERSION", "PACKAGE_VERSION", "SEMVER"],
  ...["SHA", "SHORT_SHA", "COMMIT_ID", "COMMIT_DATE", "COMMIT_TIME", "GITHUB_REF_NAME", "VCS_COMMIT", "GIT_DESCRIBE"],
  ...["DATE", "BUILDDATE", "BUILD_COMMIT", "BUILD_REVISION", "BUILD_REF", "BUILD_VCS_REF", "TIMESTAMP"],
];

const ALL_PATTERNS = [...BUILD_METADATA, ...MORE_NAMES];

/** Defaults that stand for "not given". */
const NO_DEFAULT =
  /^(?:|unknown|missing|dev|devel|develop|development|local|none|null|undefined|unset|not[-_ ]?set|unspecified|default|dummy|placeholder|latest|head|main|master|snapshot|edge|n\/?a|tbd|-|0|x+|todo|dirty|(?:0\.0\.[01]|v?0\.0\.0)(?:[-+].*)?|dev[-+].*|.*-dev|.*-snapshot)$/i;

/** Commits, dates and numbers have digits: a default without any is none of them. */
const HAS_DIGITS = /(?:SHA|COMMIT|HASH|REVISION|VCS_REF|DATE|TIME|TIMESTAMP|NUMBER|BUILD_ID)$/;

export interface VolatileName {
  readonly name: string;
  /** The ARG, or the ARG or ENV that takes its value over. */
  readonly step: Step;
  /** The RUNs that cost, do not read it and stand before its first use, in order. */
  readonly wasted: readonly Step[];
  /** The first step that may use it; null for none in the stage. */
  readonly user: Step | null;
  /** The first step above them all that uses it and has no key, such as a LABEL: it has to come along; null for none. */
  readonly label: Step | null;
}

/** More of them at once nobody has. */
const MOST_OPEN = 32;

/** True for a build argument of a build's number, commit, date or version. */
function isBuildMetadata(name: string): boolean {
  return ALL_PATTERNS.some((pattern) => matchesName(pattern, name));
}

/** The build metadata that is in the key of RUNs that cost and do not need it. */
export function volatileNames({
  layers: { byStage },
  globals,
}: {
  readonly layers: Pick<Layers, "byStage">;
  readonly globals: GlobalScope;
}): readonly VolatileName[] {
  const on = stagesOn(byStage);
  return byStage.flatMap((steps, index) => {
    const found = inStage(steps, globals).filter(({ wasted }) => wasted.length > 0);
    return found.filter(({ user, name }) => user !== null || !isUsedAbove(index, name, on, byStage));
  });
}

/** By stage: those that are built FROM it directly. */
function stagesOn(byStage: Layers["byStage"]): ReadonlyMap<number, readonly number[]> {
  const on = new Map<number, number[]>();
  for (const [first] of byStage) {
    if (!first) continue;
    for (const base of basesOf(first.stage)) {
      const list = on.get(base.index);
      if (list) list.push(first.stage.index);
      else on.set(base.index, [first.stage.index]);
    }
  }
  return on;
}

/** More steps of other stages are not looked at: some of them may use it. */
const MOST_ABOVE = 200;

/** True when a stage that is built FROM this one, also over others, may use the variable. */
function isUsedAbove(
  index: number,
  name: string,
  on: ReadonlyMap<number, readonly number[]>,
  byStage: Layers["byStage"],
): boolean {
  const open = [...(on.get(index) ?? [])];
  let seen = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const steps = byStage[next] ?? [];
    seen += steps.length;
    if (seen > MOST_ABOVE || steps.some((step) => uses(step, name))) return true;
    open.push(...(on.get(next) ?? []));
  }
  return false;
}

/** True when a step may read the variable. Before any file of the project is there, its own are read by name alone. */
function uses(step: Step, name: string): boolean {
  if (step.kind === "base" || !hasName(step.work.effects.reads.env, name)) return false;
  const isOwn = BUILD_METADATA.some((pattern) => matchesName(pattern, name));
  return !isOwn || mayHaveProject(step) || textOfRun(step).includes(name) || READS_ALL.test(textOfRun(step));
}

/** Commands that show or hand on the whole environment. */
const READS_ALL = /\b(?:env|printenv|envsubst|declare|export|set)\b/;

function textOfRun({ instruction: { args, heredocs } }: Step): string {
  return [args?.text ?? "", ...heredocs.map(({ content }) => content)].join("\n");
}

/** True where something of the project was copied or mounted, or a RUN clones or builds something itself. */
function mayHaveProject({ instruction, state, content, work: { script } }: Step): boolean {
  if (instruction.type !== "Run" || state.exposure > 0 || content.length > 0 || script?.kind !== "commands")
    return true;
  return script.commands.some((command) => {
    const { cost, inputs } = modelOf(command);
    return (cost === 3 && inputs === null) || command.name === "git" || command.path.startsWith(".");
  });
}

interface Open {
  readonly name: string;
  readonly step: Step;
  readonly wasted: Step[];
  user: Step | null;
  label: Step | null;
}

function inStage(steps: readonly Step[], globals: GlobalScope): readonly Open[] {
  const all: Open[] = [];
  let open: Open[] = [];
  /** Names whose value is another each time; what is made of them takes that over. */
  const moving = new Set<string>();
  for (const step of steps) {
    for (const one of open) {
      if (uses(step, one.name)) {
        // In no key itself, it does not have to stand above what is re-run.
        if (step.kind === "metadata" && one.wasted.length === 0) one.label ??= step;
        else one.user = step;
      } else if (step.instruction.type === "Run" && step.work.cost === 3) one.wasted.push(step);
    }
    open = open.filter(({ user }) => user === null);
    for (const name of declaredBy(step, moving, globals)) {
      moving.add(name);
      // Declared twice, the second one tells nothing new.
      if (open.length >= MOST_OPEN || open.some((one) => one.name === name)) continue;
      const one: Open = { name, step, wasted: [], user: null, label: null };
      open.push(one);
      all.push(one);
    }
  }
  return all;
}

function declaredBy(step: Step, moving: ReadonlySet<string>, globals: GlobalScope): readonly string[] {
  const { instruction, triggered } = step;
  if (triggered) return [];
  if (instruction.type !== "Arg" && instruction.type !== "Env") return [];
  const takesOver = ({ value }: Pair): boolean => {
    return value !== null && namesIn(value.text).some((name) => moving.has(name));
  };
  const found = instruction.pairs.filter((pair) => {
    return takesOver(pair) || (instruction.type === "Arg" && isOpen(pair, step, globals));
  });
  return found.map(({ name }) => name.text);
}

/** True for a name of build metadata whose value only a build gives. */
function isOpen({ name: { text: name }, value }: Pair, { state }: Step, { declared }: GlobalScope): boolean {
  if (!isBuildMetadata(name)) return false;
  // Without a default of its own that of the global ARG counts, then what holds already.
  const word = value ?? declared.get(name)?.value ?? null;
  const written = word?.text.replace(/^(["'])(.*)\1$/, "$2") ?? null;
  if (written === null) return entryOf(state.environment, name) === null;
  return NO_DEFAULT.test(written) || (HAS_DIGITS.test(name) && /^[a-z][a-z _.-]*$/i.test(written));
}
