/** Packages that one RUN installs from an index that another one fetched. */
import { pathSet, sharedPath } from "../effects/paths.js";
import type { Command } from "../shell/command.js";
import { packageUse, type PackageUse } from "../shell/commands/system-packages.js";
import { isPosixShell } from "../shell/dialect.js";
import type { Layers } from "../layers/layers.js";
import { mountedPaths } from "../layers/mounts-of.js";
import { removedBy, removes } from "./removed.js";
import type { Step } from "../layers/step.js";
import { isUnknownCommand } from "./unknown-commands.js";

/** Where managers that do not fetch it with each install keep it. */
const INDEX: ReadonlyMap<string, string> = new Map([
  ["apt", "/var/lib/apt/lists"],
  ["apk", "/var/cache/apk"],
]);

export interface SplitIndex {
  /** The RUN that fetched it, and the command. */
  readonly update: Step;
  readonly updating: Command;
  /** True when that RUN does nothing else. */
  readonly alone: boolean;
  readonly install: Step;
  readonly installing: Command;
}

interface Fetched {
  readonly step: Step;
  readonly command: Command;
  readonly alone: boolean;
}

type Index = ReadonlyMap<string, Fetched>;

/** The first install of each RUN from an index of an earlier one, in the same stage or those it is built FROM. */
export function splitIndexes({ byStage }: Pick<Layers, "byStage">): readonly SplitIndex[] {
  const found: SplitIndex[] = [];
  const ends: Index[] = [];
  for (const steps of byStage) {
    const base = steps[0]?.stage.base;
    let index: Index = (base && ends[base.index]) ?? new Map();
    for (const step of steps) {
      const read = step.instruction.type === "Run" ? readRun(step, index) : null;
      if (!read) continue;
      if (read.split) found.push(read.split);
      index = read.index;
    }
    ends.push(index);
  }
  return found;
}

function readRun(step: Step, index: Index): { index: Index; split: SplitIndex | null } | null {
  const { script } = step.work;
  if (script?.kind !== "commands") return null;
  if (index.size === 0 && !script.commands.some((one) => packageUse(one)?.kind === "update")) return null;
  const own = new Map<string, Fetched>();
  let split: SplitIndex | null = null;
  let unclear = !script.complete;
  const alone = script.complete && script.commands.every((one) => packageUse(one)?.kind === "update");
  const mounted = mountedPaths(step);
  for (const command of script.commands) {
    unclear ||= isUnknownCommand(command);
    const use = packageUse(command);
    const place = INDEX.get(use?.manager.name ?? "");
    if (!use || place === undefined || sharedPath(mounted, pathSet([place])) !== null) continue;
    const { name } = use.manager;
    if (use.kind === "update") own.set(name, { step, command, alone });
    const earlier = index.get(name);
    if (use.kind !== "install" || use.ownIndex || unclear || !earlier || own.has(name) || isLocal(use)) continue;
    const { step: update, command: updating } = earlier;
    split ??= { update, updating, alone: earlier.alone, install: step, installing: command };
  }
  // Who knows what a script does to the index; and in the RUN that fetched it, so might any program.
  if (!script.complete || script.commands.some(isScript)) return { index: new Map(), split };
  const left = new Map([...index, ...(unclear ? [] : own)]);
  for (const removal of removedBy(step)) {
    for (const [name, place] of INDEX) if (removes(removal, `${place}/index`)) left.delete(name);
  }
  return { index: left, split };
}

/** Packages that are files: of the index they need at most what they depend on. */
function isLocal({ packages }: PackageUse): boolean {
  return (
    packages.length > 0 && packages.every((name) => name?.includes("/") === true || name?.endsWith(".deb") === true)
  );
}

/** `curl … | bash -`, `./setup.sh`, `install-packages`, `add-apt-repository`. */
function isScript(command: Command): boolean {
  const { name, path } = command;
  const isNamedSo =
    isPosixShell(name) || /apt|apk|install|setup/.test(name) || /^\.|^\/(?!(?:usr\/)?s?bin\/)/.test(path);
  return isNamedSo && isUnknownCommand(command);
}
