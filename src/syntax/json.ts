/** The JSON form of instructions: an array of strings, as strict as Go's encoding/json. */
import { isSpace } from "./characters.js";
import { createKept, keep, type Kept } from "./mapped.js";

/** One string: `from` and `to` are the indexes inside its quotes, `kept` what it decodes to. */
export interface JsonString {
  readonly from: number;
  readonly to: number;
  readonly kept: Kept;
}

/** `notJson`: the shell form. `notStrings`: an array that BuildKit refuses. */
export type JsonForm = readonly JsonString[] | "notJson" | "notStrings";

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** Go's decoder gives up below this depth and the text counts as shell form. */
const MAX_DEPTH = 10_000;

/** Reads [from, to) of a logical text as a JSON array of strings. */
export function readJsonForm(text: string, from: number, to: number): JsonForm {
  let start = from;
  while (start < to && isSpace(text.charCodeAt(start))) start++;
  if (text.charAt(start) !== "[" || start >= to) return "notJson";
  return readStrings(text, start, to) ?? otherJson(text.slice(start, to));
}

/** The strings of a well-formed array of strings; null for anything else. */
function readStrings(text: string, from: number, to: number): JsonString[] | null {
  const strings: JsonString[] = [];
  let index = skipJsonSpace(text, from + 1, to);
  if (text.charAt(index) === "]") return skipJsonSpace(text, index + 1, to) === to ? strings : null;
  for (;;) {
    if (index >= to || text.charAt(index) !== '"') return null;
    const string = readString(text, index + 1, to);
    if (string === null) return null;
    strings.push(string);
    index = skipJsonSpace(text, string.to + 1, to);
    const char = index < to ? text.charAt(index) : "";
    if (char === "]") return skipJsonSpace(text, index + 1, to) === to ? strings : null;
    if (char !== ",") return null;
    index = skipJsonSpace(text, index + 1, to);
  }
}

function skipJsonSpace(text: string, from: number, to: number): number {
  let index = from;
  while (index < to && " \t\r\n".includes(text.charAt(index))) index++;
  return index;
}

function readString(text: string, from: number, to: number): JsonString | null {
  const kept = createKept();
  let run = from;
  for (let index = from; index < to; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20) return null;
    if (code === 0x22) {
      if (index > run) keep(kept, text.slice(run, index), run);
      return { from, to: index, kept };
    }
    if (code !== 0x5c) continue;
    if (index > run) keep(kept, text.slice(run, index), run);
    const escaped = text.charAt(index + 1);
    const simple = SIMPLE_ESCAPES[escaped];
    const hex = escaped === "u" && index + 6 <= to ? text.slice(index + 2, index + 6) : "";
    if (index + 1 >= to || (simple === undefined && !/^[0-9a-fA-F]{4}$/.test(hex))) return null;
    keep(kept, simple ?? String.fromCharCode(Number.parseInt(hex, 16)), index);
    index += simple === undefined ? 5 : 1;
    run = index + 1;
  }
  return null;
}

/** Whether something that is no array of strings is JSON at all. */
function otherJson(text: string): "notJson" | "notStrings" {
  if (depthOver(text, MAX_DEPTH)) return "notJson";
  try {
    JSON.parse(text);
    return "notStrings";
  } catch {
    return "notJson";
  }
}

function depthOver(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (inString && char === "\\") index++;
    else if (char === '"') inString = !inString;
    else if (!inString && (char === "[" || char === "{") && ++depth > limit) return true;
    else if (!inString && (char === "]" || char === "}")) depth--;
  }
  return false;
}
