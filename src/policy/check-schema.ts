/**
 * Holds data against the part of JSON Schema (draft 7) that the policy's schema and the options of rules use. ajv knows
 * all of it, but would be a third of what a run with a policy loads; the tests hold this against it.
 */
import type { JsonSchema } from "./schema.js";
import type { SchemaError, Validator } from "./validate.js";

interface Check {
  readonly data: unknown;
  /** A JSON pointer to the data. */
  readonly at: string;
  /** A pointer to the schema, from its root or from a definition. */
  readonly schemaAt: string;
}

type Report = (error: Pick<SchemaError, "keyword" | "params"> & { readonly message?: string }) => void;

/** What a keyword demands: `value` is what stands behind it in the schema. */
type Keyword = (value: never, check: Check, schema: JsonSchema, context: Context) => void;

interface Context {
  readonly report: Report;
  /** Checks against another schema. True when it fits. */
  readonly check: (schema: JsonSchema, next: Check, isSilent?: boolean) => boolean;
  readonly root: JsonSchema;
}

/** A validator for this schema, all of whose keywords are known here. `errors` are in the form of ajv's with `verbose`. */
export function validatorOf(root: JsonSchema): Validator {
  const validate: Validator = (data) => {
    const errors: SchemaError[] = [];
    run(root, { data, at: "", schemaAt: "#" }, root, errors);
    validate.errors = errors.length === 0 ? null : errors;
    return errors.length === 0;
  };
  return validate;
}

/** Adds to `errors` what does not fit. No recursion but the schema's own, which names no definition inside of itself. */
function run(schema: JsonSchema, check: Check, root: JsonSchema, errors: SchemaError[]): boolean {
  const before = errors.length;
  const context = (keyword: string): Context => ({
    root,
    report: (error) => {
      const schemaPath = `${check.schemaAt}/${keyword}`;
      errors.push({ ...error, instancePath: check.at, schemaPath, parentSchema: schema });
    },
    check: (inner, next, isSilent = false) => run(inner, next, root, isSilent ? [] : errors),
  });
  for (const [name, value] of Object.entries(schema)) {
    const keyword: Keyword | undefined = KEYWORDS[name];
    keyword?.(value as never, check, schema, context(name));
  }
  return errors.length === before;
}

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  $ref: (ref: string, { data, at }, _schema, { root, check }) => {
    check(definitionOf(ref, root), { data, at, schemaAt: ref });
  },
  type: (types: string | readonly string[], { data }, _schema, { report }) => {
    if ([types].flat().some((type) => isOfType(type, data))) return;
    report({ keyword: "type", params: { type: types }, message: `must be ${[types].flat().join(",")}` });
  },
  enum: (allowedValues: readonly unknown[], { data }, _schema, { report }) => {
    if (!allowedValues.includes(data)) report({ keyword: "enum", params: { allowedValues } });
  },
  properties: (properties: Readonly<Record<string, JsonSchema>>, { data, at, schemaAt }, _schema, { check }) => {
    if (!isMap(data)) return;
    for (const [name, inner] of Object.entries(properties)) {
      if (!Object.hasOwn(data, name)) continue;
      check(inner, { data: data[name], at: inside(at, name), schemaAt: inside(`${schemaAt}/properties`, name) });
    }
  },
  additionalProperties: (inner: JsonSchema | boolean, { data, at, schemaAt }, schema, { check, report }) => {
    if (!isMap(data)) return;
    const known = schema.properties ?? {};
    for (const name of Object.keys(data).filter((each) => !Object.hasOwn(known, each))) {
      if (inner === false) report({ keyword: "additionalProperties", params: { additionalProperty: name } });
      else if (inner !== true) {
        check(inner, { data: data[name], at: inside(at, name), schemaAt: `${schemaAt}/additionalProperties` });
      }
    }
  },
  required: (names: readonly string[], { data }, _schema, { report }) => {
    if (!isMap(data)) return;
    for (const missingProperty of names.filter((name) => !Object.hasOwn(data, name))) {
      report({ keyword: "required", params: { missingProperty } });
    }
  },
  items: (inner: JsonSchema | readonly JsonSchema[], { data, at, schemaAt }, _schema, { check }) => {
    if (!Array.isArray(data)) return;
    data.forEach((item: unknown, index) => {
      const [schema, path] = isList(inner) ? [inner[index], `/items/${index}`] : [inner, "/items"];
      if (schema) check(schema, { data: item, at: `${at}/${index}`, schemaAt: `${schemaAt}${path}` });
    });
  },
  minItems: (limit: number, { data }, _schema, { report }) => {
    if (Array.isArray(data) && data.length < limit) report({ keyword: "minItems", params: { limit } });
  },
  maxItems: (limit: number, { data }, _schema, { report }) => {
    if (Array.isArray(data) && data.length > limit) report({ keyword: "maxItems", params: { limit } });
  },
  minLength: (limit: number, { data }, _schema, { report }) => {
    // In characters, of which some are two units. What is longer anyway need not be counted.
    if (typeof data !== "string" || data.length >= 2 * limit || Array.from(data).length >= limit) return;
    report({ keyword: "minLength", params: { limit }, message: `must NOT have fewer than ${limit} characters` });
  },
  minimum: (limit: number, { data }, _schema, { report }) => {
    if (typeof data !== "number" || data >= limit) return;
    report({ keyword: "minimum", params: { limit }, message: `must be >= ${limit}` });
  },
  if: (condition: JsonSchema, place, schema, { check }) => {
    const branch = check(condition, place, true) ? "then" : "else";
    const inner = schema[branch] as JsonSchema | undefined;
    if (inner) check(inner, { ...place, schemaAt: `${place.schemaAt}/${branch}` });
  },
  anyOf: (branches: readonly JsonSchema[], place, _schema, { check, report }) => {
    if (branches.some((branch) => check(branch, place, true))) return;
    tellBranches("anyOf", branches, place, check);
    report({ keyword: "anyOf", params: {}, message: "must match a schema in anyOf" });
  },
  oneOf: (branches: readonly JsonSchema[], place, _schema, { check, report }) => {
    const fitting = branches.filter((branch) => check(branch, place, true)).length;
    if (fitting === 1) return;
    if (fitting === 0) tellBranches("oneOf", branches, place, check);
    report({ keyword: "oneOf", params: {}, message: "must match exactly one schema in oneOf" });
  },
};

