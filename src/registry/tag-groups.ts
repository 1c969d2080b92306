/** Asks a registry which tags a repository has, newest first, and which of them are the same image. */
import type { CatalogImage } from "../catalog.js";
import { newestFirst } from "../facts/newer-tags.js";
import { tagLevel } from "../facts/pinning.js";
import type { Reference } from "../facts/reference.js";
import { isPrerelease, splitTag } from "../facts/tag-parts.js";
import { DEFAULT_TAG } from "../facts/tags.js";
import { isOfLine } from "../facts/versions.js";
import type { Answer, ImageDetails, RegistryClient } from "./registry.js";

/** Tags that point at one image. */
export interface TagGroup {
  /** The newest, and most exact, first. */
  readonly tags: readonly { readonly tag: string; readonly exact: boolean }[];
  readonly digest: string;
  /** True for the image that was asked about. */
  readonly isOwn: boolean;
  /** What the registry says of the image; null where it was not asked, or did not answer. */
  readonly details: Pick<ImageDetails, "platforms" | "created" | "layersSize"> | null;
}

export interface TagGroups {
  /** The image itself: what the registry says of it, or why it says nothing. */
  readonly own:
    | { readonly status: "found"; readonly digest: string }
    | { readonly status: "gone" | "unknown"; readonly reason: string };
  /** Newest first. */
  readonly groups: readonly TagGroup[];
  /** How many tags the repository has; null where that is not known. */
  readonly count: number | null;
  /** How many of them were not looked at. */
  readonly leftOut: number;
  /** Why something was not learnt, a clause each, every one once. */
  readonly problems: readonly string[];
}

/** A tag costs a HEAD; what an image is made of up to three requests, which some registries count. */
const MOST_TAGS = 40;
const MOST_OF_LINE = MOST_TAGS / 2;
const MOST_DETAILS = 8;

/**
 * Never rejects. Looked at are the tag itself, then the newest of its line, of its variant and of all, so many at most;
 * described are the image itself and then the newest ones.
 *
 * @param image what the catalog knows of the repository: how exact a tag is
 */
export async function tagGroups(
  client: RegistryClient,
  reference: Reference,
  image: CatalogImage | null,
): Promise<TagGroups> {
  const problems = new Set<string>();
  const [itself, list] = await Promise.all([client.details(reference), client.tags(reference)]);
  if (list.status === "unknown") problems.add(list.reason);
  const all = list.status === "found" ? list.value : [];
  const own = reference.tag ?? (reference.digest === null ? DEFAULT_TAG : null);
  const order = newestFirst(all, image);
  const asked = tagsToAsk(own, order);

  const byDigest = new Map<string, string[]>();
  const heads = await Promise.all(
    asked.map(async (tag) => ({ tag, head: await client.head({ ...reference, tag, digest: null }) })),
  );
  // As they were ordered, not as they were answered.
  const position = new Map(order.map((tag, index) => [tag, index]));
  for (const { tag, head } of heads.sort((a, b) => (position.get(a.tag) ?? 0) - (position.get(b.tag) ?? 0))) {
    if (head.status === "unknown") problems.add(head.reason);
    if (head.status === "found") byDigest.set(head.value.digest, [...(byDigest.get(head.value.digest) ?? []), tag]);
  }
  const ownDigest = itself.status === "found" ? itself.value.digest : null;
  if (itself.status === "unknown") problems.add(itself.reason);

  const digests = [...byDigest.keys()];
  const described = new Map<string, ImageDetails>();
  if (itself.status === "found") described.set(itself.value.digest, itself.value);
  await Promise.all(
    digests
      .filter((digest) => digest !== ownDigest)
      .slice(0, MOST_DETAILS - described.size)
      .map(async (digest) => {
        const details = await client.details({ ...reference, tag: null, digest });
        if (details.status === "found") described.set(digest, details.value);
        if (details.status === "unknown") problems.add(details.reason);
      }),
  );
  // A digest that no tag points at any more is still an image.
  if (ownDigest !== null && !byDigest.has(ownDigest)) byDigest.set(ownDigest, []);
  const groups = [...byDigest].map(([digest, tags]): TagGroup => {
    return {
      tags: tags.map((tag) => ({ tag, exact: isExact(tag, image) })),
      digest,
      isOwn: digest === ownDigest,
      details: described.get(digest) ?? null,
    };
  });
  return {
    own: ownOf(itself),
    groups: groups.sort(byRelease),
    count: list.status === "found" ? all.length : list.status === "gone" ? 0 : null,
    leftOut: all.length - asked.length,
    problems: [...problems],
  };
}

function ownOf(answer: Answer<ImageDetails>): TagGroups["own"] {
  if (answer.status === "found") return { status: "found", digest: answer.value.digest };
  if (answer.status === "gone") return { status: "gone", reason: `the registry has no such ${answer.what}` };
  return { status: "unknown", reason: answer.reason };
}

/** The tag itself, the newest of its line and variant, then of its variant, then of all. `order`: newest first. */
function tagsToAsk(own: string | null, order: readonly string[]): readonly string[] {
  if (own === null) return order.slice(0, MOST_TAGS);
  const { version, variant } = splitTag(own);
  const alike = order.filter((tag) => splitTag(tag).variant === variant);
  const line = alike.filter((tag) => isOfLine(splitTag(tag).version, version.slice(0, 1)));
  const itself = order.includes(own) ? [own] : [];
  return [...new Set([...itself, ...line.slice(0, MOST_OF_LINE), ...alike, ...order])].slice(0, MOST_TAGS);
}

function isExact(tag: string, image: CatalogImage | null): boolean {
  return tagLevel(tag, image) === "patch" && !isPrerelease(splitTag(tag));
}

/** Images with a release stay as they are; of others the latest that was made comes first, behind them. */
function byRelease(a: TagGroup, b: TagGroup): number {
  const [one, other] = [hasRelease(a), hasRelease(b)];
  if (one || other) return Number(other) - Number(one);
  const [made, otherMade] = [a.details?.created ?? "", b.details?.created ?? ""];
  return made < otherMade ? 1 : made > otherMade ? -1 : 0;
}

function hasRelease({ tags }: TagGroup): boolean {
  return tags.some(({ tag }) => splitTag(tag).version.length > 0);
}
