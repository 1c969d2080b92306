/** The lock file of a file, for a host that may live for days. */
import { resolve } from "node:path";
import { lockFileOf } from "../lock/find.js";
import { loadLock, type LoadedLock } from "../lock/load.js";
import type { Policy } from "../policy/policy.js";
import { stateOf } from "./policies.js";

/** Locks by their path; one that is broken is read again each time. */
const known = new Map<string, { readonly loaded: LoadedLock; readonly state: string }>();

/** The lock that holds for a Dockerfile (absolute path, or a name for text without a place); null where there is none. */
export function lockFor(dockerfile: string, policy: Policy): LoadedLock | null {
  const file = lockFileOf(dockerfile, [policy], resolve("."));
  const state = stateOf([file]);
  if (state === "") return null;
  const before = known.get(file);
  if (before?.state === state) return before.loaded;
  const loaded = loadLock(file);
  if (loaded.errors === null) known.set(file, { loaded, state });
  else known.delete(file);
  return loaded;
}
