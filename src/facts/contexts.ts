/** Named build contexts: what `--build-context NAME=…` and the policy's `contexts` put in the place of images. */
import type { FactInputs } from "./facts.js";
import { familiarReference, parseReference, type Reference } from "./reference.js";

/** Name, as `contextName` writes it -> folder, URL or `docker-image://…`. */
export type NamedContexts = ReadonlyMap<string, string>;

/** The contexts of the command line before those of the policy. A name that is no reference stays as it is. */
export function namedContexts({ contexts, policy }: Pick<FactInputs, "contexts" | "policy">): NamedContexts {
  const found = new Map<string, string>();
  for (const [name, value] of [...Object.entries(policy.contexts), ...Object.entries(contexts)]) {
    const parsed = parseReference(name);
    found.set("reference" in parsed ? contextName(parsed.reference) : name, value);
  }
  return found;
}

/**
 * The name under which BuildKit looks for a context: the familiar one, where `:latest` is left out, so that
 * `docker.io/library/node:latest` is `node`, but `node:22` is not (dockerui/config.go, NamedContext).
 */
export function contextName(reference: Reference): string {
  const isLatest = reference.tag === "latest" && reference.digest === null;
  return familiarReference(isLatest ? { ...reference, tag: null } : reference);
}

/** What stands in for the stage called `name` (lower case); null for none, and always for the reserved names. */
export function contextOfStage(name: string | null, contexts: NamedContexts): string | null {
  if (name === null || name === "scratch" || name === "context") return null;
  return contexts.get(name) ?? null;
}
