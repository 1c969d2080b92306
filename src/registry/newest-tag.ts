/** Asks a registry for the newest tag in the release line of an image. */
import type { CatalogImage } from "../catalog.js";
import { isBareDigest } from "../facts/locked.js";
import { newestInLine } from "../facts/newer-tags.js";
import type { Reference } from "../facts/reference.js";
import { DEFAULT_TAG } from "../facts/tags.js";
import type { RegistryClient } from "./registry.js";

/** Itself where none is newer; null where that cannot be told. `image`: what the catalog knows of the repository. */
export async function newestTag(
  client: RegistryClient,
  reference: Reference,
  image: CatalogImage | null,
): Promise<string | null> {
  const tag = reference.tag ?? DEFAULT_TAG;
  // No tag is a newer `lts`: then nobody needs the list.
  if (isBareDigest(reference) || newestInLine(tag, [], image) === null) return null;
  const list = await client.tags(reference);
  return list.status === "found" ? newestInLine(tag, list.value, image) : null;
}
