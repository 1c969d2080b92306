/** Reports, read as the programs read them that they are made for. */
import { createRequire } from "node:module";
import { marked } from "marked";
import { SaxesParser } from "saxes";
import type { FileData, PageEnd } from "../../src/report/html/data.js";

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Open[];
  text: string;
}

/** The root of a document, by a parser that holds to XML 1.0 to the letter. Throws for what is not well-formed. */
export function parseXml(text: string): Element {
  const root: Open = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: Open = { name, attributes, children: [], text: "" };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  parser.on("text", (part) => (open.at(-1)!.text += part));
  parser.write(text).close();
  return root.children[0]!;
}

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/**
 * What the runner of GitHub Actions makes of a line: a command in its place, or null. First `::name key=value::data` at
 * the start of a line, then the older `##[name key=value]data` anywhere in it.
 */
export function commandIn(line: string): Command | null {
  const start = line.trimStart();
  const end = start.startsWith("::") ? start.indexOf("::", 2) : -1;
  if (end === -1) {
    const [, name, rest = ""] = /##\[([a-z-]+)[^\]]*\](.*)/.exec(line) ?? [];
    return name === undefined ? null : { name, properties: {}, data: rest };
  }
  const info = start.slice(2, end);
  const space = info.indexOf(" ");
  const name = space === -1 ? info : info.slice(0, space);
  const pairs =
    space === -1
      ? []
      : info
          .slice(space + 1)
          .trim()
          .split(",")
          .filter(Boolean);
  const properties = pairs.map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at), unescaped(pair.slice(at + 1), { "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": "," })];
  });
  return {
    name,
    properties: Object.fromEntries(properties) as Record<string, string>,
    data: unescaped(start.slice(end + 2), { "%0D": "\r", "%0A": "\n" }),
  };
}

function unescaped(text: string, codes: Readonly<Record<string, string>>): string {
  const plain = Object.entries(codes).reduce((result, [code, character]) => result.replaceAll(code, character), text);
  return plain.replaceAll("%25", "%");
}

const require = createRequire(import.meta.url);
const { default: Ajv } = require("ajv-draft-04") as typeof import("ajv-draft-04");
const schema = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json") as object;
const validate = new Ajv({
  strict: false,
  allErrors: true,
  unicodeRegExp: false,
  formats: {
    uri: (text: string) => URL.canParse(text),
    "uri-reference": (text: string) => /^[\w.~:/?#[\]@!$&'()*+,;=%-]*$/.test(text) && !/%(?![0-9A-Fa-f]{2})/.test(text),
    "date-time": true,
  },
}).compile(schema);

/** The parts of a log that tests look at. */
export interface SarifLog {
  readonly version: string;
  readonly runs: readonly [SarifRun];
}

export interface SarifRun {
  readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly SarifRule[] } };
  readonly originalUriBaseIds: Readonly<Record<string, { readonly uri: string }>>;
  readonly invocations: readonly [
    {
      readonly executionSuccessful: boolean;
      readonly exitCode: number;
      readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
    },
  ];
  readonly results: readonly SarifResult[];
}

interface SarifRule {
  readonly id: string;
  readonly helpUri: string;
  readonly help: { readonly text: string; readonly markdown: string };
  readonly fullDescription: { readonly text: string };
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: { readonly tags: readonly string[] };
}

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Place {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region: Region;
  };
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [Place];
  readonly relatedLocations?: readonly (Place & { readonly id: number; readonly message: { readonly text: string } })[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly kind: string; readonly justification?: string }[];
  readonly fixes?: readonly {
    readonly description: { readonly text: string };
    readonly artifactChanges: readonly [
      {
        readonly artifactLocation: { readonly uri: string };
        readonly replacements: readonly [
          { readonly deletedRegion: Region; readonly insertedContent: { readonly text: string } },
        ];
      },
    ];
  }[];
}

/** The log as JSON has it; throws when its schema has anything against it. */
export function parseSarif(text: string): SarifLog {
  const log = JSON.parse(text) as SarifLog;
  if (!validate(log)) {
    throw new Error((validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`).join("\n"));
  }
  return log;
}

/** The cells of all tables in Markdown, row by row, as a browser shows them; `raw` keeps characters that show nothing. */
export function markdownTables(markdown: string, raw = false): string[][] {
  const html = marked.parse(markdown, { async: false });
  return [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd]>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) => shownText(cell, raw)),
  );
}

function shownText(html: string, raw: boolean): string {
  const text = html
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_whole, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(lt|gt|quot|amp);/g, (_whole, name: "lt" | "gt" | "quot" | "amp") => NAMED[name]);
  return raw ? text : text.replaceAll("\u200b", "");
}

const NAMED = { lt: "<", gt: ">", quot: '"', amp: "&" } as const;

export interface PageText {
  /** All but the data. */
  readonly shell: string;
  readonly files: readonly FileData[];
  readonly end: PageEnd;
}

/**
 * The data of an HTML report as a browser finds it: a script element ends at the first `</script`, unless a comment was
 * opened in it (HTML, 13.2.5.15 to 13.2.5.31).
 */
export function pageIn(html: string): PageText {
  const [open] = /<script type="application\/json" id="data">/.exec(html)!;
  const start = html.indexOf(open) + open.length;
  const end = start + html.slice(start).search(/<\/script/i);
  const text = html.slice(start, end);
  if (text.includes("<")) throw new Error("there is markup in the data");
  const data = JSON.parse(text) as { files: FileData[]; end: PageEnd };
  return { shell: html.slice(0, start) + html.slice(end), ...data };
}
