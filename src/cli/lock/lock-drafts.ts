/** Lock files on their way from what they hold to what they are to hold. */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { lockName, type LockedImage } from "../../facts/locked.js";
import { parseReference, type Reference } from "../../facts/reference.js";
import { isInside } from "../../lock/find.js";
import { loadLock } from "../../lock/load.js";
import {
  checkLock,
  planLock,
  toAsk,
  type LockChange,
  type Update,
  type Wanted,
  type WantedImages,
} from "../../lock/plan.js";
import { resolveImage } from "../../lock/resolve.js";
import { formatLock, type LockEntries } from "../../lock/text.js";
import type { Answer, RegistryClient } from "../../registry/registry.js";
import { relativePath } from "../../report/path.js";
import { nearest } from "../../spelling.js";
import type { Arguments } from "../arguments/arguments.js";
import type { LockUses } from "./lock-uses.js";
import { isThere, lockErrorLine } from "./locks.js";
import { reasonOf } from "../../files/reason.js";
import { RunError } from "../run-error.js";
import { replaceWhole } from "../output/write.js";

export interface Draft extends LockUses {
  readonly entries: LockEntries;
  /** Whether every Dockerfile that it holds for was read and understood: what none of them uses is used nowhere. */
  readonly isWhole: boolean;
}

/** A draft with what was found out. */
export interface Outcome {
  readonly draft: Draft;
  readonly changes: readonly LockChange[];
  /** Null where nothing may be written. */
  readonly next: LockEntries | null;
}

/** Reads the lock files that are there. Throws RunError with every error in any of them. */
export function draftsOf(uses: readonly LockUses[], args: Arguments, cwd: string): readonly Draft[] {
  const isEverywhere = args.paths.length === 1 && args.paths[0] === "." && args.exclude.length === 0;
  const errors: string[] = [];
  const drafts = uses.map((each): Draft => {
    const loaded = isThere(each.file) ? loadLock(each.file) : null;
    errors.push(...(loaded?.errors ?? []).map((error) => lockErrorLine(error, cwd)));
    const isWhole = isEverywhere && isInside(dirname(each.file), cwd) && each.unknown.length === 0;
    return { ...each, entries: loaded?.entries ?? new Map(), isWhole };
  });
  if (errors.length > 0) throw new RunError(...errors);
  return drafts;
}

/**
 * Which entries `--update` moves: everything, or the images that it names, with their tag or all tags of a
 * repository. Throws RunError for one that no Dockerfile uses.
 */
export function updateOf({ update }: Arguments, drafts: readonly Draft[]): Update {
  if (update === null || update === "all") return update;
  const names = drafts.flatMap(({ wanted }) => [...wanted.keys()]);
  const taken = new Set<string>();
  for (const image of update) {
    const parsed = parseReference(image);
    if (!("reference" in parsed)) throw new RunError(`--update=${image}: this is not the name of an image.`);
    const full = lockName(parsed.reference);
    const repository = full.slice(0, full.lastIndexOf(":") + 1);
    const isAnyTag = parsed.reference.tag === null;
    const found = names.filter((name) => (isAnyTag ? name.startsWith(repository) : name === full));
    if (found.length === 0) {
      const near = nearest(full, names);
      const hint = near === null ? "" : ` Did you mean ${near}?`;
      throw new RunError(`--update=${image}: no Dockerfile here uses it.${hint}`);
    }
    for (const name of found) taken.add(name);
  }
  return (name) => taken.has(name);
}

/** What is to be asked for a draft. */
export function questionsOf({ entries, wanted }: Draft, isCheck: boolean, update: Update): WantedImages {
  return isCheck ? wanted : toAsk(entries, wanted, update);
}

/** Asks for all images of all drafts at once. `answered` is called after each. */
export async function outcomesOf(
  drafts: readonly Draft[],
  isCheck: boolean,
  update: Update,
  answered: () => void,
): Promise<readonly Outcome[]> {
  return Promise.all(
    drafts.map(async (draft): Promise<Outcome> => {
      const { entries, wanted, clients, isWhole } = draft;
      const answers = new Map<string, Answer<LockedImage>>();
      const ask = async ([name, { reference, image }]: readonly [string, Wanted]): Promise<void> => {
        const client = clients.get(name);
        if (!client) return;
        // Whether a tag has moved, its digest alone says.
        answers.set(name, await (isCheck ? lookUp(client, reference) : resolveImage(client, reference, image)));
        answered();
      };
      await Promise.all([...questionsOf(draft, isCheck, update)].map(ask));
      if (isCheck) return { draft, changes: checkLock(entries, wanted, answers, isWhole), next: null };
      return { draft, ...planLock(entries, wanted, answers, isWhole) };
    }),
  );
}

async function lookUp(client: RegistryClient, reference: Reference): Promise<Answer<LockedImage>> {
  const answer = await client.head(reference);
  if (answer.status !== "found") return answer;
  return { status: "found", value: { digest: answer.value.digest, exactTag: null } };
}

/** Writes what is not there already, each file whole or not at all. Throws RunError. */
export function writeLocks(outcomes: readonly Outcome[], cwd: string): void {
  for (const { draft, next } of outcomes) {
    const { file } = draft;
    if (next === null || (next.size === 0 && !isThere(file))) continue;
    const text = formatLock(next);
    try {
      if (isThere(file) && readFileSync(file, "utf8") === text) continue;
      replaceWhole(file, text);
    } catch (error) {
      throw new RunError(`${relativePath(file, cwd)}: the lock file cannot be written (${reasonOf(error)}).`);
    }
  }
}
