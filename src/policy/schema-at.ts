/** The parts of the policy's schema that hold at a path. */
import type { JsonSchema } from "./schema.js";

export interface SchemaPart {
  readonly schema: JsonSchema;
  /** The name of its definition: `image`, `ruleName`; null for one without. */
  readonly definition: string | null;
}

/** Every form that the value at `path` may have; none for a path that no policy has. */
export function schemaParts(root: JsonSchema, path: readonly (string | number)[]): readonly SchemaPart[] {
  let parts = forms({ schema: root, definition: null }, root);
  for (const step of path) {
    parts = parts.flatMap(({ schema }) =>
      below(schema, step).flatMap((each) => forms({ schema: each, definition: null }, root)),
    );
  }
  return parts;
}

/** The keys that a map may have there, each with what its value may be. */
export function propertiesOf({ schema }: SchemaPart): readonly (readonly [name: string, schema: JsonSchema])[] {
  return Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
}

function below(schema: JsonSchema, step: string | number): readonly JsonSchema[] {
  if (typeof step === "number") {
    const { items } = schema as { items?: JsonSchema | readonly JsonSchema[] };
    if (items === undefined) return [];
    const item = Array.isArray(items) ? (items as readonly JsonSchema[])[step] : (items as JsonSchema);
    return item ? [item] : [];
  }
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  if (Object.hasOwn(properties, step)) return [properties[step] ?? {}];
  const { additionalProperties: others } = schema;
  return typeof others === "object" && others !== null ? [others as JsonSchema] : [];
}

/** A reference followed, and each branch of `if`; what stands beside a `$ref` or `if` (its description) stays. */
function forms({ schema, definition }: SchemaPart, root: JsonSchema): readonly SchemaPart[] {
  const { $ref, then: one, else: other, ...own } = schema as { $ref?: string; then?: JsonSchema; else?: JsonSchema };
  if ($ref !== undefined) {
    const name = $ref.slice($ref.lastIndexOf("/") + 1);
    const target = (root.definitions as Record<string, JsonSchema> | undefined)?.[name];
    return target ? forms({ schema: { ...target, ...own }, definition: name }, root) : [];
  }
  const branches = [one, other].filter((each) => each !== undefined);
  if (branches.length === 0) return [{ schema, definition }];
  return branches.flatMap((each) => forms({ schema: { ...each, ...withoutIf(own) }, definition: null }, root));
}

function withoutIf(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "if"));
}
