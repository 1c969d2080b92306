/** What the server answers about places: a text with the cursor at ‸ in, the protocol's answer out. */
import { describe, expect, it } from "vitest";
import { presetPolicy } from "../../src/index.js";
import * as answers from "../../server/answers.js";
import { inspectDocument } from "../../server/document.js";
import { createPositions, type Encoding } from "../../server/positions.js";
import type { Look } from "../../server/workspace.js";

const URI = "file:///project/Dockerfile";

interface Asked {
  readonly look: Look;
  readonly at: { readonly line: number; readonly character: number };
}

function asked(marked: string, encoding: Encoding = "utf-16"): Asked {
  const cursor = marked.indexOf("‸");
  const text = marked.replace("‸", "");
  const options = {
    filePath: "/project/Dockerfile",
    policies: [presetPolicy("recommended")],
    today: "2026-11-21",
    context: null,
  };
  const document = inspectDocument({ uri: URI, version: 1, text }, options, encoding);
  return {
    look: { kind: "dockerfile", document },
    at: createPositions(text, encoding).positionAt(Math.max(cursor, 0)),
  };
}

/** The text of a range, to read in a test. */
function textAt(text: string, { start, end }: { start: Asked["at"]; end: Asked["at"] }): string {
  const lines = text.replace("‸", "").split(/\r?\n/);
  return start.line === end.line
    ? (lines[start.line] ?? "").slice(start.character, end.character)
    : lines.slice(start.line, end.line + 1).join("\n");
}

describe("hover", () => {
  it.each([
    ["an image: its tier, and how tightly it is pinned", "FROM no‸de:22\n", /official[^]*major/i],
    ["after a byte order mark, with Windows line ends", "\ufeff# c\r\nFROM no‸de:22\r\n", /official/i],
    ["behind characters of two units", "# 😀😀\nFROM no‸de:22 AS a\n", /official/i],
    ["an ARG: its value and where it comes from", "ARG TAG=22\nFROM node:${T‸AG}\n", /22[^]*line 1/],
    ["a RUN: what re-runs it", "FROM node:24.19.0\nCOPY . .\nRU‸N npm ci\n", /line 2|source/i],
  ])("%s", (_title, text, expected) => {
    const { look, at } = asked(text);
    const hover = answers.hover(look, at, "utf-16");
    expect(hover?.contents).toMatchObject({ kind: "markdown", value: expect.stringMatching(expected) as string });
  });

  it("says where it is about, in bytes where that is agreed on", () => {
    const { look, at } = asked("# ä\nARG A=ä\nFROM no‸de:22\n", "utf-8");
    expect(at).toEqual({ line: 2, character: 7 });
    expect(answers.hover(look, at, "utf-8")?.range).toEqual({
      start: { line: 2, character: 5 },
      end: { line: 2, character: 12 },
    });
  });

  it("has nothing to say of a comment", () => {
    const { look, at } = asked("# no‸thing\nFROM node:22\n");
    expect(answers.hover(look, at, "utf-16")).toBeNull();
  });
});

describe("completion", () => {
  it.each([
    ["stages first", "FROM scratch AS base\nFROM ‸\n", /^base$/],
    ["tags of an image, the exact ones first", "FROM node:‸\n", /^\d+\.\d+\.\d+/],
    ["variables", "ARG TAG=22\nFROM node:$‸\n", /TAG/],
  ])("%s", (_title, text, first) => {
    const { look, at } = asked(text);
    const { items } = answers.completion(look, at, "utf-16");
    expect(items[0]?.label).toMatch(first);
    expect(items.map(({ sortText }) => sortText)).toEqual(items.map(({ sortText }) => sortText).toSorted());
  });
});

describe("definitions, references, names", () => {
  const TEXT = "FROM golang:1.27.0 AS build\nFROM scratch\nCOPY --from=bu‸ild /a /a\n";

  it("lead from a stage's use to its FROM, as a link or as a place", () => {
    const { look, at } = asked(TEXT);
    const linked = answers.definition(look, at, "utf-16", true);
    expect(linked).toMatchObject([{ targetUri: URI, targetRange: { start: { line: 0, character: 0 } } }]);
    expect(answers.definition(look, at, "utf-16", false)).toMatchObject({
      uri: URI,
      range: { start: { line: 0, character: 22 } },
    });
  });

  it("find every use", () => {
    const { look, at } = asked(TEXT);
    expect(answers.references(look, at, true).map(({ range }) => textAt(TEXT, range))).toEqual(["build", "build"]);
    expect(answers.references(look, at, false)).toHaveLength(1);
    expect(answers.highlights(look, at)).toHaveLength(2);
  });

  it("rename all of them, or say why not", () => {
    const { look, at } = asked(TEXT);
    expect(answers.rename(look, at, "compile").edits?.map(({ newText }) => newText)).toEqual(["compile", "compile"]);
    expect(answers.rename(look, at, "scratch")).toMatchObject({
      edits: null,
      problem: expect.stringContaining("reserved") as string,
    });
  });
});

describe("what is shown of a whole file", () => {
  const { look } = asked("ARG TAG=10\nFROM debian:${TAG} AS a\nRUN <<EOF\necho\nEOF\n");
  const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

  it("hints: the image behind an ARG, and when it ends", () => {
    const labels = answers.inlayHints(look, whole).map(({ label }) => label);
    expect(labels).toEqual(["= debian:10", expect.stringMatching(/ended .*2024-06-30/)]);
  });

  it("links to pages of images", () => {
    expect(answers.links(look)).toMatchObject([{ target: "https://hub.docker.com/_/debian" }]);
  });

  it("symbols, as a tree and as a list", () => {
    expect(answers.symbols(look, true)).toMatchObject([{ name: "TAG" }, { name: "a", children: [{}] }]);
    expect(answers.symbols(look, false)).toHaveLength(3);
  });

  it("folds", () => {
    expect(answers.folds(look)).toContainEqual({ startLine: 2, endLine: 4 });
  });
});

describe("a policy file", () => {
  const policy = (marked: string): Asked => {
    const text = marked.replace("‸", "");
    const document = { uri: "file:///project/fromlint.yaml", version: 1, text };
    const at = createPositions(text, "utf-16").positionAt(marked.indexOf("‸"));
    return { look: { kind: "policy", text: document, file: "/project/fromlint.yaml", errors: [], policy: null }, at };
  };

  it("offers keys, and says what a rule is for", () => {
    const keys = policy("pin‸\n");
    expect(answers.completion(keys.look, keys.at, "utf-16").items.map(({ label }) => label)).toContain("pinning");
    const rule = policy("rules:\n  no-la‸test: error\n");
    expect(answers.hover(rule.look, rule.at, "utf-16")?.contents).toMatchObject({
      value: expect.stringContaining("latest") as string,
    });
  });
});

it("a file that is not read has no answers, and breaks nothing", () => {
  const none: Look = { kind: "none" };
  const at = { line: 9, character: 9 };
  expect(answers.hover(none, at, "utf-16")).toBeNull();
  expect(answers.completion(none, at, "utf-16").items).toEqual([]);
  expect(answers.definition(none, at, "utf-16", true)).toBeNull();
  expect(answers.rename(none, at, "x").edits).toBeNull();
  expect([answers.links(none), answers.symbols(none, true), answers.folds(none)]).toEqual([[], [], []]);
});
