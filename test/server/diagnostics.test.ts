/** Findings as an editor shows them. */
import { describe, expect, it } from "vitest";
import { diagnosticsOf } from "../../server/diagnostics.js";
import { ALL, marked, type MarkedOptions } from "./marked.js";

/** `1:5-1:16 error no-latest`: lines and characters from 0, as the protocol counts. */
function shown(text: string, options?: MarkedOptions): string[] {
  return diagnosticsOf(marked(text, options).document, ALL).map(({ range: { start, end }, severity, code }) => {
    const level = severity === 1 ? "error" : "warning";
    return `${start.line}:${start.character}-${end.line}:${end.character} ${level} ${code}`;
  });
}

describe("a diagnostic stands where the finding does", () => {
  it.each<[string, string, string[]]>([
    ["an image", "FROM node:latest\n", ["0:5-0:16 error no-latest"]],
    ["with the line ends of Windows", "# a\r\nFROM node:latest\r\n", ["1:5-1:16 error no-latest"]],
    ["behind a byte order mark", "\ufeffFROM node:latest\n", ["0:6-0:17 error no-latest"]],
    ["below an astral character", "# 😀\nFROM node:latest\n", ["1:5-1:16 error no-latest"]],
    ["in an empty text", "", ["0:0-0:0 error valid-syntax"]],
    ["waived: not at all", "# fromlint-disable-next-line no-latest -- nightly\nFROM node:latest\n", []],
  ])("%s", (_title, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it("in the units that were agreed on", () => {
    const text = "FROM node:24.19.0 AS é😀\n";
    expect(shown(text)).toEqual(["0:21-0:24 error valid-syntax"]);
    expect(shown(text, { encoding: "utf-8" })).toEqual(["0:21-0:27 error valid-syntax"]);
  });

  it("on the lines that the protocol counts, a lone CR ends one", () => {
    expect(shown("# a\r# b\nFROM node:latest\n")).toEqual(["2:5-2:16 error no-latest"]);
  });
});

it("it carries the rule, its page, and what explains it", () => {
  const { document } = marked("ARG TAG=latest\nFROM node:${TAG}\n");
  expect(diagnosticsOf(document, ALL)).toMatchObject([
    {
      source: "fromlint",
      code: "no-latest",
      codeDescription: { href: "https://docs.example/no-latest" },
      relatedInformation: [
        {
          location: {
            uri: "file:///project/Dockerfile",
            range: { start: { line: 0, character: 4 }, end: { line: 0, character: 14 } },
          },
        },
      ],
    },
  ]);
});

it("the COPY that re-runs an install explains the finding on it", () => {
  const { document } = marked("FROM node:24.19.0\nWORKDIR /app\nCOPY . .\nRUN npm ci\n");
  const [found] = diagnosticsOf(document, ALL).filter(({ code }) => code === "copy-manifests-before-source");
  expect(found?.relatedInformation).toMatchObject([
    { message: "Copied here", location: { range: { start: { line: 2 } } } },
  ]);
});

it.each([
  ["an image past its end of life is struck through", "FROM debian:10.13\n", "no-eol-base", [2]],
  [
    "a WORKDIR that changes nothing is faded out",
    "FROM alpine:3.24.1\nWORKDIR /a\nWORKDIR /a\nRUN true\n",
    "no-redundant-workdir",
    [1],
  ],
  [
    "so is a comment that silences nothing",
    "# fromlint-disable-file no-latest -- a\nFROM alpine:3.24.1\n",
    "valid-waiver",
    [1],
  ],
])("%s", (_title, text, code, tags) => {
  expect(diagnosticsOf(marked(text).document, ALL).find((each) => each.code === code)?.tags).toEqual(tags);
});

it("a client is given only what it says it understands", () => {
  const { document } = marked("ARG TAG=10.13\nFROM debian:${TAG}\n");
  const less = { ...ALL, relatedInformation: false, codeDescription: false, tags: [1] };
  for (const diagnostic of diagnosticsOf(document, less)) {
    expect(Object.keys(diagnostic).sort()).toEqual(["code", "message", "range", "severity", "source"]);
  }
});
