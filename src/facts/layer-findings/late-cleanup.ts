/** Removals that come a layer too late. */
import { ALL_PATHS, coversPaths, NO_PATHS, pathSet, sharedPath, unitePaths, type PathSet } from "../effects/paths.js";
import type { Command } from "../shell/command.js";
import { commandLine } from "../shell/command-line.js";
import { packageUse } from "../shell/commands/system-packages.js";
import { pathOf } from "../shell/commands/model.js";
import { above } from "../layers/above.js";
import type { Layers } from "../layers/layers.js";
import { madeBy, type Made } from "./made.js";
import { mountedPaths } from "../layers/mounts-of.js";
import { removedBy, removes, type Removal } from "./removed.js";
import { modelOf } from "./unknown-commands.js";
import type { Step } from "../layers/step.js";

export interface LateCleanup {
  readonly step: Step;
  readonly removal: Removal;
  /** The step in whose layer the thing stays. */
  readonly maker: Step;
  readonly made: Made;
  /** True when the RUN does nothing but remove. */
  readonly only: boolean;
  /** True when the RUN itself, or one between the two, may need the thing before it goes. */
  readonly needed: boolean;
}

/** What a step leaves and what it takes away. */
interface Traces {
  readonly made: readonly Made[];
  readonly removed: readonly Removal[];
  /** Where `mv` took something away. */
  readonly moved: PathSet;
}

/** In the exported chain; of each command the first thing that counts. */
export function lateCleanups({ steps }: Pick<Layers, "steps">): readonly LateCleanup[] {
  const known = new Map<Step, Traces>();
  const tracesOf = (step: Step): Traces => {
    const traces = known.get(step) ?? { made: madeBy(step), removed: removalsOf(step), moved: movedBy(step) };
    known.set(step, traces);
    return traces;
  };
  return steps.flatMap((step) => {
    if (!step.stage.exported || step.triggered || step.instruction.type !== "Run") return [];
    const found: LateCleanup[] = [];
    const seen = new Set<unknown>();
    const removals = removalsOf(step);
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
      found.push({ step, removal, ...late, only, needed: isNeeded(late, step, removal) });
    }
    return found;
  });
}

function earlier(step: Step, removal: Removal, tracesOf: (step: Step) => Traces): { maker: Step; made: Made } | null {
  let gone = tracesOf(step).moved;
  for (const maker of above(step)) {
    const { made, removed, moved } = tracesOf(maker);
    const isThere = (what: string): boolean => !what.startsWith("/") || !coversPaths(gone, pathSet([what]));
    const found = maker.triggered ? undefined : made.find(({ what }) => removes(removal, what) && isThere(what));
    if (found) return { maker, made: found };
    // Who removed it before was told so.
    if (removed.some((one) => isSame(one, removal))) return null;
    gone = unitePaths([gone, moved]);
  }
  return null;
}

/** True when a RUN behind the maker reads the path, as far as that is known of its commands. */
function isNeeded({ maker, made: { what } }: { maker: Step; made: Made }, last: Step, { command }: Removal): boolean {
  const between = [last, ...above(last)].filter(({ index }) => index > maker.index);
  // A cache nobody needs, a package whatever runs before it is removed.
  if (!what.startsWith("/")) {
    return !what.endsWith(" cache") && between.some((one) => (one === last ? works(one, command) : one.work.script));
  }
  const index = INDEXES.get(what);
  if (index !== undefined) return between.some((one) => installsFrom(index, one));
  const place = pathSet([what]);
  return between.some((one) => sharedPath(readBy(one), place) !== null);
}

/** What the commands of a RUN are about, but for those that remove; worked out once for a step. */
const READ = new WeakMap<Step, PathSet>();

function readBy(step: Step): PathSet {
  let read = READ.get(step);
  if (!read) {
    const { script } = step.work;
    const commands = script?.kind === "commands" ? script.commands : [];
    const inputs = commands.flatMap((one) => (/^(?:rm|rmdir)$/.test(one.name) ? [] : [modelOf(one).inputs]));
    read = inputs.includes(null) ? ALL_PATHS : pathSet(inputs.flatMap((paths) => paths ?? []));
    READ.set(step, read);
  }
  return read;
}

/** True when a RUN does something besides before it removes. */
function works({ work: { script } }: Step, removal: Command): boolean {
  const commands = script?.kind === "commands" ? script.commands : [];
  return commands.slice(0, commands.indexOf(removal)).some((one) => !/^(?:rm|set|cd|echo)$/.test(one.name));
}

/** The indexes by their paths, as `madeBy` names them. */
const INDEXES: ReadonlyMap<string, string> = new Map([
  ["/var/lib/apt/lists/index", "apt"],
  ["/var/cache/apk/index", "apk"],
]);

/** True for a RUN that installs packages with the index of an earlier one. */
function installsFrom(manager: string, { work: { script } }: Step): boolean {
  const commands = script?.kind === "commands" ? script.commands : [];
  const uses = commands.flatMap((command) => packageUse(command) ?? []).filter((use) => use.manager.name === manager);
  return (
    !uses.some(({ kind }) => kind === "update") && uses.some(({ kind, ownIndex }) => kind === "install" && !ownIndex)
  );
}

/** What `mv` takes from its place: then it is not what a later `rm` removes there. */
function movedBy({ work: { script } }: Step): PathSet {
  if (script?.kind !== "commands") return NO_PATHS;
  const words = script.commands.flatMap((command) => {
    const operands = command.name === "mv" ? commandLine(command, MV).operands : [];
    return operands.slice(0, -1).flatMap((word) => (word.pattern ? [] : (pathOf(word, command.cwd) ?? [])));
  });
  return pathSet(words.slice(0, MOST_REMOVALS));
}

const MV: ReadonlySet<string> = new Set(["-t", "--target-directory", "-S", "--suffix"]);

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
