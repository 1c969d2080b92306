/** What `locked` freezes, and who tries to change it all the same. */
import { placeFrom, policyError, quoted, type PolicyError } from "./errors.js";
import type { FileSettings, Layer } from "./layers.js";
import type { PolicyPlace } from "./policy.js";
import { keysReadBy } from "./reads.js";

/** Rules that are locked together with another: who may use an image that cannot be resolved may use any. */
export const LOCKED_WITH: Readonly<Record<string, string>> = { "unresolved-base": "approved-base" };

interface Lock {
  readonly rule: string;
  readonly place: PolicyPlace;
  readonly owner: Layer;
}

/**
 * Attempts to change what another file has locked, wherever the two stand in the chain. A file may set what it
 * locks itself, and so may the files that it extends, since it has seen them; all others may not.
 */
export function lockErrors(layers: readonly Layer[]): PolicyError[] {
  const errors = new Map<string, PolicyError>();
  for (const { rule, place, owner } of allLocks(layers)) {
    for (const layer of layers) {
      if (layer.preset !== null || owner.closure.has(layer)) continue;
      for (const attempt of attempts(layer.settings, rule)) {
        const at = `${attempt.place.file}:${attempt.place.line}:${attempt.place.column}`;
        if (errors.has(at)) continue;
        const reason = attempt.reason + lockedWith(rule, owner);
        const message = `${attempt.what} cannot be set here: ${placeFrom(attempt.place.file, place)} ${reason}`;
        errors.set(at, policyError(attempt.place, message));
      }
    }
  }
  return [...errors.values()];
}

/**
 * The settings of all layers, where presets have lost what is locked by a file that does not extend them: that
 * they are extended beside it is no attempt to change it, and must not.
 */
export function settingsUnderLocks(layers: readonly Layer[]): FileSettings[] {
  const locks = allLocks(layers);
  return layers.map((layer) => {
    if (layer.preset === null) return layer.settings;
    const frozen = locks.filter(({ owner }) => !owner.closure.has(layer)).map(({ rule }) => rule);
    return frozen.length === 0 ? layer.settings : without(layer.settings, new Set(frozen));
  });
}

/** The error of a `--rule` for a locked rule, at the lock; null when no file locks it. */
export function commandLineError(layers: readonly Layer[], rule: string): PolicyError | null {
  const lock = allLocks(layers).find((each) => each.rule === rule);
  if (!lock) return null;
  const reason = lockedWith(rule, lock.owner);
  return policyError(lock.place, `--rule cannot change ${quoted(rule)}: the policy locks it here${reason}`);
}

function allLocks(layers: readonly Layer[]): Lock[] {
  return layers.flatMap((owner) => [...(owner.settings.locked ?? [])].map(([rule, place]) => ({ rule, place, owner })));
}

/** Says with which rule this one is locked, when the file does not name it itself. */
function lockedWith(rule: string, owner: Layer): string {
  const other = LOCKED_WITH[rule];
  const { locked } = owner.settings;
  const isImplied = other !== undefined && locked?.get(rule) === locked?.get(other);
  return isImplied ? ` (with ${quoted(other)})` : "";
}

interface Attempt {
  readonly place: PolicyPlace;
  readonly what: string;
  readonly reason: string;
}

/** Where a file sets `rule`, a key that it reads, or an exemption from it, in its overrides too. */
function attempts(settings: FileSettings, rule: string): Attempt[] {
  const found: Attempt[] = [];
  for (const { origins } of [settings, ...(settings.overrides ?? []).map((override) => override.settings)]) {
    const own = origins.get(`rules/${rule}`);
    if (typeof own === "object") found.push({ place: own, what: quoted(rule), reason: "locks this rule" });
    for (const key of keysReadBy(rule)) {
      const place = origins.get(key);
      if (typeof place !== "object") continue;
      found.push({ place, what: quoted(key.replace("/", ".")), reason: `locks ${quoted(rule)}, which reads it` });
    }
  }
  for (const exemption of settings.exemptions ?? []) {
    if (exemption.rule !== rule) continue;
    found.push({ place: exemption.place, what: `an exemption from ${quoted(rule)}`, reason: "locks this rule" });
  }
  return found;
}

function without(settings: FileSettings, frozen: ReadonlySet<string>): FileSettings {
  const { pinning, ...rest } = settings;
  const keepsPinning = ![...frozen].some((rule) => keysReadBy(rule).includes("pinning"));
  const isFrozen = (key: string): boolean => frozen.has(key.replace(/^rules\//, ""));
  return {
    ...rest,
    ...(pinning && keepsPinning && { pinning }),
    rules: new Map([...(settings.rules ?? [])].filter(([name]) => !frozen.has(name))),
    origins: new Map([...settings.origins].filter(([key]) => !isFrozen(key) && (keepsPinning || key !== "pinning"))),
  };
}
