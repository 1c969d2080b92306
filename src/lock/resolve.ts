/** What the registry has for a tag today: its digest, and the most exact tag of the same digest. */
import type { CatalogImage } from "../catalog.js";
import type { LockedImage } from "../facts/locked.js";
import { exactCandidates } from "../facts/newer-tags.js";
import { tagLevel } from "../facts/pinning.js";
import { repositoryName, type Reference } from "../facts/reference.js";
import type { Answer, RegistryClient } from "../registry/registry.js";

/** Resolves one tag, on request with the exact tag of the same digest. Never rejects. */
export type Resolve = (
  reference: Reference & { readonly tag: string },
  image: CatalogImage | null,
  withExactTag: boolean,
) => Promise<Answer<LockedImage>>;

/**
 * A HEAD for the tag. For one that is not exact itself also the list of the repository's tags (once a repository) and
 * a HEAD for the likeliest of them, one after the other until a digest is the same. Without a list, or without such a
 * tag, the digest alone is locked.
 */
export function resolver(client: RegistryClient): Resolve {
  const lists = new Map<string, Promise<Answer<readonly string[]>>>();
  const exactTag = async (
    reference: Reference & { readonly tag: string },
    digest: string,
    image: CatalogImage | null,
  ): Promise<string | null> => {
    // An exact tag has no candidates whatever the list: nobody needs it.
    if (tagLevel(reference.tag, image) === "patch") return null;
    const repository = repositoryName(reference);
    const asked = lists.get(repository) ?? client.tags(reference);
    lists.set(repository, asked);
    const list = await asked;
    if (list.status !== "found") return null;
    for (const tag of exactCandidates(reference.tag, list.value, image)) {
      const answer = await client.head({ ...reference, tag });
      if (answer.status === "found" && answer.value.digest === digest) return tag;
    }
    return null;
  };
  return async (reference, image, withExactTag) => {
    const tagged = { ...reference, digest: null };
    const answer = await client.head(tagged);
    if (answer.status !== "found") return answer;
    const { digest } = answer.value;
    return {
      status: "found",
      value: { digest, exactTag: withExactTag ? await exactTag(tagged, digest, image) : null },
    };
  };
}
