/** The facts of a text, with the policy and the command line that a test needs. */
import { openCatalog } from "../../src/catalog.js";
import { withFacts, type LintSource } from "../../src/facts/facts.js";
import type { ImageUse } from "../../src/facts/images.js";
import { formatReference } from "../../src/facts/reference.js";
import { sourceOf } from "../../src/lint.js";
import { testPolicy } from "../rules/test-policy.js";

export interface Given {
  /** Keys of the policy file. */
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly contexts?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly today?: string;
}

export function factsOf(text: string, given: Given = {}): LintSource {
  const { policy = {}, today = "2026-11-21", target = null, buildArgs = {}, contexts = {} } = given;
  const inputs = { policy: testPolicy(policy), catalog: openCatalog(), today, target, buildArgs, contexts };
  return withFacts(sourceOf(text), { ...inputs, ruleNames: [] });
}

/** Every image use in a line: `node:22 -> external docker.io/library/node:22`, `0 -> stage build`. */
export function usesOf(text: string, given: Given = {}): string[] {
  return factsOf(text, given).facts.images.map((use) => `${use.raw} -> ${meaning(use)}`);
}

/** What the last image use of a text means. */
export function lastUse(text: string, given: Given = {}): string {
  return factsOf(text, given).facts.images.slice(-1).map(meaning).join("");
}

function meaning({ status, reference, target, context, unresolved, problem }: ImageUse): string {
  const words = [
    status,
    target ? (target.name ?? `number ${target.index}`) : null,
    context,
    unresolved.length > 0 ? unresolved.join(",") : null,
    reference && formatReference(reference),
    problem && `(${problem.code})`,
  ];
  return words.filter((word) => word !== null).join(" ");
}
