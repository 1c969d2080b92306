/** Removals that come a layer too late. */
import { pathSet, sharedPath } from "../effects/paths.js";
import { above } from "../layers/above.js";
import type { Layers } from "../layers/layers.js";
import { madeBy, type Made } from "./made.js";
import { mountedPaths } from "../layers/mounts-of.js";
import { removedBy, removes, type Removal } from "./removed.js";
import type { Step } from "../layers/step.js";

export interface LateCleanup {
  readonly step: Step;
  readonly removal: Removal;
  /** The step in whose layer the thing stays. */
  readonly maker: Step;
  readonly made: Made;
  /** True when the RUN does nothing but remove. */
  readonly only: boolean;
}

/** What a step leaves and what it takes away. */
interface Traces {
  readonly made: readonly Made[];
  readonly removed: readonly Removal[];
}

/** In the exported chain; of each command the first thing that counts. */
export function lateCleanups({ steps }: Pick<Layers, "steps">): readonly LateCleanup[] {
  const known = new Map<Step, Traces>();
  const tracesOf = (step: Step): Traces => {
    const traces = known.get(step) ?? { made: madeBy(step), removed: removalsOf(step) };
    known.set(step, traces);
    return traces;
  };
  return steps.flatMap((step) => {
    if (!step.stage.exported || step.triggered || step.instruction.type !== "Run") return [];
    const found: LateCleanup[] = [];
    const seen = new Set<unknown>();
    const removals = tracesOf(step).removed;
    if (removals.length === 0) return [];
    const own = ownThings(step);
    for (const removal of removals) {
      if (seen.has(removal.command) || own.some((what) => removes(removal, what))) continue;
      const late = earlier(step, removal, tracesOf);
      if (!late) continue;
      seen.add(removal.command);
      const { script } = step.work;
      const removing = new Set(removals.map(({ command }) => command));
      const only = script?.kind === "commands" && script.complete && script.commands.every((one) => removing.has(one));
      found.push({ step, removal, ...late, only });
    }
    return found;
  });
}

function earlier(step: Step, removal: Removal, tracesOf: (step: Step) => Traces): { maker: Step; made: Made } | null {
  for (const maker of above(step)) {
    const { made, removed } = tracesOf(maker);
    const found = maker.triggered ? undefined : made.find(({ what }) => removes(removal, what));
    if (found) return { maker, made: found };
    // Who removed it before was told so.
    if (removed.some((one) => isSame(one, removal))) return null;
  }
  return null;
}

function isSame(one: Removal, other: Removal): boolean {
  return one.thing === other.thing && one.pattern === other.pattern && one.path === other.path;
}

/** What the RUN makes itself: then it cleans up after itself. */
function ownThings(step: Step): readonly string[] {
  return madeBy(step, false).map(({ what }) => what);
}

/** More operands of rm nobody reads. */
const MOST_REMOVALS = 64;

/** What the RUN removes from layers, not from mounts. */
function removalsOf(step: Step): readonly Removal[] {
  const mounted = mountedPaths(step);
  const isOutside = ({ path }: Removal): boolean => path === null || sharedPath(pathSet([path]), mounted) === null;
  return removedBy(step).slice(0, MOST_REMOVALS).filter(isOutside);
}
