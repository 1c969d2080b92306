/** `fromlint explain IMAGE`. */
import { rules } from "../../../rules/index.js";
import type { Catalog } from "../../catalog.js";
import { ageInWords } from "../../facts/age.js";
import { catalogued } from "../../facts/exact-tags.js";
import type { FactInputs } from "../../facts/facts.js";
import { imageProfile } from "../../facts/image-profile.js";
import type { Reference } from "../../facts/reference.js";
import type { RegistryFacts } from "../../facts/registry-facts.js";
import { imageFindings } from "../../image-findings.js";
import { inputsFor, type LintOptions } from "../../lint.js";
import { ownPolicy } from "../../policy/holding.js";
import type { Policy } from "../../policy/policy.js";
import { presetPolicy } from "../../policy/presets.js";
import type { TagGroups } from "../../registry/tag-groups.js";
import { imageJson, imageText, type ExplainedImage } from "../../report/explain-image.js";
import type { Arguments } from "../arguments/arguments.js";
import type { Subject } from "./explain-subject.js";
import { locksFor } from "../lock/locks.js";
import type { Policies } from "../lint/policies.js";
import type { Streams } from "../output/streams.js";
import type { Show } from "./explain.js";
import { utcDay } from "../../today.js";

/** Where the image is looked at. */
export interface Surroundings {
  readonly policies: Policies;
  readonly catalog: Catalog;
  /** The Dockerfile that it would stand in, absolute; it need not exist. */
  readonly filePath: string;
  readonly args: Arguments;
  readonly streams: Streams;
}

/** Shows what is known of an image, with `--online` also what its registry says. Throws RunError. */
export async function explainImage(
  { reference, text }: Extract<Subject, { kind: "image" }>,
  { policies, catalog, filePath, args, streams }: Surroundings,
  show: Show,
): Promise<void> {
  const { cwd } = streams;
  const holding = policies.of(filePath);
  const locks = await locksFor([filePath], policies, cwd);
  const options: LintOptions = {
    filePath,
    rules,
    policies: holding,
    catalog,
    today: args.date ?? utcDay(),
    lock: locks(filePath),
  };
  const inputs = inputsFor(ownPolicy(holding) ?? presetPolicy("recommended"), options);
  const online = args.online === null ? null : await askRegistry(reference, inputs, holding, args, streams);
  const findings = imageFindings(text, { ...options, registry: online?.facts ?? null });
  const explained: ExplainedImage = {
    profile: imageProfile(reference, inputs),
    policies: holding.flatMap(({ file }) => file ?? []),
    messages: findings?.messages ?? [],
    suppressedMessages: findings?.suppressedMessages ?? [],
  };
  await show({
    json: () => imageJson(explained, cwd, online?.tags ?? null),
    text: async ({ width, colors }) => {
      const shown = imageText(explained, { cwd, width, colors, isOnline: online !== null });
      if (online === null) return shown;
      const { tagsText } = await import("../../report/explain-tags.js");
      const age = (day: string): string | null => ageInWords(day, inputs.today);
      return `${shown}\n${tagsText(online.tags, { width, colors, age })}`;
    },
  });
}

interface Online {
  readonly tags: TagGroups;
  /** What `base-exists` and `outdated-base` want to know; null where the registry did not answer. */
  readonly facts: RegistryFacts | null;
}

/** The registries that the policies here allow are asked, and no other. Never rejects for what a registry does. */
async function askRegistry(
  reference: Reference,
  inputs: FactInputs,
  policies: readonly Policy[],
  args: Arguments,
  streams: Streams,
): Promise<Online> {
  const { openRegistries } = await import("../online/registries.js");
  const { tagGroups } = await import("../../registry/tag-groups.js");
  const { gatherFacts } = await import("../../registry/gather.js");
  const registries = await openRegistries(inputs.catalog, args.online === "fresh", streams);
  try {
    const client = registries.under(policies);
    const { image } = catalogued(reference, inputs);
    const tags = await tagGroups(client, reference, image);
    if (tags.own.status === "unknown") return { tags, facts: null };
    // Nearly all of it is known by now, and the client asks nothing twice.
    const locked = inputs.lock?.find(reference)?.digest;
    const question = { reference, digests: locked === undefined ? [] : [locked], newer: true, image };
    const { facts } = await gatherFacts(client, [question]);
    return { tags, facts };
  } finally {
    await registries.close();
  }
}
