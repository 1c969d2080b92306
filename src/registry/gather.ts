/** Asks registries what the rules about them want to know, before they run. */
import type { CatalogImage } from "../catalog.js";
import { isBareDigest, lockName } from "../facts/locked.js";
import { formatReference, repositoryName, type Reference } from "../facts/reference.js";
import type { Existence, NewerRelease, RegistryFacts } from "../facts/registry-facts.js";
import { DEFAULT_TAG } from "../facts/tags.js";
import { newestTag } from "./newest-tag.js";
import type { RegistryClient } from "./registry.js";

/** What is to be known of an image use. */
export interface Question {
  /** As it is used: its tag is asked for, and its digest where one is written. */
  readonly reference: Reference;
  /** Other digests that should be there, such as the lock file's. */
  readonly digests: readonly string[];
  /** Whether a newer release is looked for. */
  readonly newer: boolean;
  /** What the catalog knows of the repository: it says what a release line is. */
  readonly image: CatalogImage | null;
}

/** An image that nothing was found out about; `reason` is one clause. */
export interface Unanswered {
  readonly reference: Reference;
  readonly reason: string;
}

export interface Gathered {
  readonly facts: RegistryFacts;
  /** Each image once. */
  readonly unanswered: readonly Unanswered[];
}

/**
 * Asks all at once (the client sees to how many are under way), each thing once. Never rejects: what is not answered
 * is unknown. `answered` is called after each of the questions.
 */
export async function gatherFacts(
  client: RegistryClient,
  questions: readonly Question[],
  answered: () => void = () => undefined,
): Promise<Gathered> {
  const tags = new Map<string, Existence>();
  const digests = new Map<string, Existence>();
  const newer = new Map<string, NewerRelease>();
  const unanswered = new Map<string, Unanswered>();

  const note = (reference: Reference, found: Existence): void => {
    const name = formatReference(reference);
    if (found.status === "unknown") unanswered.set(name, { reference, reason: found.reason });
  };
  const ask = async ({ named, reference, wanted, isPinned, image, isNewerWanted }: Subject): Promise<void> => {
    const tag = named && (await existenceOf(client, named));
    if (named && tag) {
      tags.set(lockName(named), tag);
      note(named, tag);
      // A registry that does not answer for the tag is not asked for more.
      if (tag.status === "unknown") return;
    }
    const pinned = [...wanted].map(async (digest) => {
      const isCurrent = tag?.status === "found" && tag.digest === digest;
      const found = isCurrent ? tag : await existenceOf(client, { ...reference, tag: null, digest });
      digests.set(digestName(reference, digest), found);
      note({ ...reference, tag: null, digest }, found);
    });
    await Promise.all(pinned);
    const release = named && isNewerWanted ? await newerRelease(client, named, isPinned, image) : null;
    if (named && release) newer.set(lockName(named), release);
  };

  await Promise.all(
    subjectsOf(questions).map((subject) => ask(subject).finally(() => subject.questions.forEach(answered))),
  );
  return {
    facts: {
      tag: (reference) => tags.get(lockName(reference)) ?? null,
      digest: (reference, digest) => digests.get(digestName(reference, digest)) ?? null,
      newer: (reference) => newer.get(lockName(reference)) ?? null,
    },
    unanswered: [...unanswered.values()],
  };
}

type Tagged = Reference & { readonly tag: string };

/** All questions about one tag, or about one repository's bare digests. */
interface Subject {
  /** Null for bare digests: there is no tag to ask for. */
  readonly named: Tagged | null;
  readonly reference: Reference;
  readonly wanted: Set<string>;
  readonly image: CatalogImage | null;
  readonly questions: Question[];
  /** Whether a digest is written at some use: a newer release is then asked for its own. */
  isPinned: boolean;
  isNewerWanted: boolean;
}

function subjectsOf(questions: readonly Question[]): readonly Subject[] {
  const subjects = new Map<string, Subject>();
  for (const question of questions) {
    const { reference, digests, newer, image } = question;
    const isBare = isBareDigest(reference);
    const named = isBare ? null : { ...reference, tag: reference.tag ?? DEFAULT_TAG, digest: null };
    const key = isBare ? repositoryName(reference) : lockName(reference);
    const known = subjects.get(key);
    const subject = known ?? {
      named,
      reference,
      wanted: new Set(),
      image,
      questions: [],
      isPinned: false,
      isNewerWanted: false,
    };
    for (const digest of digests) subject.wanted.add(digest);
    if (reference.digest !== null) subject.wanted.add(reference.digest);
    subject.isPinned ||= reference.digest !== null;
    subject.isNewerWanted ||= newer;
    subject.questions.push(question);
    subjects.set(key, subject);
  }
  return [...subjects.values()];
}

async function existenceOf(client: RegistryClient, reference: Reference): Promise<Existence> {
  const answer = await client.head(reference);
  return answer.status === "found" ? { status: "found", digest: answer.value.digest } : answer;
}

/** `withDigest`: whether the newer release is asked for its digest, too. */
async function newerRelease(
  client: RegistryClient,
  named: Tagged,
  withDigest: boolean,
  image: CatalogImage | null,
): Promise<NewerRelease | null> {
  const tag = await newestTag(client, named, image);
  if (tag === null || tag === named.tag) return null;
  const [details, next] = await Promise.all([
    client.details(named),
    withDigest ? existenceOf(client, { ...named, tag }) : null,
  ]);
  const created = details.status === "found" ? details.value.created : null;
  return { tag, digest: next?.status === "found" ? next.digest : null, created: created?.slice(0, 10) ?? null };
}

function digestName(reference: Reference, digest: string): string {
  return `${repositoryName(reference)}@${digest}`;
}
