/** Names of rules in disable comments. */
import { nearest } from "../spelling.js";
import type { Facts } from "./facts.js";

/** What `name` in a comment is: a rule, a rule that no comment may silence, or none, with the nearest that is. */
export type NamedRule =
  { readonly kind: "known" | "locked" | "always" } | { readonly kind: "unknown"; readonly meant: string | null };

/** `always` is `valid-syntax`, which holds whatever the policy says. */
export function namedRule(name: string, { inputs }: Facts): NamedRule {
  if (!inputs.ruleNames.includes(name)) return { kind: "unknown", meant: nearest(name, inputs.ruleNames) };
  if (name === "valid-syntax") return { kind: "always" };
  return { kind: inputs.policy.locked.has(name) ? "locked" : "known" };
}
