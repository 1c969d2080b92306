/** What can be written in fromlint.yaml and fromlint.json: keys, rules, values, images. */
import {
  policyCursor,
  PRESETS,
  propertiesOf,
  schemaAt,
  type PolicyCursor,
  type Range,
  type SchemaPart,
} from "../../src/editor.js";
import { defaultCatalog, rules } from "../../src/index.js";
import { code } from "../features/markdown.js";
import { lineStart } from "../features/ranges.js";
import { ruleText } from "./rule-text.js";

export interface PolicyCompletion {
  readonly label: string;
  readonly kind: "key" | "rule" | "value" | "image";
  /** Offsets, 0-based, end exclusive: what is replaced; on one line. */
  readonly range: Range;
  /** What is written there; may hold line ends, indented as they have to be. */
  readonly text: string;
  /** Markdown; null where there is nothing to say. */
  readonly documentation: string | null;
}

/** At `offset` (0-based) in the text of a policy, also one that is broken. Null where nothing is known to fit. */
export function policyCompletionsAt(text: string, offset: number): readonly PolicyCompletion[] {
  const cursor = policyCursor(text, offset);
  if (!cursor) return [];
  const parts = schemaAt(cursor.path);
  if (cursor.kind === "key") return parts.flatMap((part) => keysOf(part, cursor, text));
  const found = parts.flatMap((part) => [
    ...keysOf(part, cursor, text),
    ...valuesOf(part, cursor, text),
    ...listItems(part, cursor, text),
  ]);
  return [...new Map(found.map((item) => [item.label, item])).values()];
}

function keysOf(part: SchemaPart, cursor: PolicyCursor, text: string): readonly PolicyCompletion[] {
  return propertiesOf(part)
    .filter(([name]) => !cursor.siblings.includes(name) && (name !== "$schema" || isJson(text)))
    .map(([name, { description }]): PolicyCompletion => {
      const rule = part.schema.title === RULE_NAME ? ruleText(name) : null;
      const documentation =
        rule ?? describe([...schemaAt([...cursor.path, name]), { schema: { description }, definition: null }]);
      return {
        label: name,
        kind: rule ? "rule" : "key",
        range: cursor.range,
        text: keyText(name, cursor, text),
        documentation,
      };
    });
}

/** The title by which the schema marks maps and lists of rule names. */
const RULE_NAME = "Rule name";

/** The key with its colon, and where a map or list has to follow the line for it. */
function keyText(name: string, { path, range, inFlow, isQuoted }: PolicyCursor, text: string): string {
  const after = text.slice(range[1], range[1] + 3);
  if (isQuoted || /^["']?\s?:/.test(after)) return name;
  if (isJson(text)) return `"${name}": `;
  if (inFlow) return `${name}: `;
  const indent = " ".repeat(range[0] - lineStart(text, range[0]) + 2);
  const types = schemaAt([...path, name]).map(({ schema }) => schema.type);
  if (types.length === 1 && types[0] === "array") return `${name}:\n${indent}- `;
  return types.length === 1 && types[0] === "object" ? `${name}:\n${indent}` : `${name}: `;
}

/** Where a list has to be and none is begun: its items, as the first one of it. */
function listItems({ schema }: SchemaPart, cursor: PolicyCursor, text: string): readonly PolicyCompletion[] {
  if (schema.type !== "array" || cursor.isQuoted) return [];
  const isAlone = !cursor.inFlow && text.slice(lineStart(text, cursor.range[0]), cursor.range[0]).trim() === "";
  const items = schemaAt([...cursor.path, 0]).flatMap((part) =>
    valuesOf(part, { ...cursor, path: [...cursor.path, 0] }, text),
  );
  return items.map((item) => ({ ...item, text: isAlone ? `- ${item.text}` : `[${item.text}]` }));
}

function valuesOf(
  { schema, definition }: SchemaPart,
  cursor: PolicyCursor,
  document: string,
): readonly PolicyCompletion[] {
  const item = (value: string, kind: PolicyCompletion["kind"], documentation: string | null): PolicyCompletion => {
    const text = cursor.isQuoted ? value : quotedIfNeeded(value, cursor, document);
    return { label: value, kind, range: cursor.range, text, documentation };
  };
  const written = (values: readonly string[]): string[] => values.filter((value) => !cursor.siblings.includes(value));
  if (definition === "image")
    return written([...cursor.golden, ...knownImages()]).map((name) => item(name, "image", null));
  if (definition === "registry") return written(knownRegistries()).map((name) => item(name, "value", null));
  if (cursor.path[0] === "extends" && cursor.path.length === 2)
    return written(PRESETS).map((name) => item(name, "value", null));
  if (schema.type === "boolean") return ["true", "false"].map((value) => item(value, "value", null));
  const values = ((schema.enum ?? []) as readonly unknown[]).filter((value) => typeof value === "string");
  return written(values).map((value) => {
    const isRule = schema.title === RULE_NAME && Object.hasOwn(rules, value);
    return item(value, isRule ? "rule" : "value", isRule ? ruleText(value) : null);
  });
}

/** Official images, and those of publishers that the catalog knows. */
function knownImages(): readonly string[] {
  const { official, publishers, repositories } = defaultCatalog();
  const others = [...repositories].filter((name) => !name.startsWith("docker.io/library/"));
  return [...official, ...others, ...publishers.map(({ prefix }) => `${prefix}**`)];
}

function knownRegistries(): readonly string[] {
  const hosts = defaultCatalog().publishers.map(({ prefix }) => prefix.split("/", 1)[0] ?? "");
  return [...new Set(["docker.io", ...hosts])];
}

/** `*` begins an alias and `{` a map; JSON quotes all text. */
function quotedIfNeeded(value: string, { inFlow }: PolicyCursor, document: string): string {
  if (isJson(document)) return /^(?:true|false)$/.test(value) ? value : `"${value}"`;
  return /^[\w./-]+$/.test(value) || (!inFlow && /^[\w./-][\w./*-]*$/.test(value)) ? value : `"${value}"`;
}

function isJson(text: string): boolean {
  return /^\ufeff?\s*\{/.test(text);
}

/** What the schema says of a value: the first description, and what it is when left out. */
export function describe(parts: readonly SchemaPart[]): string | null {
  const { schema } = parts.find((part) => typeof part.schema.description === "string") ?? {};
  if (typeof schema?.description !== "string") return null;
  const values = parts.flatMap((part) => (part.schema.enum ?? []) as readonly unknown[]).map(String);
  const lines = [schema.description];
  if (values.length > 0 && values.length <= 12) lines.push("", `One of ${values.map(code).join(", ")}.`);
  if (schema.default !== undefined) lines.push("", `Without it: ${code(JSON.stringify(schema.default))}.`);
  return lines.join("\n");
}
