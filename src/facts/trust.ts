/** Whose an image is, and what the policy says of it. */
import type { Catalog, Publisher } from "../catalog.js";
import type { ImagePattern, Policy, Tier } from "../policy/policy.js";
import {
  DOCKER_HUB,
  formatReference,
  LIBRARY,
  officialName,
  parseReference,
  repositoryName,
  type Reference,
} from "./reference.js";
import { nearestTag } from "./tags.js";

export interface Trust {
  readonly tier: Tier;
  /** Why it has that tier, as a clause: `it is a Docker Official Image`. */
  readonly why: string;
  /** Who publishes it, where the catalog knows: `Microsoft`. */
  readonly publisher: string | null;
  /** The pattern of the policy that gave the tier; null where the catalog did. */
  readonly pattern: ImagePattern | null;
}

/**
 * The image that a mirror's or copy's stands for: `harbor.corp/hub/library/node` under the mirror
 * `docker.io: harbor.corp/hub` is `docker.io/library/node`, and so is `public.ecr.aws/docker/library/node`.
 * Anything else is its own origin. Tag and digest stay.
 *
 * @param mirrors registry (or registry with a path) -> what stands for it, as in the policy
 */
export function origin(reference: Reference, mirrors: Policy["registries"]["mirrors"], catalog: Catalog): Reference {
  const known = origins.get(reference);
  if (known?.mirrors === mirrors && known.catalog === catalog) return known.source;
  const source = findOrigin(reference, mirrors, catalog);
  origins.set(reference, { mirrors, catalog, source });
  return source;
}

/** Every rule about images asks for it. */
const origins = new WeakMap<
  Reference,
  {
    readonly mirrors: Policy["registries"]["mirrors"];
    readonly catalog: Catalog;
    readonly source: Reference;
  }
>();

function findOrigin(reference: Reference, mirrors: Policy["registries"]["mirrors"], catalog: Catalog): Reference {
  let found: { from: string; to: string } | null = null;
  for (const [from, mirror] of Object.entries(mirrors)) {
    const to = mirror.endsWith("/") ? mirror : `${mirror}/`;
    if (isBelow(reference, to) && (found === null || to.length > found.to.length)) found = { from, to };
  }
  const source = found ? moved(reference, found.to, found.from) : reference;
  const copy = copiesIn(catalog).find(({ prefix }) => isBelow(source, prefix));
  return copy?.copyOf ? moved(source, copy.prefix, copy.copyOf) : source;
}

/** Few publishers copy others, and each image is held against them several times. */
const copies = new WeakMap<Catalog, readonly Publisher[]>();

function copiesIn(catalog: Catalog): readonly Publisher[] {
  let found = copies.get(catalog);
  if (!found) copies.set(catalog, (found = catalog.publishers.filter(({ copyOf }) => copyOf !== null)));
  return found;
}

/** The tier of an image, under its own name or its origin's. What the policy says comes first. */
export function tierOf(reference: Reference, policy: Policy, catalog: Catalog): Trust {
  const { bases, registries } = policy;
  const source = origin(reference, registries.mirrors, catalog);
  const names = source === reference ? [reference] : [reference, source];
  const matched = (patterns: readonly ImagePattern[]): ImagePattern | null =>
    patterns.find((pattern) => names.some((name) => pattern.matches(name))) ?? null;

  const golden = matched(bases.golden.map(({ pattern }) => pattern));
  if (golden)
    return { tier: "golden", why: `it matches the golden image ${golden.text}`, publisher: null, pattern: golden };

  const name = officialName(source);
  if (name !== null && catalog.official.has(name)) {
    const stands = source === reference ? "it is" : `it stands for ${name},`;
    return {
      tier: "official",
      why: `${stands} a Docker Official Image`,
      publisher: "Docker Official Images",
      pattern: null,
    };
  }

  const verified = matched(bases.verified);
  const known = publisherOf(source, catalog);
  if (verified) {
    const why = `it matches ${verified.text}, which the policy lists as verified`;
    return { tier: "verified", why, publisher: known?.publisher ?? null, pattern: verified };
  }
  if (known) return { tier: "verified", ...known, pattern: null };
  return { tier: "other", why: whyOther(name, catalog), publisher: null, pattern: null };
}

/** The pattern of `bases.deny` that an image meets, under its own name or its origin's. */
export function deniedBy(reference: Reference, policy: Policy, catalog: Catalog): ImagePattern | null {
  const source = origin(reference, policy.registries.mirrors, catalog);
  return policy.bases.deny.find((pattern) => pattern.matches(reference) || pattern.matches(source)) ?? null;
}

export interface Replacement {
  readonly reference: Reference;
  /** The golden image's pattern, as the policy has it. */
  readonly golden: ImagePattern;
  /** False when the golden image does not have the tag and its nearest one is offered. */
  readonly sameTag: boolean;
}

/**
 * The golden images that say they replace this one, in the order of the policy. The tag is kept where the golden
 * image has it (or does not say which it has), else it is the nearest one of the same major release; without one
 * there is no replacement. A pattern with a wildcard names no image, so it is never offered; digests are dropped.
 */
export function goldenReplacements(reference: Reference, policy: Policy, catalog: Catalog): readonly Replacement[] {
  const source = origin(reference, policy.registries.mirrors, catalog);
  const found: Replacement[] = [];
  for (const { pattern, replaces, tags } of policy.bases.golden) {
    if (!replaces.some((replaced) => replaced.matches(reference) || replaced.matches(source))) continue;
    const parsed = parseReference(pattern.text);
    if (!("reference" in parsed)) continue;
    const own = parsed.reference.tag;
    const tag = own ?? (tags === null ? source.tag : nearestTag(source.tag, tags));
    if (tag === null && tags !== null) continue;
    const golden = { ...parsed.reference, tag, digest: parsed.reference.digest };
    if (formatReference(golden) === formatReference(reference)) continue;
    found.push({ reference: golden, golden: pattern, sameTag: tag === source.tag });
  }
  return found;
}

function publisherOf(reference: Reference, catalog: Catalog): { publisher: string; why: string } | null {
  const entry = catalog.publishers.find(({ prefix }) => isBelow(reference, prefix));
  if (!entry) return null;
  const { publisher, basis } = entry;
  const why =
    basis === "registry" ? `it comes from a registry of ${publisher}` : `${publisher} is a Docker Verified Publisher`;
  return { publisher, why };
}

function whyOther(name: string | null, catalog: Catalog): string {
  const left = name === null ? undefined : catalog.retired.get(name);
  if (left !== undefined) return `${name ?? ""} left the Docker Official Images on ${left}`;
  return "it is neither golden, nor a Docker Official Image, nor from a verified publisher";
}

/** `prefix` ends with a slash, so that only whole parts of the path match. */
function isBelow(reference: Reference, prefix: string): boolean {
  const name = repositoryName(reference);
  return name.length > prefix.length && name.startsWith(prefix);
}

/** Puts `to` in the place of the prefix `from`; a single name on Docker Hub is an official one. */
function moved(reference: Reference, from: string, to: string): Reference {
  const name = `${to.endsWith("/") ? to : `${to}/`}${repositoryName(reference).slice(from.length)}`;
  const slash = name.indexOf("/");
  const [registry, repository] = [name.slice(0, slash), name.slice(slash + 1)];
  const single = registry === DOCKER_HUB && !repository.includes("/");
  return { ...reference, registry, repository: single ? LIBRARY + repository : repository };
}
