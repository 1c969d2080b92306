/** What the registry has for a tag today: its digest, and the most exact tag of the same digest. */
import type { CatalogImage } from "../catalog.js";
import type { LockedImage } from "../facts/locked.js";
import { exactCandidates } from "../facts/newer-tags.js";
import { tagLevel } from "../facts/pinning.js";
import type { Reference } from "../facts/reference.js";
import type { Answer, RegistryClient } from "../registry/registry.js";

type Tagged = Reference & { readonly tag: string };

/**
 * Asks by HEAD for the tag. For one that is not exact itself also for the repository's tags, and by HEAD for the
 * likeliest of them, one after the other until a digest is the same. Without such a tag the digest alone is locked.
 * Never rejects.
 */
export async function resolveImage(
  client: RegistryClient,
  reference: Tagged,
  image: CatalogImage | null,
): Promise<Answer<LockedImage>> {
  const tagged = { ...reference, digest: null };
  const answer = await client.head(tagged);
  if (answer.status !== "found") return answer;
  const { digest } = answer.value;
  return { status: "found", value: { digest, exactTag: await exactTag(client, tagged, digest, image) } };
}

async function exactTag(
  client: RegistryClient,
  reference: Tagged,
  digest: string,
  image: CatalogImage | null,
): Promise<string | null> {
  // An exact tag has no candidates whatever the list: nobody needs it.
  if (tagLevel(reference.tag, image) === "patch") return null;
  const list = await client.tags(reference);
  if (list.status !== "found") return null;
  for (const tag of exactCandidates(reference.tag, list.value, image)) {
    const answer = await client.head({ ...reference, tag });
    if (answer.status === "found" && answer.value.digest === digest) return tag;
  }
  return null;
}
