import { escapeCell } from "./rules-table.js";

/** The part of JSON Schema that options are written in. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly description?: string;
}

/** A Markdown table of a rule's options; null when it has none. Throws for an option without a description. */
export function optionsTable(schema: readonly object[], defaults: readonly unknown[]): string | null {
  const rows = schema.flatMap((item, index) => {
    const properties = Object.entries((item as Schema).properties ?? {});
    const values = (defaults[index] ?? {}) as Readonly<Record<string, unknown>>;
    return properties.map(([name, option]) => {
      if (!option.description) throw new Error(`option ${name} has no description`);
      const value = name in values ? `\`${JSON.stringify(values[name])}\`` : "";
      return `| \`${name}\` | ${escapeCell(typeText(option))} | ${escapeCell(value)} | ${escapeCell(option.description)} |`;
    });
  });
  if (rows.length === 0) return null;
  return ["| Option | Type | Default | |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function typeText(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(" or ");
  if (schema.type === "array") return `list of ${typeText(schema.items ?? {})}`;
  if (typeof schema.additionalProperties === "object") return `map of ${typeText(schema.additionalProperties)}`;
  return schema.type ?? "any";
}
