import { describe, expect, it } from "vitest";
import { inert, safe, safeDiffLine, safeJson } from "../../src/report/safe.js";

describe("safe makes visible what acts or hides", () => {
  it.each([
    ["an escape sequence", "\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"],
    ["an escape sequence in one C1 character", "\x9b31mred", "\\x9b31mred"],
    ["a carriage return that would overwrite the line", "bad\rgood", "bad\\rgood"],
    ["a newline that would forge a finding", "a\nDockerfile:1:1: error", "a\\nDockerfile:1:1: error"],
    ["a tab", "a\tb", "a\\tb"],
    ["a backspace, a bell, a NUL and a delete", "\b\x07\0\x7f", "\\x08\\x07\\x00\\x7f"],
    ["a right-to-left override", "node\u202e:22", "node\\u202e:22"],
    ["isolates and marks of direction", "\u2066a\u2069\u200f\u061c", "\\u2066a\\u2069\\u200f\\u061c"],
    ["line and paragraph separators, next line", "a\u2028b\u2029c\x85d", "a\\u2028b\\u2029c\\x85d"],
    ["zero-width characters", "no\u200bde\u200d\u2060\ufeff", "no\\u200bde\\u200d\\u2060\\ufeff"],
    ["a no-break space that looks like the one a FROM needs", "FROM\u00a0node", "FROM\\xa0node"],
    ["characters without ink", "\u00ad\u3164\u2800", "\\xad\\u3164\\u2800"],
    ["tag characters, outside the basic plane", "a\u{e0041}b", "a\\u{e0041}b"],
    ["a lone surrogate", "a\ud800b", "a\\ud800b"],
    ["a command of GitHub Actions", "::error file=a::b ::c", "\\x3a:error file=a::b ::c"],
    ["an indented one", " \t ::x::", " \\t ::x::"],
    ["older ones, anywhere", "a ##[x] ##vso[y] ##TeamCity[z]", "a #\\x23[x] #\\x23vso[y] #\\x23TeamCity[z]"],
  ])("%s", (_title, text, visible) => {
    expect(safe(text)).toBe(visible);
  });
});

describe("safe leaves alone what people write", () => {
  it.each([
    "## a heading",
    "a::b",
    "FROM node:22-alpine AS build",
    "",
    "日本語のコメント",
    "Übergröße",
    "naïve 🐳 ✓",
    "C:\\path",
  ])("%s", (text) => {
    expect(safe(text)).toBe(text);
  });
});

describe("safeDiffLine keeps a patch applicable", () => {
  it("keeps tabs, byte order marks and joined emoji, which cannot forge anything", () => {
    const line = "+\ufeffFROM node\t# 👩‍🚀";
    expect(safeDiffLine(line)).toBe(line);
  });

  it("still escapes what could forge output", () => {
    expect(safeDiffLine("+RUN \x1b[2J\r\u202e\x9b")).toBe("+RUN \\x1b[2J\\x0d\\u202e\\x9b".replace("\\x0d", "\\r"));
  });
});

describe("inert leaves no command in any line of a log", () => {
  it.each([
    ["2 | ##[x]\n::y\n  ::z::\n", "2 | #\\x23[x]\n\\x3a:y\n  \\x3a:z::\n"],
    ["## a\na::b\n", "## a\na::b\n"],
  ])("%j", (text, shown) => {
    expect(inert(text)).toBe(shown);
  });
});

describe("safeJson", () => {
  it.each(["\u202eabc", "\x9b2J", "a\u2028b", "\u{e0041}", "\ufeffFROM a", "\x7f", "日本語", "##[x]", "::x"])(
    "%j stays the same value",
    (text) => {
      const json = safeJson(JSON.stringify({ text }));
      expect(JSON.parse(json)).toEqual({ text });
    },
  );

  it("leaves nothing in the text that acts on a terminal", () => {
    expect(safeJson(JSON.stringify("\x1b\x9b\u202e\u200b"))).toBe('"\\u001b\\u009b\\u202e\\u200b"');
  });
});

it("takes time linear in the text", () => {
  // A million escapes: a quadratic one would run for minutes and into the test's time limit.
  expect(safe("\x1b".repeat(1_000_000))).toHaveLength(4_000_000);
});
