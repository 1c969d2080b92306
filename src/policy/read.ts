/** A policy file as plain data, with the place of every key and value. The only importer of `yaml`. */
import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { Composer, LineCounter, Parser, type Document, isScalar, type ParsedNode } from "yaml";
import { safe } from "../report/safe.js";
import { policyError, reasonOf, startOf, type PolicyError } from "./errors.js";
import { jsonProblem } from "./json.js";
import type { PolicyPlace } from "./policy.js";
import { plainData, type Spots } from "./plain.js";
import { tokenProblem } from "./tokens.js";

/** Larger files are refused unread. */
const MAX_BYTES = 1024 * 1024;

/**
 * `data` holds maps (objects without a prototype, so that `__proto__` is a name like any other), lists and
 * scalars. Places are asked for by container and key or index; `source` is the text of a scalar as written.
 */
export interface PolicyText {
  readonly file: string;
  readonly data: unknown;
  readonly placeOfKey: (container: object, key: string | number) => PolicyPlace;
  readonly placeOfValue: (container: object, key: string | number) => PolicyPlace;
  readonly placeOfRoot: PolicyPlace;
  readonly source: (container: object, key: string | number) => string | null;
}

export type ReadResult =
  | { readonly text: PolicyText; readonly errors: null }
  | { readonly text: null; readonly errors: readonly PolicyError[] };

/** Reads the policy file at an absolute path. Whatever is wrong with it is a PolicyError, never thrown. */
export function readPolicyFile(file: string): ReadResult {
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) return refused(startOf(file), "cannot be read: it is a folder");
    if (!stats.isFile()) return refused(startOf(file), "cannot be read: it is not a regular file");
    if (stats.size > MAX_BYTES) return refused(startOf(file), tooLarge(stats.size));
    return readPolicyBytes(file, readFileSync(file));
  } catch (error) {
    return refused(startOf(file), `cannot be read: ${reasonOf(error)}`);
  }
}

/** The same for bytes at hand; `file` names them, and a name ending in `.json` asks for JSON. */
export function readPolicyBytes(file: string, bytes: Buffer): ReadResult {
  if (bytes.length > MAX_BYTES) return refused(startOf(file), tooLarge(bytes.length));
  if (!isUtf8(bytes)) return refused(badByte(file, bytes), "the file is not UTF-8 text; save it as UTF-8");
  return readPolicyText(file, bytes.toString("utf8").replace(/^\ufeff/, ""));
}

function readPolicyText(file: string, text: string): ReadResult {
  const counter = new LineCounter();
  const tokens = [...new Parser(counter.addNewLine).parse(text)];
  const place = (offset: number): PolicyPlace => {
    const { line, col } = counter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };

  const json = file.toLowerCase().endsWith(".json") ? jsonProblem(text) : null;
  if (json) return refused(place(json.offset), `not valid JSON: ${json.message}`);
  const unread = tokenProblem(tokens);
  if (unread) return refused(place(unread.offset), unread.message);

  // Duplicate keys are found by plainData: the check of `yaml` compares every key with every other.
  const options = { uniqueKeys: false, prettyErrors: false, logLevel: "silent" } as const;
  const documents = new Composer(options).compose(tokens, true, text.length);
  const first = documents.next().value as Document.Parsed | undefined;
  if (!first) return { text: emptyText(file), errors: null };
  const broken = first.errors[0];
  if (broken) return refused(place(broken.pos[0]), `not valid YAML: ${yamlMessage(broken.message)}`);
  const second = documents.next().value as Document.Parsed | undefined;
  if (second) {
    const start = place(second.range[0]);
    return refused(start, "only one YAML document is read; delete the others, or the `---` between them");
  }

  const root = first.contents;
  if (root === null || isBlank(root)) return { text: emptyText(file), errors: null };
  const { data, spots, problems } = plainData(root);
  if (problems.length > 0) {
    const errors = problems.map(({ offset, message, earlier }) =>
      policyError(
        place(offset),
        earlier === undefined ? message : `${message}; the first is on line ${place(earlier).line}`,
      ),
    );
    return { text: null, errors };
  }
  return { text: located(file, data, place(root.range[0]), spots, place), errors: null };
}

function located(
  file: string,
  data: unknown,
  placeOfRoot: PolicyPlace,
  spots: Spots,
  place: (offset: number) => PolicyPlace,
): PolicyText {
  const spot = (container: object, key: string | number) => spots.get(container)?.get(key);
  const at = (offset: number | undefined): PolicyPlace => (offset === undefined ? placeOfRoot : place(offset));
  return {
    file,
    data,
    placeOfRoot,
    placeOfKey: (container, key) => at(spot(container, key)?.key),
    placeOfValue: (container, key) => at(spot(container, key)?.value),
    source: (container, key) => spot(container, key)?.source ?? null,
  };
}

/** A file with nothing in it, or nothing but comments, is an empty policy. */
function emptyText(file: string): PolicyText {
  return located(file, Object.create(null), startOf(file), new Map(), () => startOf(file));
}

function isBlank(node: ParsedNode): boolean {
  return isScalar(node) && node.source === "" && node.type === "PLAIN";
}

function refused(place: PolicyPlace, message: string): ReadResult {
  return { text: null, errors: [policyError(place, message)] };
}

function tooLarge(bytes: number): string {
  return `the file has ${bytes} bytes; a policy may have at most ${MAX_BYTES}`;
}

function yamlMessage(message: string): string {
  const line = safe(message.length > 200 ? `${message.slice(0, 200)}…` : message);
  return line.charAt(0).toLowerCase() + line.slice(1);
}

/** The first line that is not UTF-8, and about where in it. */
function badByte(file: string, bytes: Buffer): PolicyPlace {
  let line = 1;
  for (let start = 0; start <= bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const part = bytes.subarray(start, end);
    if (!isUtf8(part)) return { file, line, column: part.toString("utf8").indexOf("\ufffd") + 1 };
    start = end + 1;
  }
  return startOf(file);
}
