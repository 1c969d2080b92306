/** The lock file and the registries of an example, as facts: what a run with `--online` would have found. */
import type { Catalog } from "../../src/catalog.js";
import type { Lock } from "../../src/facts/locked.js";
import { newestInLine } from "../../src/facts/newer-tags.js";
import { repositoryName, type Reference } from "../../src/facts/reference.js";
import type { Existence, RegistryFacts } from "../../src/facts/registry-facts.js";
import { lockOf } from "../../src/lock/load.js";
import { formatLock, parseLock } from "../../src/lock/text.js";
import type { Example, ExampleManifest } from "../../src/rule.js";

/** The text of the example's lock file. */
export function lockText(lock: NonNullable<Example["lock"]>): string {
  const entries = Object.entries(lock).map(([name, value]) => {
    const [digest = "", exactTag = null] = value.split(" ");
    return [name, { digest, exactTag }] as const;
  });
  return formatLock(new Map(entries));
}

/** Throws for a lock that the real reader refuses. */
export function exampleLock(lock: Example["lock"]): Lock | null {
  if (lock === undefined) return null;
  const { entries, problems } = parseLock(Buffer.from(lockText(lock)));
  if (problems !== null) throw new Error(`an example's lock: ${problems.map(({ message }) => message).join("; ")}`);
  return lockOf(entries);
}

export function exampleRegistry(registry: Example["registry"], catalog: Catalog): RegistryFacts | null {
  if (registry === undefined) return null;
  const manifestsOf = (reference: Reference): readonly ExampleManifest[] | null | undefined =>
    registry[repositoryName(reference)];
  const existence = (
    reference: Reference,
    what: "tag" | "digest",
    isWanted: (manifest: ExampleManifest) => boolean,
  ): Existence | null => {
    const manifests = manifestsOf(reference);
    if (manifests === undefined) return null;
    const found = manifests?.find(isWanted);
    return found
      ? { status: "found", digest: found.digest }
      : { status: "gone", what: manifests ? what : "repository" };
  };
  return {
    tag: (reference) => existence(reference, "tag", ({ tag }) => tag === (reference.tag ?? "latest")),
    digest: (reference, wanted) => existence(reference, "digest", ({ digest }) => digest === wanted),
    newer: (reference) => {
      const manifests = manifestsOf(reference) ?? [];
      const own = reference.tag ?? "latest";
      const tags = manifests.flatMap(({ tag }) => tag ?? []);
      const newest = newestInLine(own, tags, catalog.image(repositoryName(reference)));
      if (newest === null || newest === own) return null;
      const manifest = (tag: string): ExampleManifest | undefined => manifests.find((each) => each.tag === tag);
      return { tag: newest, digest: manifest(newest)?.digest ?? null, created: manifest(own)?.created ?? null };
    },
  };
}
