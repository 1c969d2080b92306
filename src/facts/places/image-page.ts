/** The web page of an image, where its registry has one whose address follows from the name. */
import type { FactInputs } from "../facts.js";
import { DOCKER_HUB, officialName, type Reference } from "../reference.js";
import { origin } from "../trust.js";

/** Registry -> the page of a repository there; null for names that have none. */
const PAGES: Readonly<Record<string, (repository: string) => string | null>> = {
  [DOCKER_HUB]: (repository) => ofTwoParts(repository, (name) => `https://hub.docker.com/r/${name}`),
  "mcr.microsoft.com": (repository) => `https://mcr.microsoft.com/artifact/mar/${repository}/about`,
  "quay.io": (repository) => ofTwoParts(repository, (name) => `https://quay.io/repository/${name}`),
  // Leads to the package's page on GitHub, whoever owns it.
  "ghcr.io": (repository) => `https://ghcr.io/${repository}`,
  "public.ecr.aws": (repository) => `https://gallery.ecr.aws/${repository}`,
};

/** Null for an image of another registry. A mirror's image has the page of the one that it stands for. */
export function imagePage(reference: Reference, { policy, catalog }: FactInputs): string | null {
  const source = origin(reference, policy.registries.mirrors, catalog);
  const name = officialName(source);
  if (name !== null) {
    const isThere = catalog.official.has(name) || catalog.retired.has(name);
    return isThere ? `https://hub.docker.com/_/${name}` : null;
  }
  const page = Object.hasOwn(PAGES, source.registry) ? PAGES[source.registry] : undefined;
  return page?.(source.repository) ?? null;
}

function ofTwoParts(repository: string, page: (name: string) => string): string | null {
  return repository.split("/").length === 2 ? page(repository) : null;
}
