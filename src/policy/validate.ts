/** Holds a policy's data against the schema, and says in plain words what does not fit. */
import { safe } from "../report/safe.js";
import { didYouMean, listed, policyError, quoted, type PolicyError } from "./errors.js";
import type { PolicyPlace } from "./policy.js";
import type { PolicyText } from "./read.js";

/** The title of schemas that hold rule names, by which an error knows that it is about a rule. */
export const RULE_NAME = "Rule name";

/** The part of ajv's errors (made with `verbose`) that is read here. */
export interface SchemaError {
  /** A JSON pointer to the value. */
  readonly instancePath: string;
  /** A pointer into the schema, from its root or from a definition. */
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly parentSchema?: Readonly<Record<string, unknown>>;
}

/** Says whether data fits: `errors` belong to the last call. */
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** More errors of one file than this are not told. */
const MOST = 50;
/** Nor looked at: hostile input must not buy unbounded work. */
const MOST_READ = 2_000;

/** Where a value stands: the container it lies in and under which key; both null for the root. */
interface Target {
  readonly value: unknown;
  readonly container: object | null;
  readonly key: string | number;
  /** For people: `bases.golden[0].image`. */
  readonly path: string;
}

interface Misfits {
  readonly errors: readonly PolicyError[];
  /** The top-level keys that they are in; null when the whole is no map. */
  readonly keys: ReadonlySet<string> | null;
}

/** What does not fit, at most one error a place, in the order of the file. */
export function schemaErrors(text: PolicyText, validate: Validator): Misfits {
  if (validate(text.data)) return { errors: [], keys: new Set() };
  const raw = withoutAlternatives((validate.errors ?? []).slice(0, MOST_READ));
  const seen = new Set<string>();
  const errors: PolicyError[] = [];
  for (const error of raw) {
    const told = tell(error, targetOf(text.data, error.instancePath), text);
    const at = `${told.line}:${told.column}`;
    if (!seen.has(at)) errors.push(told);
    seen.add(at);
  }
  errors.sort((a, b) => a.line - b.line || a.column - b.column);
  const isMap = isContainer(text.data) && !Array.isArray(text.data);
  return { errors: errors.slice(0, MOST), keys: isMap ? new Set((validate.errors ?? []).map(topKey)) : null };
}

/** The top-level key that an error is in. */
function topKey({ instancePath, params }: SchemaError): string {
  const key = instancePath.split("/", 2)[1];
  return key === undefined ? String(params.additionalProperty) : unescaped(key);
}

function tell(error: SchemaError, target: Target, text: PolicyText): PolicyError {
  const name = target.path === "" ? "a policy" : quoted(target.path);
  const { params, parentSchema } = error;
  const value = found(target, text);
  const at = (message: string): PolicyError => policyError(valuePlace(target, text), message);
  switch (error.keyword) {
    case "additionalProperties":
      return unknownKey(String(params.additionalProperty), error, target, text);
    case "required":
      return at(`${name} has no ${quoted(String(params.missingProperty))}; it needs one`);
    case "type":
      return at(`${name} must be ${kinds(params.type)}, not ${value}${advice(error, target, text)}`);
    case "enum": {
      const allowed = params.allowedValues as readonly unknown[];
      const names = allowed.filter((each) => typeof each === "string");
      const near = typeof target.value === "string" ? didYouMean(target.value, names) : "";
      if (parentSchema?.title === RULE_NAME) return at(`${name}: there is no rule ${value}${near || LIST_RULES}`);
      return at(`${name} cannot be ${value}; it is one of ${listed(allowed)}${near}`);
    }
    case "minItems":
      return at(`${name} is an empty list; give it a value or delete the key`);
    case "maxItems":
      return tooManyItems(Number(params.limit), name, target, text);
    default:
      return at(`${name} ${error.message ?? "is not valid"}`);
  }
}

const LIST_RULES = "; `fromlint --list-rules` shows them all";

function unknownKey(key: string, error: SchemaError, target: Target, text: PolicyText): PolicyError {
  const place = isContainer(target.value) ? text.placeOfKey(target.value, key) : text.placeOfRoot;
  const known = Object.keys(error.parentSchema?.properties ?? {});
  if (error.parentSchema?.title === RULE_NAME) {
    return policyError(place, `there is no rule ${quoted(key)}${didYouMean(key, known, LIST_RULES)}`);
  }
  const within = target.path === "" ? "" : ` in ${quoted(target.path)}`;
  const keys = known.filter((each) => !each.startsWith("$"));
  const otherwise = keys.length > 0 ? `; the keys here are ${listed(keys)}` : "; it takes no keys";
  return policyError(place, `unknown key ${quoted(key)}${within}${didYouMean(key, keys, otherwise)}`);
}

