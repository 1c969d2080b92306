import { optionRows } from "../../src/report/rule-options.js";
import { escapeCell } from "./rules-table.js";

/** A Markdown table of a rule's options; null when it has none. Throws for an option without a description. */
export function optionsTable(schema: readonly object[], defaults: readonly unknown[]): string | null {
  const rows = optionRows(schema, defaults).map(({ name, type, default: value, description }) => {
    const cells = [`\`${name}\``, type, value === undefined ? "" : `\`${JSON.stringify(value)}\``, description];
    return `| ${cells.map(escapeCell).join(" | ")} |`;
  });
  if (rows.length === 0) return null;
  return ["| Option | Type | Default | |", "| --- | --- | --- | --- |", ...rows].join("\n");
}
