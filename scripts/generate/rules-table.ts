import { presetPolicy } from "../../src/policy/presets.js";
import { declaredSeverity, severityWord } from "../../src/policy/severity.js";
import type { Rule, RuleDocs } from "../../src/rule.js";

const CATEGORIES: readonly (readonly [RuleDocs["category"], string])[] = [
  ["bases", "Images"],
  ["layers", "Layers"],
  ["file", "The file"],
];

/** The rules in Markdown tables, one a category; `folder` stands before the links to their pages. */
export function rulesTable(rules: Readonly<Record<string, Rule>>, folder: string): string {
  const entries = Object.entries(rules);
  const tables = CATEGORIES.flatMap(([category, title]) => {
    const rows = entries.flatMap(([name, { meta }]) => {
      if (meta.docs.category !== category) return [];
      const cells = [
        `[${name}](${folder}${name}.md)`,
        meta.docs.description,
        meta.docs.recommended === "strict" ? "off, in `strict` error" : severityText(name, meta.docs.recommended),
        help(meta),
      ];
      return [`| ${cells.map(escapeCell).join(" | ")} |`];
    });
    if (rows.length === 0) return [];
    return [[`| ${title} | Reports | Severity | |`, "| --- | --- | --- | --- |", ...rows].join("\n")];
  });
  return tables.join("\n\n");
}

/** In words for a reader: `warn`, or `error with `bases` in the policy, else warn`. */
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

function help({ fixable, hasSuggestions }: Rule["meta"]): string {
  return [...(fixable ? ["fix"] : []), ...(hasSuggestions ? ["suggestion"] : [])].join(", ");
}

export function escapeCell(text: string): string {
  return text.replace(/\|/g, "\\|").replace(/\n/g, " ");
}
