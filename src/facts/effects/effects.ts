/** What a step or a command does to the image and its state, as far as order is concerned. */
import { ALL_NAMES, NO_NAMES, sharedName, uniteNames, type NameSet } from "./names.js";
import { ALL_PATHS, NO_PATHS, sharedPath, unitePaths, type PathSet } from "./paths.js";

/** What one Dockerfile instruction can set for those behind it, besides files and variables. */
export type Setting = "user" | "workdir" | "shell" | "metadata";

export interface Access {
  readonly paths: PathSet;
  readonly env: NameSet;
  readonly settings: readonly Setting[];
}

export interface Effects {
  readonly reads: Access;
  readonly writes: Access;
}

export const NOTHING: Access = { paths: NO_PATHS, env: NO_NAMES, settings: [] };

/** An unknown command: it may read and change any file and read any variable; it cannot set one for later steps. */
export const UNKNOWN_EFFECTS: Effects = {
  reads: { paths: ALL_PATHS, env: ALL_NAMES, settings: ["user", "workdir"] },
  writes: { ...NOTHING, paths: ALL_PATHS },
};

export function uniteEffects(effects: readonly Effects[]): Effects {
  const [first] = effects;
  if (first && effects.length === 1) return first;
  return {
    reads: uniteAccess(effects.map(({ reads }) => reads)),
    writes: uniteAccess(effects.map(({ writes }) => writes)),
  };
}

/** Why two accesses, one of which writes, must stay in order. */
export interface Conflict {
  readonly kind: "path" | "env" | Setting;
  /** The path or the variable, `*` for any; the setting itself. */
  readonly what: string;
}

/** What `writes` changes of what `other` reads or writes; null when nothing. */
export function conflictOf(writes: Access, other: Access): Conflict | null {
  const path = sharedPath(writes.paths, other.paths);
  if (path !== null) return { kind: "path", what: path };
  const name = sharedName(writes.env, other.env);
  if (name !== null) return { kind: "env", what: name };
  const setting = writes.settings.find((one) => other.settings.includes(one));
  return setting === undefined ? null : { kind: setting, what: setting };
}

function uniteAccess(all: readonly Access[]): Access {
  return {
    paths: unitePaths(all.map(({ paths }) => paths)),
    env: uniteNames(all.map(({ env }) => env)),
    settings: uniteSettings(all.map(({ settings }) => settings)),
  };
}

function uniteSettings(all: readonly Access["settings"][]): Access["settings"] {
  // Most set nothing, or share the few lists of the model.
  const [one = NOTHING.settings, ...others] = new Set(all.filter(({ length }) => length > 0));
  return others.length === 0 ? one : [...new Set([...one, ...others.flat()])];
}
