/** Asks registries for what the inventory of images shows of each. */
import type { CatalogImage } from "../catalog.js";
import type { BaseOnline } from "../facts/inventory.js";
import type { Reference } from "../facts/reference.js";
import { newestTag } from "./newest-tag.js";
import type { Answer, ImageDetails, RegistryClient } from "./registry.js";

/** What a registry has of an image; `image` is what the catalog knows of its repository. Never rejects. */
export async function describeImage(
  client: RegistryClient,
  reference: Reference,
  image: CatalogImage | null,
): Promise<BaseOnline> {
  const [details, newest] = await Promise.all([client.details(reference), newestTag(client, reference, image)]);
  return { ...online(details), newest };
}

function online(answer: Answer<ImageDetails>): Omit<BaseOnline, "newest"> {
  const { status } = answer;
  if (status !== "found") {
    const reason = status === "gone" ? `the registry has no such ${answer.what}` : answer.reason;
    return { status, reason, digest: null, size: null, platforms: [], created: null };
  }
  const { digest, layersSize, platforms, created } = answer.value;
  return { status, reason: null, digest, size: layersSize, platforms, created };
}
