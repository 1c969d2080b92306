/** Installs that stand below the project's source and read nothing of it. */
import { ALL_PATHS, NO_PATHS, pathSet, sharedPath, unitePaths, type PathSet } from "../effects/paths.js";
import type { Command } from "../shell/command.js";
import { builtStages } from "../layers/built.js";
import type { Layers } from "../layers/layers.js";
import { outsideInstalls } from "./outside-installs.js";
import type { Rerun } from "../layers/rerun.js";
import type { Step } from "../layers/step.js";
import { canSwap } from "../layers/swap.js";
import { endingOf } from "../endings.js";
import { CODE } from "./source-copies.js";
import { isUnknownCommand, modelOf } from "./unknown-commands.js";

export interface LateInstall {
  readonly step: Step;
  /** The COPY or ADD whose content re-runs it, and above which it has to stand. */
  readonly cause: Step;
  readonly commands: readonly Command[];
}

/** What package managers look at that a COPY may bring: sources, keys, settings, proxies. */
const PACKAGE_SETTINGS = pathSet([
  ...["apt", "apk", "dnf", "yum", "yum.conf", "yum.repos.d", "zypp", "pki", "ssl", "pip.conf", "npmrc"].map(
    (name) => `/etc/${name}`,
  ),
  ...["/usr/share/keyrings", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates", "/root"],
]);

/** The installs of system packages and global tools that every change of the source re-runs for nothing. */
export function lateInstalls({
  steps,
  byStage,
  rerunBy,
}: Pick<Layers, "steps" | "byStage" | "rerunBy">): readonly LateInstall[] {
  if (!steps.some((step) => outsideInstalls(step).length > 0)) return [];
  const built = builtStages(
    byStage.flatMap(([first]) => first?.stage ?? []),
    byStage,
  );
  const reruns = new Map(rerunBy({ kind: "source" }).map((rerun) => [rerun.step, rerun]));
  const moved = new Map<Step, Moved>();
  return steps.flatMap((step) => {
    const below = (step.parent && moved.get(step.parent)) ?? NOT_MOVED;
    const rerun = reruns.get(step);
    // A FROM hands on what the stage that it names has done.
    moved.set(step, rerun && step.kind !== "base" ? movedBy(step, below) : below);
    const late = rerun && built.has(step.stage) ? lateInstall(rerun, below) : null;
    return late ? { ...late, cause: firstCause(late, steps, reruns) } : [];
  });
}

/** Steps that are looked at above an install. */
const MOST_ABOVE = 200;

/**
 * Of the copies in its stage that re-run an install the first that brings code: put above the last one alone, the
 * others still would. Where it is known to be able to move above some that do, the first of those.
 */
function firstCause({ step, cause }: LateInstall, steps: readonly Step[], reruns: ReadonlyMap<Step, Rerun>): Step {
  let code: Step | null = null;
  let movable: Step | null = null;
  let gains = false;
  let isMovable = true;
  for (let index = step.index - 1; index >= Math.max(0, step.index - MOST_ABOVE); index--) {
    const other = steps[index];
    if (other?.stage !== step.stage || other.kind === "base") break;
    isMovable &&= canSwap(other, step).ok;
    const why = reruns.get(other)?.why;
    if (!other.copied || other.triggered || (why !== "own" && why !== "content")) continue;
    const bringsCode = other.copied.sources.some((source) => source === null || isCode(source));
    if (bringsCode) code = other;
    if (isMovable) [movable, gains] = [other, gains || bringsCode];
  }
  return movable && (gains || !code) ? movable : (code ?? cause);
}

/** True for a folder and for a file of code. */
function isCode(source: string): boolean {
  const name = source.slice(source.lastIndexOf("/") + 1);
  return CODE.has(endingOf(name)) || !/[^.].*\./.test(name);
}

/** What the steps that a change of the source re-runs have done so far. */
interface Moved {
  /** Where COPY and ADD have put something. */
  readonly brought: PathSet;
  /** True behind a RUN that may have set up what a later install looks at. */
  readonly unclear: boolean;
}

const NOT_MOVED: Moved = { brought: NO_PATHS, unclear: false };

function movedBy(step: Step, { brought, unclear }: Moved): Moved {
  if (step.work.script !== null) return { brought, unclear: unclear || isUnclear(step) };
  if (!step.copied) return { brought, unclear };
  const { destination } = step.copied;
  return { brought: unitePaths([brought, destination === null ? ALL_PATHS : pathSet([destination])]), unclear };
}

function lateInstall({ step, cause, why }: Rerun, { brought, unclear }: Moved): LateInstall | null {
  const { script, cost } = step.work;
  if (why !== "parent" || unclear || cost < 3 || step.triggered || script?.kind !== "commands" || !script.complete) {
    return null;
  }
  const commands = outsideInstalls(step);
  if (commands.length === 0 || cause.copied === null || cause.triggered) return null;
  if (sharedPath(brought, PACKAGE_SETTINGS) !== null) return null;
  const installing = new Set(commands);
  const reads = script.commands.some((command) => readsAny(command, installing.has(command), brought));
  return reads ? null : { step, cause, commands };
}

function isUnclear({ work: { script } }: Step): boolean {
  return script?.kind !== "commands" || !script.complete || script.commands.some(isUnknownCommand);
}

/** Of an install its operands count; what its tool may look at besides is settings, not source. */
function readsAny(command: Command, isInstall: boolean, source: PathSet): boolean {
  const { inputs, effects } = modelOf(command);
  if (isInstall) return inputs === null || sharedPath(pathSet(inputs), source) !== null;
  return [effects.reads, effects.writes].some(({ paths }) => sharedPath(paths, source) !== null);
}
