/** A policy from the keys of a policy file, through the real loader, without a file. */
import { loadPolicyText } from "../../src/policy/load.js";
import type { Policy, RuleSetting } from "../../src/policy/policy.js";
import { resolvePolicy } from "../../src/policy/resolve.js";

interface TestPolicyOptions {
  /** The Dockerfile that it is for: overrides apply to some and not to others. */
  readonly dockerfile?: string;
  /** True for a policy from `--policy`. */
  readonly outer?: boolean;
}

/**
 * `keys` are those of a policy file at /project/fromlint.yaml, which extends `recommended` as every file does;
 * `rules` come on top, with names that the loader need not know. Throws what the loader has to say.
 */
export function testPolicy(
  keys: Readonly<Record<string, unknown>>,
  rules: Readonly<Record<string, RuleSetting>> = {},
  { dockerfile = "/project/Dockerfile", outer = false }: TestPolicyOptions = {},
): Policy {
  const { policy, errors } = loadPolicyText("/project/fromlint.yaml", JSON.stringify(keys), { outer });
  if (errors) throw new Error(errors.map(({ line, column, message }) => `${line}:${column} ${message}`).join("\n"));
  const resolved = resolvePolicy(policy, dockerfile);
  return { ...resolved, rules: { ...resolved.rules, ...rules } };
}
