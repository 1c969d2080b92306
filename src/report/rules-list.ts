/** `fromlint --list-rules`. */
import type { Rule } from "../rule.js";
import { byLength } from "./cells.js";
import { tableOf, type Column } from "./table.js";

const COLUMNS: readonly Column[] = [
  { title: "RULE", cut: null },
  { title: "RECOMMENDED", cut: null },
  { title: "HELP", cut: null },
  { title: "REPORTS", cut: null },
];

/**
 * A table; `recommended` is what the preset of that name says: `policy` where it depends on the policy's keys, `strict`
 * for a rule that it leaves out and `strict` does not.
 */
export function rulesTable(rules: Readonly<Record<string, Rule>>): string {
  const rows = Object.entries(rules).map(([name, { meta }]) => {
    const help = [meta.fixable ? "fix" : "", meta.hasSuggestions ? "suggest" : ""].filter(Boolean).join(", ");
    return { cells: [name, meta.docs.recommended, help, meta.docs.description], paint: (text: string) => text };
  });
  return tableOf(COLUMNS, rows, Infinity, byLength);
}

/** The same for machines: an array of objects. */
export function rulesJson(rules: Readonly<Record<string, Rule>>): string {
  const list = Object.entries(rules).map(([name, { meta }]) => ({
    name,
    category: meta.docs.category,
    recommended: meta.docs.recommended,
    fixable: meta.fixable !== undefined,
    hasSuggestions: meta.hasSuggestions === true,
    description: meta.docs.description,
  }));
  return `${JSON.stringify(list, null, 2)}\n`;
}
