import { severityText } from "../../src/policy/severity-words.js";
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

function help({ fixable, hasSuggestions }: Rule["meta"]): string {
  return [...(fixable ? ["fix"] : []), ...(hasSuggestions ? ["suggestion"] : [])].join(", ");
}

export function escapeCell(text: string): string {
  return text.replace(/\|/g, "\\|").replace(/\n/g, " ");
}