function tooManyItems(limit: number, name: string, target: Target, text: PolicyText): PolicyError {
  const list = target.value as object;
  const takes =
    limit === 1 ? "takes no options" : limit === 2 ? "takes one map of options" : `has at most ${limit} items`;
  return policyError(text.placeOfValue(list, limit), `${name} ${takes}; delete this one`);
}

/** Of `anyOf` and `oneOf`, the errors of the branch that got deepest; where none got in, one line for all. */
function withoutAlternatives(errors: readonly SchemaError[]): SchemaError[] {
  let kept = errors.filter(({ keyword }) => keyword !== "if");
  for (const outer of kept.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf")) {
    const inside = kept.filter((each) => each !== outer && isBelow(each, outer));
    const deeper = inside.filter((each) => each.instancePath.length > outer.instancePath.length);
    const unknown = inside.filter(({ keyword }) => keyword === "additionalProperties" || keyword === "required");
    const best = deeper.length > 0 ? deeper : unknown;
    const choice = best.length > 0 ? best : [merged(outer, inside)];
    const dropped = new Set([outer, ...inside]);
    kept = kept.filter((each) => !dropped.has(each)).concat(choice);
  }
  return kept;
}

function isBelow(inner: SchemaError, outer: SchemaError): boolean {
  const { instancePath, schemaPath } = inner;
  const isThere = instancePath === outer.instancePath || instancePath.startsWith(`${outer.instancePath}/`);
  return isThere && schemaPath.startsWith(`${outer.schemaPath}/`);
}

/** One error for several forms none of which fits: `must be text or a list`, or all values that are allowed. */
function merged(outer: SchemaError, branches: readonly SchemaError[]): SchemaError {
  const types = branches.filter(({ keyword }) => keyword === "type").flatMap(({ params }) => params.type as string);
  const values = branches.filter(({ keyword }) => keyword === "enum").flatMap(({ params }) => params.allowedValues);
  if (values.length > 0 && types.length === 0) {
    return { ...outer, keyword: "enum", params: { allowedValues: values } };
  }
  if (types.length > 0 && values.length === 0) return { ...outer, keyword: "type", params: { type: types } };
  if (values.length === 0) return outer;
  return { ...outer, keyword: "forms", message: `must be ${kinds(types)} or one of ${listed(values)}` };
}

const KINDS: Readonly<Record<string, string>> = {
  object: "a map",
  array: "a list",
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  null: "empty",
};

function kinds(types: unknown): string {
  return [types]
    .flat()
    .map((type) => KINDS[String(type)] ?? String(type))
    .join(" or ");
}

/** What stands there, for a message. */
function found(target: Target, text: PolicyText): string {
  const { value } = target;
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "string") return quoted(value);
  return typeof value === "number" ? `the number ${quoted(written(target, text))}` : quoted(written(target, text));
}

/** A number, true or false as it stands in the file: `3.10` stays `3.10`. */
function written({ value, container, key }: Target, text: PolicyText): string {
  return (container && text.source(container, key)) ?? JSON.stringify(value);
}

/** What to write instead, for the mistakes that are common. */
function advice(error: SchemaError, target: Target, text: PolicyText): string {
  const { value } = target;
  const wanted = [error.params.type].flat();
  if (value === null) return "; give it a value or delete the key";
  if (wanted.includes("string") && (typeof value === "number" || typeof value === "boolean")) {
    return `; put it in quotes: "${safe(written(target, text))}"`;
  }
  if (typeof value !== "string") return "";
  if (wanted.includes("array")) return `; put it in brackets: [${quoted(value).slice(1, -1)}]`;
  const [key] = (error.parentSchema?.required ?? []) as readonly string[];
  return wanted.includes("object") && key !== undefined ? `; write { ${key}: ${quoted(value).slice(1, -1)} }` : "";
}

function targetOf(data: unknown, pointer: string): Target {
  let target: Target = { value: data, container: null, key: "", path: "" };
  for (const part of pointer.split("/").slice(1)) {
    const container = target.value;
    if (!isContainer(container)) return target;
    const name = unescaped(part);
    const isList = Array.isArray(container);
    const key = isList ? Number(name) : name;
    const path = isList ? `${target.path}[${name}]` : target.path === "" ? name : `${target.path}.${name}`;
    target = { value: (container as Record<string | number, unknown>)[key], container, key, path };
  }
  return target;
}

function unescaped(pointerPart: string): string {
  return pointerPart.replaceAll("~1", "/").replaceAll("~0", "~");
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function valuePlace({ container, key }: Target, text: PolicyText): PolicyPlace {
  return container === null ? text.placeOfRoot : text.placeOfValue(container, key);
}
