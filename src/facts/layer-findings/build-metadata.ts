/** Build arguments that say which build this is: another value each time. */
import type { Pair } from "../../syntax/nodes.js";
import { hasName, matchesName } from "../effects/names.js";
import type { GlobalScope } from "../scopes.js";
import { BUILD_METADATA } from "../shell/commands/variables.js";
import { entryOf } from "../layers/environment.js";
import type { Layers } from "../layers/layers.js";
import { namesIn } from "../layers/state.js";
import type { Step } from "../layers/step.js";

/** Further names; setup scripts do read some of these, so no proof rests on them. */
const MORE_NAMES = [
  ...["VERSION", "APP_VERSION", "IMAGE_VERSION", "BUILD_VERSION", "RELEASE_VERSION", "PACKAGE_VERSION", "SEMVER"],
  ...["SHA", "SHORT_SHA", "COMMIT_ID", "COMMIT_DATE", "COMMIT_TIME", "GITHUB_REF_NAME", "VCS_COMMIT", "GIT_DESCRIBE"],
  ...[
    "DATE",
    "BUILDDATE",
    "BUILD_COMMIT",
    "BUILD_REVISION",
    "BUILD_REF",
    "BUILD_VCS_REF",
    "TIMESTAMP",
    "CACHEBUST",
    "CACHE_BUST",
  ],
];

/** Defaults that stand for "not given". */
const NO_DEFAULT =
  /^(?:|unknown|dev|devel|develop|development|local|none|null|undefined|unset|unspecified|latest|head|main|master|snapshot|edge|n\/?a|tbd|-|0|x+|todo|dirty|(?:0\.0\.[01]|v?0\.0\.0)(?:[-+].*)?|dev[-+].*|.*-dev|.*-snapshot)$/i;

export interface VolatileName {
  readonly name: string;
  /** The ARG, or the ARG or ENV that takes its value over. */
  readonly step: Step;
  /** The RUNs that cost, do not read it and stand before its first use, in order. */
  readonly wasted: readonly Step[];
  /** The first step that may use it; null for none in the stage. */
  readonly user: Step | null;
}

/** More of them at once nobody has. */
const MOST_OPEN = 32;

/** True for a build argument of a build's number, commit, date or version. */
function isBuildMetadata(name: string): boolean {
  return [...BUILD_METADATA, ...MORE_NAMES].some((pattern) => matchesName(pattern, name));
}

/** The build metadata that is in the key of RUNs that cost and do not need it. */
export function volatileNames({
  layers: { byStage },
  globals,
}: {
  readonly layers: Pick<Layers, "byStage">;
  readonly globals: GlobalScope;
}): readonly VolatileName[] {
  const bases = new Set(byStage.map(([first]) => first?.stage.base));
  return byStage.flatMap((steps) => {
    const found = inStage(steps, globals);
    const isBase = bases.has(steps[0]?.stage);
    return found.filter(({ user, wasted }) => wasted.length > 0 && (user !== null || !isBase));
  });
}

interface Open {
  readonly name: string;
  readonly step: Step;
  readonly wasted: Step[];
  user: Step | null;
}

function inStage(steps: readonly Step[], globals: GlobalScope): readonly Open[] {
  const all: Open[] = [];
  let open: Open[] = [];
  /** Names whose value is another each time; what is made of them takes that over. */
  const moving = new Set<string>();
  for (const step of steps) {
    for (const one of open) {
      if (hasName(step.work.effects.reads.env, one.name)) one.user = step;
      else if (step.instruction.type === "Run" && step.work.cost === 3) one.wasted.push(step);
    }
    open = open.filter(({ user }) => user === null);
    for (const name of declaredBy(step, moving, globals)) {
      moving.add(name);
      // Declared twice, the second one tells nothing new.
      if (open.length >= MOST_OPEN || open.some((one) => one.name === name)) continue;
      const one: Open = { name, step, wasted: [], user: null };
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
  return written === null ? entryOf(state.environment, name) === null : NO_DEFAULT.test(written);
}
