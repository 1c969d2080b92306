import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { rulePage } from "../../src/rule-page.js";
import { finding, resultOf } from "./finding.js";
import { markdownTables } from "./readers.js";
import { reportOn } from "./report-on.js";

const one = resultOf("app/Dockerfile", "FROM node\n", [finding()]);
const html = (markdown: string): string => marked.parse(markdown, { async: false });

describe("Markdown", () => {
  it("is totals and a table", async () => {
    const warning = resultOf("a", "FROM node\n", [finding({ severity: 1, ruleId: "internal-error" })]);
    const output = await reportOn("markdown", [warning, one]);
    expect(output).toMatch(/^### fromlint: 1 error and 1 warning in 2 files\n\n\|/);
    expect(markdownTables(output)).toEqual([
      ["", "Where", "What", "Rule"],
      ["error", "app/Dockerfile:1", "node has no tag.", "explicit-tag"],
      ["warning", "a:1", "node has no tag.", "internal-error"],
    ]);
    expect(html(output)).toContain(`<a href="${rulePage("explicit-tag")}">explicit-tag</a>`);
  });

  it("says that nothing was found", async () => {
    expect(await reportOn("markdown", [resultOf("a", "FROM a:1\n")])).toBe("### fromlint: No problems in 1 file\n");
  });

  it("says what --fix and suggestions can do", async () => {
    const fixable = resultOf("a", "FROM node\n", [finding({ fix: { range: [0, 0], text: "" } })]);
    expect(await reportOn("markdown", [fixable])).toMatch(/\n\n1 can be fixed with --fix\.\n$/);
  });

  it("folds what is more than a screen", async () => {
    const many = resultOf(
      "a",
      "",
      Array.from({ length: 50 }, (_, index) => finding({ line: index + 1 })),
    );
    const output = await reportOn("markdown", [many]);
    expect(output).toContain("<details>\n<summary>30 more</summary>\n\n| |");
    const rows = markdownTables(output).filter(([level]) => level === "error");
    expect(rows.map(([, where]) => where)).toEqual(Array.from({ length: 50 }, (_, index) => `a:${index + 1}`));
  });

  it("fits into a comment, errors first, and counts what does not", async () => {
    const warnings = resultOf(
      "w",
      "",
      Array.from({ length: 1000 }, () => finding({ severity: 1 })),
    );
    const errors = resultOf(
      "e",
      "",
      Array.from({ length: 100 }, () => finding()),
    );
    const output = await reportOn("markdown", [warnings, errors]);
    expect(output.length).toBeLessThan(65_536);
    const rows = markdownTables(output).filter(([level]) => level === "error" || level === "warning");
    expect(rows.filter(([level]) => level === "error")).toHaveLength(100);
    expect(output).toContain(`\n${1100 - rows.length} more findings are left out here.\n`);
  });

  it("cuts a message that would fill it", async () => {
    const output = await reportOn("markdown", [resultOf("a", "", [finding({ message: "x".repeat(1e6) })])]);
    expect(output.length).toBeLessThan(2000);
  });

  it.each([
    "@somebody please",
    "#12 and !3 and ~label and GH-4 and acme/app#5",
    "https://example.com www.example.com me@example.com",
    "\nwww.example.com xwww.example.com",
    "[click](https://example.com) ![](https://example.com/x.png)",
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "| a | b |",
    "a\\| b",
    "`unpaired",
    "`a``b` ``c``",
    "`a|b` `a\\|b` `<b>`",
    "**bold** _it_ ~~no~~ $x^2$ :smile: <!-- x",
    "&lt;b&gt; &#64;x",
    "\n| forged | row | x | y |\n",
    "</details>",
  ])("shows %j as it is", async (text) => {
    const output = await reportOn("markdown", [resultOf(text.replaceAll("/", "_"), "", [finding({ message: text })])]);
    const [, row, ...others] = markdownTables(output);
    const shown = text.replaceAll("\n", "\\n");
    expect(others).toEqual([]);
    expect(row![1]).toBe(`${shown.replaceAll("/", "_")}:1`);
    expect(row![2]!.replaceAll("`", "")).toBe(shown.replaceAll("`", "").trim());
    expect(html(output)).not.toMatch(/<(?:script|img|del|strong|em|b)\b|href="(?!https:\/\/github\.com\/fromlint\/)/);
  });

  it("leaves nothing for a code host to make a link of", async () => {
    const text = "@somebody #1 !2 ~bug %m $3 GH-4 :smile: https://x.example www.x.example";
    const [, row] = markdownTables(await reportOn("markdown", [resultOf("a", "", [finding({ message: text })])]), true);
    // What is rendered is searched for names and numbers once more: an empty character stands in each.
    expect(row![2]).not.toMatch(/[@#!~%$:][\w/]|GH-\d|www\./);
  });
});
