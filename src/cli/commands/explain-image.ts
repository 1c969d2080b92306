/** `fromlint explain IMAGE`. */
import { rules } from "../../../rules/index.js";
import type { Catalog } from "../../catalog.js";
import { ageInWords } from "../../facts/age.js";
import { catalogued } from "../../facts/exact-tags.js";
import type { FactInputs } from "../../facts/facts.js";
import { imageProfile } from "../../facts/image-profile.js";
import type { Reference } from "../../facts/reference.js";
import { imageFindings } from "../../image-findings.js";
import { inputsFor, type LintOptions } from "../../lint.js";
import { ownPolicy } from "../../policy/holding.js";
import type { Policy } from "../../policy/policy.js";
import { presetPolicy } from "../../policy/presets.js";
import type { TagGroups } from "../../registry/tag-groups.js";
import { imageJson, imageText, type ExplainedImage } from "../../report/explain-image.js";
import type { Arguments } from "../arguments.js";
import type { Subject } from "../explain-subject.js";
import { locksFor } from "../locks.js";
import type { Policies } from "../policies.js";
import type { Streams } from "../streams.js";
import type { Show } from "./explain.js";

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
    today: args.date ?? new Date().toISOString().slice(0, 10),
    lock: locks(filePath),
  };
  const inputs = inputsFor(ownPolicy(holding) ?? presetPolicy("recommended"), options);
  const findings = imageFindings(text, options);
  const explained: ExplainedImage = {
    profile: imageProfile(reference, inputs),
    policies: holding.flatMap(({ file }) => file ?? []),
    messages: findings?.messages ?? [],
    suppressedMessages: findings?.suppressedMessages ?? [],
  };
  const online = args.online === null ? null : await askRegistry(reference, inputs, holding, args, streams);
  await show({
    json: () => imageJson(explained, cwd, online),
    text: async ({ width, colors }) => {
      const text = imageText(explained, { cwd, width, colors, isOnline: online !== null });
      if (online === null) return text;
      const { tagsText } = await import("../../report/explain-tags.js");
      const age = (day: string): string | null => ageInWords(day, inputs.today);
      return `${text}\n${tagsText(online, { width, colors, age })}`;
    },
  });
}

/** The registries that the policies here allow are asked, and no other. Never rejects for what a registry does. */
async function askRegistry(
  reference: Reference,
  inputs: FactInputs,
  policies: readonly Policy[],
  args: Arguments,
  streams: Streams,
): Promise<TagGroups> {
  const { openRegistries } = await import("../registries.js");
  const { tagGroups } = await import("../../registry/tag-groups.js");
  const registries = await openRegistries(inputs.catalog, args.online === "fresh", streams);
  try {
    return await tagGroups(registries.under(policies), reference, catalogued(reference, inputs).image);
  } finally {
    await registries.close();
  }
}
