/** The severities of a rule in the presets, in words for a reader. */
import type { RuleDocs } from "../rule.js";
import { presetPolicy } from "./presets.js";
import { declaredSeverity, severityWord } from "./severity.js";

/** In `recommended`: `warn`, or `error with `bases` in the policy, else warn`. */
export function severityText(name: string, recommended: RuleDocs["recommended"]): string {
  if (recommended === "strict") return "off";
  if (recommended !== "policy") return recommended;
  const keys = (["bases", "registries"] as const).filter(
    (key) => declaredSeverity(name, { bases: key === "bases", registries: key === "registries" }) === 2,
  );
  return `error with ${keys.map((key) => `\`${key}\``).join(" or ")} in the policy, else warn`;
}

export function strictSeverity(name: string): string {
  return severityWord(presetPolicy("strict").rules[name]?.severity ?? 0);
}
