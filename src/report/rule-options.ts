/** The options of a rule as rows: for its page and for `fromlint explain`. */

/** The part of JSON Schema that options are written in. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly description?: string;
}

export interface OptionRow {
  readonly name: string;
  /** In words: `boolean`, `list of string`; values between backticks. */
  readonly type: string;
  /** Undefined where there is none. */
  readonly default: unknown;
  readonly description: string;
}

/** One row an option, of `meta.schema` and `meta.defaultOptions`. Throws for an option without a description. */
export function optionRows(schema: readonly object[], defaults: readonly unknown[]): readonly OptionRow[] {
  return schema.flatMap((item, index) => {
    const values = (defaults[index] ?? {}) as Readonly<Record<string, unknown>>;
    return Object.entries((item as Schema).properties ?? {}).map(([name, option]) => {
      if (!option.description) throw new Error(`option ${name} has no description`);
      return { name, type: typeText(option), default: values[name], description: option.description };
    });
  });
}

function typeText(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(" or ");
  if (schema.type === "array") return `list of ${typeText(schema.items ?? {})}`;
  if (typeof schema.additionalProperties === "object") return `map of ${typeText(schema.additionalProperties)}`;
  return schema.type ?? "any";
}