/** Keywords that demand nothing by themselves. */
const WORDS: ReadonlySet<string> = new Set([
  ...["$schema", "title", "description", "default", "examples", "definitions", "then", "else"],
]);

/** Keywords that hold schemas by name, and those that hold one or a list of them. */
const NAMED: ReadonlySet<string> = new Set(["properties", "definitions"]);
const HOLDING: ReadonlySet<string> = new Set([
  ...["additionalProperties", "items", "if", "then", "else", "anyOf", "oneOf"],
]);

/** @throws Error when the schema has a keyword that is not known here */
export function assertKnown(schema: JsonSchema): void {
  for (const [name, value] of Object.entries(schema)) {
    if (!Object.hasOwn(KEYWORDS, name) && !WORDS.has(name)) throw new Error(`check-schema.ts does not know ${name}`);
    if (typeof value !== "object" || value === null) continue;
    if (NAMED.has(name)) (Object.values(value) as JsonSchema[]).forEach(assertKnown);
    else if (HOLDING.has(name)) ([value].flat() as JsonSchema[]).forEach(assertKnown);
  }
}

function tellBranches(keyword: string, branches: readonly JsonSchema[], place: Check, check: Context["check"]): void {
  branches.forEach((branch, index) => check(branch, { ...place, schemaAt: `${place.schemaAt}/${keyword}/${index}` }));
}

function definitionOf(ref: string, { definitions }: JsonSchema): JsonSchema {
  const found = (definitions as Readonly<Record<string, JsonSchema>>)[ref.replace("#/definitions/", "")];
  if (!found) throw new Error(`check-schema.ts finds no ${ref}`);
  return found;
}

function isOfType(type: string, data: unknown): boolean {
  switch (type) {
    case "null":
      return data === null;
    case "array":
      return Array.isArray(data);
    case "object":
      return isMap(data);
    case "integer":
      return Number.isInteger(data);
    case "number":
      return Number.isFinite(data);
    default:
      return typeof data === type;
  }
}

function isMap(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

function isList(schema: JsonSchema | readonly JsonSchema[]): schema is readonly JsonSchema[] {
  return Array.isArray(schema);
}

/** The pointer to what is called `name` in there. */
function inside(pointer: string, name: string): string {
  return `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
