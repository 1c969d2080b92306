/** Which images, stages and contexts may be written at a place, best first. */
import type { Policy, Role } from "../../policy/policy.js";
import { namedContexts } from "../contexts.js";
import type { FactInputs, LintSource } from "../facts.js";
import type { ImagePlace } from "./image-place.js";
import { asAllowed } from "../mirrors.js";
import { DOCKER_HUB, familiarReference, LIBRARY, parseReference, type Reference } from "../reference.js";
import { deniedBy, tierOf } from "../trust.js";

export interface ImageCandidate {
  readonly kind: "stage" | "context" | "golden" | "official" | "verified" | "scratch";
  /** As it is to be written. */
  readonly text: string;
  /** What it is, in a few words. */
  readonly detail: string;
  /** For a golden image the patterns that it replaces. */
  readonly replaces: readonly string[];
}

/**
 * Earlier stages, the nearest first; named build contexts; the policy's golden images that a pattern without a wildcard
 * names; then official images and those of verified publishers, where the policy lets that tier stand in the role.
 */
export function imageCandidates({ kind, role, stage }: ImagePlace, { facts }: LintSource): readonly ImageCandidate[] {
  const { inputs, stages } = facts;
  const found: ImageCandidate[] = [];
  const add = (candidate: Omit<ImageCandidate, "replaces">): void => void found.push({ ...candidate, replaces: [] });
  for (const { name, index, from, expansion } of stages.slice(0, stage.index).reverse()) {
    const detail = `stage of line ${from.loc.start.line}, from ${expansion?.text ?? "?"}`;
    if (name !== null) add({ kind: "stage", text: name, detail });
    else if (kind === "copy-from") add({ kind: "stage", text: String(index), detail });
  }
  for (const [name, value] of namedContexts(inputs))
    add({ kind: "context", text: name, detail: `build context: ${value}` });
  for (const each of imagesFor(role, inputs)) found.push(each);
  if (kind === "from") add({ kind: "scratch", text: "scratch", detail: "an empty image" });
  return found;
}

const known = new WeakMap<Policy, Map<Role, readonly ImageCandidate[]>>();

/** The same for every place with that role; worked out once a policy. */
function imagesFor(role: Role, inputs: FactInputs): readonly ImageCandidate[] {
  const byRole = known.get(inputs.policy) ?? new Map<Role, readonly ImageCandidate[]>();
  known.set(inputs.policy, byRole);
  let found = byRole.get(role);
  if (!found) byRole.set(role, (found = collect(role, inputs)));
  return found;
}

function collect(role: Role, inputs: FactInputs): readonly ImageCandidate[] {
  const { policy, catalog } = inputs;
  const allowed = policy.bases.allow[role];
  const seen = new Set<string>();
  const found: ImageCandidate[] = [];
  const add = (reference: Reference, rest: Omit<ImageCandidate, "text">): void => {
    const text = familiarReference(reference);
    if (seen.has(text) || deniedBy(reference, policy, catalog)) return;
    seen.add(text);
    found.push({ text, ...rest });
  };
  if (allowed.includes("golden")) {
    for (const { pattern, replaces } of policy.bases.golden) {
      const parsed = parseReference(pattern.text);
      if (!("reference" in parsed)) continue;
      const names = replaces.map(({ text }) => text);
      const detail = names.length > 0 ? `golden image, for ${names.join(", ")}` : "golden image";
      add(parsed.reference, { kind: "golden", detail, replaces: names });
    }
  }
  if (allowed.includes("official")) {
    for (const name of catalog.official) {
      const reference = { registry: DOCKER_HUB, repository: LIBRARY + name, tag: null, digest: null };
      const written = asAllowed(reference, policy.registries);
      if (written) add(written, { kind: "official", detail: "Docker Official Image", replaces: [] });
    }
  }
  if (allowed.includes("verified")) {
    for (const name of catalog.repositories) {
      const parsed = parseReference(name);
      const trust = "reference" in parsed ? tierOf(parsed.reference, policy, catalog) : null;
      const written = "reference" in parsed ? asAllowed(parsed.reference, policy.registries) : null;
      if (trust?.tier === "verified" && written)
        add(written, { kind: "verified", detail: trust.publisher ?? "verified publisher", replaces: [] });
    }
  }
  return found;
}
