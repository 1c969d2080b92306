/** The page around its data: markup, style and script in one file, which may load nothing. */
import { createHash } from "node:crypto";
import { brotliDecompressSync } from "node:zlib";
import type { FileData, PageEnd } from "./data.js";
import { BODY } from "./markup.js";

/** What the build puts in for this name: page/main.ts with its libraries, page/style.css and the libraries' licences. */
declare const REPORT_PAGE: string;

/** As JSON in Brotli in Base64, which is a third of the text: most runs write no page. */
const PAGE = JSON.parse(brotliDecompressSync(Buffer.from(REPORT_PAGE, "base64")).toString()) as {
  readonly script: string;
  readonly style: string;
  readonly licenses: string;
};

/** Parts of the page in their order: everything between is one FileData a line, joined by `SEPARATOR`. */
export interface DocumentParts {
  readonly begin: string;
  readonly end: (end: PageEnd) => string;
}

export const SEPARATOR = ",\n";

/** @param title of the page: plain text that is safe to show */
export function documentParts(title: string): DocumentParts {
  // Nothing is fetched, and nothing runs but this script; data blocks are not run, so they need no hash.
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(PAGE.script)}`,
    `style-src ${hashOf(PAGE.style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return {
    begin: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="fromlint">
<title>${inMarkup(title)}</title>
<style>${PAGE.style}</style>
</head>
<body>
${BODY}
<script type="application/json" id="data">{"files":[
`,
    end: (end) => `
],"end":${inScript(end)}}</script>
<script>${PAGE.script}</script>
<!--
${PAGE.licenses}
-->
</body>
</html>
`,
  };
}

/** A file as one line of the data. */
export function fileText(file: FileData): string {
  return inScript(file);
}

/**
 * JSON that no HTML parser mistakes for markup, whatever the texts in it say: what could end the element, open a comment
 * or end a line of JavaScript is written as an escape.
 */
function inScript(data: object): string {
  return JSON.stringify(data).replace(/[<>&'\u2028\u2029\ufffe\uffff]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function inMarkup(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
