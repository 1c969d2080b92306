/** A handful of rules of our own, and policies loaded with them. */
import { leanSchema } from "../../scripts/schema.js";
import type { Reference } from "../../src/facts/reference.js";
import { validatorOf } from "../../src/policy/check-schema.js";
import { printError } from "../../src/policy/errors.js";
import type { KnownRules } from "../../src/policy/extend.js";
import type { LoadedPolicy } from "../../src/policy/layers.js";
import { loadPolicyFile, loadPolicyText, type LoadOptions, type LoadResult } from "../../src/policy/load.js";
import type { ImagePattern, Policy } from "../../src/policy/policy.js";
import { resolvePolicy } from "../../src/policy/resolve.js";
import { policySchema } from "../../src/policy/schema.js";
import type { Rule, RuleDocs } from "../../src/rule.js";

function rule(description: string, recommended: RuleDocs["recommended"], schema: readonly object[] = []): Rule {
  const docs: RuleDocs = { description, reason: "", category: "bases", recommended, examples: { bad: [], good: [] } };
  return { meta: { type: "problem", docs, messages: {}, schema, defaultOptions: [] }, create: () => ({}) };
}

const names = { type: "array", items: { type: "string", minLength: 1 }, description: "Names." };
const labels = {
  type: "object",
  description: "Labels and their kinds.",
  additionalProperties: { enum: ["text", "url", "semver", "email"] },
};

export const RULES: Readonly<Record<string, Rule>> = {
  "approved-base": rule("Only approved images.", "policy"),
  "approved-registry": rule("Only approved registries.", "policy"),
  "unresolved-base": rule("No unknown images.", "policy"),
  "no-latest": rule("No latest.", "error"),
  "pin-precision": rule("Tight tags.", "warn"),
  "require-labels": rule("Labels.", "warn", [{ type: "object", properties: { labels }, additionalProperties: false }]),
  "volatile-arg-late": rule("Late arguments.", "warn", [
    {
      type: "object",
      additionalProperties: false,
      properties: {
        names,
        after: {
          description: "A command, or how many instructions.",
          anyOf: [{ type: "integer" }, { enum: ["install", "build"] }],
        },
        where: {
          description: "A stage, or the name and number of one.",
          oneOf: [
            { type: "string" },
            {
              type: "object",
              properties: { stage: { type: "string", description: "Its name." } },
              additionalProperties: false,
            },
          ],
        },
      },
    },
  ]),
  "prefer-copy-link": rule("Links.", "off"),
};

export const known: KnownRules = {
  validate: validatorOf(leanSchema(policySchema(RULES))),
  recommended: Object.fromEntries(Object.entries(RULES).map(([name, { meta }]) => [name, meta.docs.recommended])),
};

/** The policy text loaded as /project/fromlint.yaml; throws its errors. */
export function loaded(text: string, options: LoadOptions = {}): LoadedPolicy {
  return policyOf(loadPolicyText("/project/fromlint.yaml", text, { known, ...options }));
}

/** The policy of /project/<dockerfile>. */
export function policy(text: string, dockerfile = "Dockerfile", options: LoadOptions = {}): Policy {
  return resolvePolicy(loaded(text, options), `/project/${dockerfile}`);
}

/** The errors of a text as `line:column message`. */
export function errorsOf(text: string, file = "/project/fromlint.yaml"): string[] {
  const { errors } = loadPolicyText(file, text, { known });
  return (errors ?? []).map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** Loads a file with the rules of this module; throws its errors. */
export function loadedFile(file: string, options: LoadOptions = {}): LoadedPolicy {
  return policyOf(loadPolicyFile(file, { known, ...options }));
}

/** The errors of a file, each as `file:line:column: message` with paths from `folder`. */
export function fileErrors(file: string, folder: string, options: LoadOptions = {}): string[] {
  const { errors } = loadPolicyFile(file, { known, ...options });
  return (errors ?? []).map((error) => printError(error).replace(`${folder}/`, ""));
}

function policyOf(result: LoadResult): LoadedPolicy {
  if (result.errors) throw new Error(result.errors.map(printError).join("\n"));
  return result.policy;
}

/** `registry/path[:tag][@digest]`, written in full, as a reference. */
export function reference(text: string): Reference {
  const parts = /^(?<registry>[^/]+)\/(?<repository>[^:@]+)(?::(?<tag>[^@]+))?(?:@(?<digest>.+))?$/.exec(text)?.groups;
  const { registry = "", repository = "", tag = null, digest = null } = parts ?? {};
  return { registry, repository, tag, digest };
}

export function matches(pattern: ImagePattern | undefined, image: string): boolean {
  return pattern?.matches(reference(image)) ?? false;
}
