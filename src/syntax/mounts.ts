/** The value of `RUN --mount=…`: fields separated by commas, and whether BuildKit takes them. */
import { createKept, keep, keptOf, rangeOf, type Mapped } from "./mapped.js";
import { nearest } from "../spelling.js";
import type { FlagValue, Range } from "./nodes.js";

/** `key=value`, or a bare `key`. */
export interface MountField {
  /** Lower case. */
  readonly key: string;
  /** Without CSV quotes; null for a bare key. */
  readonly value: string | null;
  /** Where the value's characters stand; empty, at the field's end, where there are none. */
  readonly valueRange: Range;
  readonly range: Range;
}

/** Why BuildKit refuses a mount, and where. */
export interface MountRefusal {
  readonly reason: string;
  readonly range: Range;
}

/** One field of a line of CSV: the whole of [from, to) with quotes, and the characters kept of it. */
interface CsvField {
  readonly text: Mapped;
  readonly range: Range;
}

const TYPES = ["bind", "cache", "tmpfs", "secret", "ssh"];
const SHARING = ["shared", "private", "locked"];
const KEYS = [
  ...["type", "from", "source", "src", "target", "dst", "destination", "readonly", "ro", "readwrite", "rw"],
  ...["id", "sharing", "required", "size", "mode", "uid", "gid", "env"],
];
const BARE_KEYS = ["readonly", "ro", "readwrite", "rw", "required"];

/** The fields of a mount, in order; of a repeated key BuildKit takes the last. Those before a mistake in quotes. */
export function mountFields(value: FlagValue): readonly MountField[] {
  return splitCsv(value).fields.map(fieldOf);
}

/**
 * Why BuildKit refuses a mount (`parseMount` in instructions/commands_runmount.go); null when it takes it. Values
 * with variables are only looked at where BuildKit refuses variables: in `from`.
 */
export function mountRefusal(value: FlagValue): MountRefusal | null {
  const { fields: csv, refusal } = splitCsv(value);
  if (refusal !== null) return { reason: refusal, range: value.range };
  const fields = csv.map(fieldOf);
  const type = fields.findLast((field) => field.key === "type" && field.value !== null)?.value?.toLowerCase() ?? "bind";
  return refusalOf(fields, type);
}

function refusalOf(fields: readonly MountField[], type: string): MountRefusal | null {
  for (const field of fields) {
    const reason = fieldRefusal(field, type);
    if (reason !== null) return { reason, range: field.range };
  }
  const has = (...keys: readonly string[]): MountField | undefined =>
    fields.find(({ key, value }) => keys.includes(key) && value !== null && value !== "");
  const isVariable = type.includes("$");
  const owner = has("mode", "uid", "gid");
  if (owner !== undefined && (type === "bind" || type === "tmpfs")) {
    return { reason: `${owner.key} is not allowed in a mount of type ${type}`, range: owner.range };
  }
  const sharing = has("sharing");
  if (sharing !== undefined && type !== "cache" && !isVariable) {
    return { reason: `sharing is only allowed in a mount of type cache, not ${type}`, range: sharing.range };
  }
  if (type !== "secret") return null;
  const from = has("from");
  if (from !== undefined) return { reason: "a secret mount has no from", range: from.range };
  const [source, id] = [has("source", "src"), has("id")];
  if (source !== undefined && id !== undefined) {
    return { reason: "a secret mount has either source or id, not both", range: id.range };
  }
  const last = fields.at(-1);
  if (source === undefined && id === undefined && has("target", "dst", "destination") === undefined && last) {
    return { reason: "a secret mount needs id, source or target", range: last.range };
  }
  return null;
}

function fieldRefusal({ key, value }: MountField, type: string): string | null {
  const isVariable = value?.includes("$") ?? false;
  // Variables in it are refused, too; what they mean for the image is the image's own story.
  if (key === "from" && value !== null) return null;
  if (!KEYS.includes(key)) {
    const meant = nearest(key, KEYS);
    return `unknown key ${JSON.stringify(key)}${meant === null ? "" : `, did you mean ${meant}?`}`;
  }
  if (value === null && !BARE_KEYS.includes(key)) return `${key} needs a value: ${key}=…`;
  if (key === "type" && value !== null && !isVariable) return notOneOf(value, TYPES, "mount type");
  if (key === "sharing" && value !== null && !isVariable) return notOneOf(value, SHARING, "sharing");
  if (key === "required" && !type.includes("$") && type !== "secret" && type !== "ssh") {
    return `required is not allowed in a mount of type ${type}`;
  }
  if (key === "size" && !type.includes("$") && type !== "tmpfs")
    return `size is not allowed in a mount of type ${type}`;
  return null;
}

function notOneOf(text: string, allowed: readonly string[], what: string): string | null {
  if (allowed.includes(text.toLowerCase())) return null;
  return `unknown ${what} ${JSON.stringify(text)}; it is one of ${allowed.join(", ")}`;
}

function fieldOf({ text: field, range }: CsvField): MountField {
  const equals = field.text.indexOf("=");
  if (equals === -1) return { key: field.text.toLowerCase(), value: null, valueRange: [range[1], range[1]], range };
  const key = field.text.slice(0, equals).toLowerCase();
  const value = field.text.slice(equals + 1);
  const valueRange: Range = value === "" ? [range[1], range[1]] : rangeOf(field, equals + 1, field.text.length);
  return { key, value, valueRange, range };
}

/** A line of CSV as go-csvvalue reads it: a field that starts with `"` ends with one, `""` inside stands for `"`. */
function splitCsv(value: FlagValue): { fields: CsvField[]; refusal: string | null } {
  const { text } = value;
  const fields: CsvField[] = [];
  if (text === "") return { fields, refusal: "the mount is empty" };
  let index = 0;
  for (;;) {
    const from = index;
    const kept = createKept();
    if (text.charAt(from) !== '"') {
      const comma = text.indexOf(",", from);
      index = comma === -1 ? text.length : comma;
      const plain = text.slice(from, index);
      if (plain.includes('"')) return { fields, refusal: 'a `"` stands inside a field that does not start with one' };
      if (plain !== "") keep(kept, plain, from);
    } else {
      index = from + 1;
      for (;;) {
        const quote = text.indexOf('"', index);
        if (quote === -1) return { fields, refusal: 'a `"` is not closed' };
        const isDoubled = text.charAt(quote + 1) === '"';
        const part = text.slice(index, isDoubled ? quote + 1 : quote);
        if (part !== "") keep(kept, part, index);
        index = quote + (isDoubled ? 2 : 1);
        if (!isDoubled) break;
      }
      if (index < text.length && text.charAt(index) !== ",") {
        return { fields, refusal: 'only a comma can follow the closing `"` of a field' };
      }
    }
    const start = value.offsetAt(from);
    const range: Range = [start, index > from ? value.offsetAt(index - 1) + 1 : start];
    fields.push({ text: keptOf(value, kept, from), range });
    if (index >= text.length) return { fields, refusal: null };
    index++;
  }
}
