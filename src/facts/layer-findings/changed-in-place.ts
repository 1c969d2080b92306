/** What changes a copied file where it lies: were it mounted instead, that would fail, as a bind mount is read-only. */
import { pathSet, sharedPath } from "../effects/paths.js";
import type { Layers } from "../layers/layers.js";
import type { Command } from "../shell/command.js";
import { modelCommand } from "../shell/commands/commands.js";
import type { CopiedAndDeleted } from "./copied-and-deleted.js";

export interface ChangedInPlace {
  /** `sed`, `chmod`. */
  readonly command: string;
  /** What runs the file without its execute bit, where the mode or the owner is all that changes; else null. */
  readonly shell: string | null;
}

const NO_PLACES = { programs: [], home: null };

const MODES = /^(?:chmod|chown|chgrp)$/;
const CHANGES = /^(?:chmod|chown|chgrp|mv|sed|tee|touch|truncate)$/;

/** By the end of a script's name. */
const SHELLS: ReadonlyMap<string, string> = new Map([
  ["sh", "sh"],
  ["bash", "bash"],
  ["py", "python3"],
]);

/** The first change between the COPY, which may set a mode as well, and the `rm`; null where none is known. */
export function changedInPlace(found: CopiedAndDeleted, { steps }: Layers): ChangedInPlace | null {
  const { copy, step, command: removal, source, place } = found;
  const gone = pathSet([place]);
  const isChange = (command: Command): boolean =>
    mayChange(command) && sharedPath(modelCommand(command, NO_PLACES).effects.writes.paths, gone) !== null;
  const changes = steps.slice(copy.step.index + 1, step.index + 1).flatMap((between) => {
    const { script } = between.work;
    if (script?.kind !== "commands" || (between.stage !== step.stage && between.stage !== copy.step.stage)) return [];
    const { commands } = script;
    return (between === step ? commands.slice(0, commands.indexOf(removal)) : commands).filter(isChange);
  });
  const other = changes.find(({ name }) => !MODES.test(name));
  if (other) return { command: other.name, shell: null };
  const shell = SHELLS.get(/\.(\w+)$/.exec(source)?.[1] ?? "") ?? null;
  if (changes[0]) return { command: changes[0].name, shell };
  const hasMode = copy.step.instruction.flags.some(({ name }) => name === "chmod");
  return hasMode && shell !== null ? { command: "chmod", shell } : null;
}

function mayChange({ name, args }: Command): boolean {
  return CHANGES.test(name) && (name !== "sed" || args.some(({ prefix }) => /^-[nErsuz]*i|^--in-place/.test(prefix)));
}
