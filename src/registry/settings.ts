/** Which registries a run may ask, and how: what the policies of a Dockerfile say, else what the presets rest on. */
import type { Catalog } from "../catalog.js";
import { DOCKER_HUB } from "../facts/reference.js";
import { isRegistry } from "../policy/hosts.js";
import type { Policy } from "../policy/policy.js";
import type { RegistryOptions } from "./registry.js";

export type RegistrySettings = Pick<RegistryOptions, "insecure" | "mirrors" | "isAllowed"> & {
  /** Equal for policies that say the same of registries. */
  readonly key: string;
};

/**
 * What all of `policies` agree on: a repository's own policy must not open what an outer one closes.
 *
 * - Allowed are the registries of every `registries.allow`. Where no policy has one: Docker Hub, the registries of the
 *   catalog's publishers, and those that a policy names as insecure or for its golden or verified images.
 * - Mirrors are allowed by naming them. Plain HTTP is, where every policy with `registries` says so.
 */
export function registrySettings(policies: readonly Policy[], catalog: Catalog): RegistrySettings {
  const closing = policies.filter(({ registries }) => registries.allow !== null);
  const named = closing.length > 0 ? [] : [...builtIn(catalog), ...policies.flatMap(namedBy)];
  const allowed =
    closing.length > 0 ? shared(closing.map(allowedBy)) : new Set([...named, ...policies.flatMap(mirrorsOf)]);

  const declaring = policies.filter(({ registries }) => registries.declared);
  const insecure = [...shared(declaring.map(({ registries }) => registries.insecure))].sort();
  // The outer policy comes first, and wins.
  const entries = policies.toReversed().flatMap(({ registries }) => Object.entries(registries.mirrors));
  const mirrors = Object.fromEntries(entries.filter(([, mirror]) => allowed.has(hostOf(mirror))));
  return {
    insecure,
    mirrors,
    isAllowed: (registry) => allowed.has(registry),
    key: JSON.stringify([[...allowed].sort(), insecure, mirrors]),
  };
}

function allowedBy(policy: Policy): readonly string[] {
  return [...(policy.registries.allow ?? []), ...mirrorsOf(policy)];
}

function mirrorsOf({ registries }: Policy): readonly string[] {
  return Object.values(registries.mirrors).map(hostOf);
}

/** The registries that a policy without `registries.allow` names all the same. */
function namedBy({ registries, bases }: Policy): readonly string[] {
  const patterns = [...bases.golden.map(({ pattern }) => pattern), ...bases.verified];
  const hosts = patterns.flatMap(({ text }) => (text.includes("/") ? hostOf(text) : []));
  return [...registries.insecure, ...hosts.filter((host) => isRegistry(host) && !/[*?[\]{}()!]/.test(host))];
}

function builtIn({ publishers }: Catalog): readonly string[] {
  return [DOCKER_HUB, ...publishers.map(({ prefix }) => hostOf(prefix))];
}

/** What is in every list; nothing where there is no list. */
function shared([first = [], ...others]: readonly (readonly string[])[]): Set<string> {
  return new Set(first.filter((host) => others.every((list) => list.includes(host))));
}

function hostOf(name: string): string {
  return name.split("/", 1)[0] ?? name;
}
