/** What a lock file is to become: its entries, the images in use, and what registries answered. */
import type { CatalogImage } from "../catalog.js";
import type { Lock, LockedImage } from "../facts/locked.js";
import type { Reference } from "../facts/reference.js";
import type { Answer } from "../registry/registry.js";
import { lockOf } from "./load.js";
import type { LockEntries } from "./text.js";

/** An image that Dockerfiles use. */
export interface Wanted {
  readonly reference: Reference & { readonly tag: string };
  readonly image: CatalogImage | null;
  /** Where it is used: `app/Dockerfile:3`. */
  readonly places: readonly string[];
  /** The digests that are written there, each with its place. */
  readonly written: readonly { readonly digest: string; readonly place: string }[];
}

/** By the names of the lock file. */
export type WantedImages = ReadonlyMap<string, Wanted>;

/**
 * - `added`: was not in the lock file
 * - `moved`: the tag is another image now
 * - `tagged`: the same image, for which an exact tag was found
 * - `dropped`: no Dockerfile uses it
 * - `missing`, `unused`: the same two as `--check` finds them
 * - `differs`: a Dockerfile has another digest written
 * - `gone`: the registry has it no more
 * - `failed`: the registry did not say
 */
export type ChangeKind =
  "added" | "moved" | "tagged" | "dropped" | "missing" | "unused" | "differs" | "gone" | "failed";

export interface LockChange {
  readonly kind: ChangeKind;
  readonly name: string;
  readonly from: LockedImage | null;
  readonly to: LockedImage | null;
  /** Why, for `gone` and `failed`, as a clause; the place for `differs`; else null. */
  readonly why: string | null;
}

/** `null` asks for nothing that is there, `"all"` for everything, a predicate for the names that it takes. */
export type Update = "all" | ((name: string) => boolean) | null;

/** The images that the registry has to be asked for. */
export function toAsk(entries: LockEntries, wanted: WantedImages, update: Update): WantedImages {
  const lock = lockOf(entries);
  return new Map(
    [...wanted].filter(([name, { reference }]) => isUpdated(name, update) || lock.find(reference) === null),
  );
}

/**
 * The changes, and the entries after them; null where an answer is lacking: then nothing may be written.
 *
 * @param answers for what `toAsk` named
 * @param drop whether entries that nobody uses go
 */
export function planLock(
  entries: LockEntries,
  wanted: WantedImages,
  answers: ReadonlyMap<string, Answer<LockedImage>>,
  drop: boolean,
): { readonly changes: readonly LockChange[]; readonly next: LockEntries | null } {
  const lock = lockOf(entries);
  const changes: LockChange[] = [];
  const next = new Map(drop ? [] : entries);
  for (const [name, { reference }] of wanted) {
    const from = entries.get(name) ?? null;
    const answer = answers.get(name) ?? known(lock, reference);
    if (answer.status !== "found") {
      changes.push(failure(name, from, answer));
      continue;
    }
    const to = from?.digest === answer.value.digest && from.exactTag !== null ? from : answer.value;
    next.set(name, to);
    const kind =
      from === null ? "added" : from.digest !== to.digest ? "moved" : from.exactTag !== to.exactTag ? "tagged" : null;
    if (kind !== null) changes.push({ kind, name, from, to, why: null });
  }
  for (const [name, from] of entries) {
    if (!next.has(name) && !wanted.has(name)) changes.push({ kind: "dropped", name, from, to: null, why: null });
  }
  const isWhole = changes.every(({ kind }) => kind !== "failed" && kind !== "gone");
  return { changes: sorted(changes), next: isWhole ? next : null };
}

/** What `--check` finds; `answers` holds what every wanted image is now. `whole`: whether all Dockerfiles were read. */
export function checkLock(
  entries: LockEntries,
  wanted: WantedImages,
  answers: ReadonlyMap<string, Answer<{ readonly digest: string }>>,
  whole: boolean,
): readonly LockChange[] {
  const lock = lockOf(entries);
  const found: LockChange[] = [];
  for (const [name, { reference, written }] of wanted) {
    const from = lock.find(reference);
    const answer = answers.get(name) ?? { status: "unknown", reason: "nobody asked" };
    const to = answer.status === "found" ? { digest: answer.value.digest, exactTag: null } : null;
    if (from === null) found.push({ kind: "missing", name, from, to, why: null });
    if (answer.status !== "found") found.push(failure(name, from, answer));
    if (from === null) continue;
    if (to !== null && to.digest !== from.digest) found.push({ kind: "moved", name, from, to, why: null });
    for (const { digest, place } of written) {
      if (digest === from.digest) continue;
      found.push({ kind: "differs", name, from, to: { digest, exactTag: null }, why: place });
    }
  }
  for (const [name, from] of whole ? entries : []) {
    if (!wanted.has(name)) found.push({ kind: "unused", name, from, to: null, why: null });
  }
  return sorted(found);
}

/** An exact tag that the lock has behind another one need not be asked for. */
function known(lock: Lock, reference: Reference): Answer<LockedImage> {
  const found = lock.find(reference);
  return found ? { status: "found", value: found } : { status: "unknown", reason: "nobody asked" };
}

function isUpdated(name: string, update: Update): boolean {
  return update === "all" || (update?.(name) ?? false);
}

function failure(
  name: string,
  from: LockedImage | null,
  answer: Exclude<Answer<never>, { status: "found" }>,
): LockChange {
  if (answer.status === "unknown") return { kind: "failed", name, from, to: null, why: answer.reason };
  return { kind: "gone", name, from, to: null, why: `its registry has no such ${answer.what}` };
}

function sorted(changes: readonly LockChange[]): readonly LockChange[] {
  return changes.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
