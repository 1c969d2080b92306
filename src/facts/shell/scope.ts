/** What a shell knows while a script is read: its folder and its variables. */

/** A value that only the build knows is null; a variable that is not there at all is undefined. */
export type Lookup = (name: string) => string | null | undefined;

export interface Scope {
  /** Absolute; null when it depends on the build. */
  cwd: string | null;
  /** True under `set -e`. */
  errexit: boolean;
  readonly lookup: Lookup;
  readonly set: (name: string, value: string | null) => void;
  /** The names set here, not in what it stands in. */
  readonly changed: () => Iterable<string>;
  readonly functions: Set<string>;
}

/** A shell of its own: what it sets is not seen outside. `outer` is the environment or another scope. */
export function childScope(outer: Pick<Scope, "cwd" | "errexit" | "lookup" | "functions">): Scope {
  const own = new Map<string, string | null>();
  return {
    cwd: outer.cwd,
    errexit: outer.errexit,
    lookup: (name) => (own.has(name) ? own.get(name) : outer.lookup(name)),
    set: (name, value) => void own.set(name, value),
    changed: () => own.keys(),
    functions: outer.functions,
  };
}

/** Takes over from a part that may not have run: what it changed is no longer known. */
export function mergeBranch(scope: Scope, branch: Scope): void {
  for (const name of branch.changed()) scope.set(name, null);
  if (branch.cwd !== scope.cwd) scope.cwd = null;
  if (branch.errexit !== scope.errexit) scope.errexit = false;
}
