/** Text in Markdown. Read back with `marked`, which renders hovers in VS Code. */
import fc from "fast-check";
import { Marked, type Token, type Tokens } from "marked";
import { describe, expect, it } from "vitest";
import { code, codeList, prose } from "../../../server/features/markdown.js";
import { safe } from "../../../src/report/safe.js";

const parser = new Marked({ gfm: true });

function inline(markdown: string): readonly Token[] {
  const [paragraph, ...others] = parser.lexer(`- x: ${markdown} y`);
  expect(others).toEqual([]);
  const [item] = (paragraph as Tokens.List).items;
  const [text] = item!.tokens as Tokens.Text[];
  return text!.tokens ?? [];
}

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...Array.from("`*_[]()<>!|~&@#{}\\:/.- \t\n"),
        "http://",
        "www.",
        "a@b.cd",
        "&amp;",
        "<b>",
        "![x](y)",
        "\u202e",
        "x",
        "https:",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

describe("running text", () => {
  it.each([
    ["it is a Docker Official Image", "it is a Docker Official Image"],
    ["debian 10 (buster)", "debian 10 (buster)"],
    ["GIT_SHA", "GIT_SHA"],
    ["_x_ *y*", "\\_x\\_ \\*y\\*"],
    ["[a](b)", "\\[a\\](b)"],
    ["http://a.b www.a.b", "http\\://a.b www\\.a.b"],
    ["a\nb", "a\\\\nb"],
  ])("%j becomes %j", (text, expected) => {
    expect(prose(text)).toBe(expected);
  });

  it("means what it says and nothing else", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const tokens = inline(prose(text));
        expect(tokens.filter(({ type }) => type !== "text" && type !== "escape")).toEqual([]);
        const read = tokens.map((token) => (token as Tokens.Text).text).join("");
        expect(read).toBe(`x: ${safe(text)} y`);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a code span", () => {
  it.each([
    ["node:22", "`node:22`"],
    ["a`b", "`` a`b ``"],
    ["", ""],
  ])("%j becomes %j", (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it("holds its text and nothing else", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = safe(text);
        const tokens = inline(code(text));
        if (line.trim() === "") return;
        expect(tokens.map(({ type }) => type)).toEqual(["text", "codespan", "text"]);
        expect((tokens[1] as Tokens.Codespan).text).toBe(line);
      }),
      { numRuns: 500 },
    );
  });

  it("is cut when it is long", () => {
    expect(code("x".repeat(5000)).length).toBeLessThan(300);
  });

  it("of several", () => {
    expect(codeList(["a", "b", "c"])).toBe("`a`, `b` and `c`");
    expect(codeList(["a", "b", "c"], 2)).toBe("`a`, `b` and 1 more");
    expect(codeList(["a"])).toBe("`a`");
  });
});
