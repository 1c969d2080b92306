/** `--online`: what registries hold of the images of a run, asked before anything is linted. */
import type { Policy } from "../../policy/policy.js";
import { inventoryOf, type BaseUse } from "../../facts/inventory.js";
import { familiarReference } from "../../facts/reference.js";
import { catalogued } from "../../facts/exact-tags.js";
import { lockedImage } from "../../facts/locked.js";
import { knownUses } from "../../facts/written.js";
import type { LintSource } from "../../facts/facts.js";
import type { RegistryFacts } from "../../facts/registry-facts.js";
import { gatherFacts, type Question, type Unanswered } from "../../registry/gather.js";
import { describeImage } from "../../registry/inventory.js";
import type { RegistryClient } from "../../registry/registry.js";
import { decode } from "../../syntax/decode.js";
import type { Input } from "../files/inputs.js";
import type { Linter } from "../lint/linter.js";
import { progressOn } from "../output/progress.js";
import type { Registries } from "./registries.js";
import type { Output } from "../output/streams.js";

/** Rules that rest on registries. */
const EXISTS = "base-exists";
const OUTDATED = "outdated-base";

/** How many reasons, and images for each, are told. */
const MOST_REASONS = 5;

/**
 * Asks for all images of `files` that a rule about registries is on for. Never rejects for what a registry does: what
 * is not answered is unknown, and is said once in `notes`, one line a reason.
 */
export async function askRegistries(
  files: readonly Input[],
  linter: Linter,
  registries: Registries,
  stderr: Output,
): Promise<{ readonly facts: (filePath: string) => RegistryFacts | null; readonly notes: readonly string[] }> {
  const questions = new Map<RegistryClient, Question[]>();
  const clients = new Map<string, RegistryClient>();
  for (const { filePath, read } of files) {
    const { bytes } = read();
    if (bytes === null) continue;
    const policies = linter.policies(filePath);
    const client = registries.under(policies);
    clients.set(filePath, client);
    const list = questions.get(client) ?? [];
    questions.set(client, list);
    for (const source of linter.sources(filePath, decode(bytes).text)) list.push(...questionsOf(source));
  }
  const all = [...questions.values()].reduce((sum, list) => sum + list.length, 0);
  const progress = progressOn(stderr, Date.now, "Asking registries:", "images");
  let done = 0;
  const gathered = await Promise.all(
    [...questions].map(async ([client, list]) => {
      const { facts, unanswered } = await gatherFacts(client, list, () => progress.update(++done, all));
      return { client, facts, unanswered };
    }),
  );
  progress.clear();
  const facts = new Map(gathered.map((each) => [each.client, each.facts]));
  return {
    facts: (filePath) => {
      const client = clients.get(filePath);
      return (client && facts.get(client)) ?? null;
    },
    notes: notesOn(gathered.flatMap(({ unanswered }) => unanswered)),
  };
}

/** The inventory of some files, with what registries say of each image. Never rejects. */
export async function describedInventories(
  files: readonly { readonly filePath: string; readonly shownAs: string; readonly source: LintSource }[],
  clientOf: (filePath: string) => RegistryClient,
  stderr: Output,
): Promise<readonly BaseUse[]> {
  const progress = progressOn(stderr, Date.now, "Asking registries:", "images");
  let done = 0;
  let all = 0;
  const described = files.map(({ filePath, shownAs, source }) => {
    const { images, inputs } = source.facts;
    const client = clientOf(filePath);
    all += knownUses(images).length;
    return inventoryOf(source, shownAs).map(async (use, index): Promise<BaseUse> => {
      const reference = images[index]?.reference;
      if (!reference) return use;
      const online = await describeImage(client, reference, catalogued(reference, inputs).image);
      progress.update(++done, all);
      return { ...use, online };
    });
  });
  const uses = await Promise.all(described.flat());
  progress.clear();
  return uses;
}

function questionsOf({ facts }: LintSource): Question[] {
  const { inputs } = facts;
  const isOn = (rule: string): boolean => severity(inputs.policy, rule) > 0;
  if (!isOn(EXISTS) && !isOn(OUTDATED)) return [];
  return knownUses(facts.images).map((use) => {
    const locked = isOn(EXISTS) ? lockedImage(use, inputs) : null;
    const { image } = catalogued(use.reference, inputs);
    return { reference: use.reference, digests: locked ? [locked.digest] : [], newer: isOn(OUTDATED), image };
  });
}

function severity({ rules }: Policy, rule: string): number {
  return rules[rule]?.severity ?? 0;
}

function notesOn(unanswered: readonly Unanswered[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { reference, reason } of unanswered) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), familiarReference(reference)]);
  }
  const notes = [...byReason].map(([reason, [first = "", ...others]]) => {
    const which = others.length === 0 ? first : `${first} and ${others.length} more`;
    return `nothing is known of ${which}: ${reason}.`;
  });
  const rest = notes.length - MOST_REASONS;
  return rest > 0 ? [...notes.slice(0, MOST_REASONS), `and ${rest} more reasons of this kind.`] : notes;
}
