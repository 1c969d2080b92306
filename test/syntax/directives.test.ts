import { describe, expect, it } from "vitest";
import { parse } from "../../src/syntax/parse.js";
import { ast, file, problemData, problems, source } from "./show.js";

/** `name=value` of each directive. */
const directives = (text: string): string[] => ast(text).directives.map(({ name, value }) => `${name}=${value.text}`);
const escapeOf = (text: string): string => parse(file(text)).escape;

describe("directives", () => {
  it.each([
    ["# syntax=a", ["syntax=a"]],
    ["#syntax=a", ["syntax=a"]],
    ["#  Syntax \t= \t a  ", ["syntax=a"]],
    ["  # syntax=a", ["syntax=a"]],
    ["\uFEFF# syntax=a", ["syntax=a"]],
    ["# syntax=a\r⏎# escape=`\r⏎", ["syntax=a", "escape=`"]],
    ["# check=skip=A, B;error=true", ["check=skip=A, B;error=true"]],
    ["# syntax=docker/dockerfile:1 --opt", ["syntax=docker/dockerfile:1 --opt"]],
    ["# syntax=", []],
    ["# =a", []],
    ["# syntax a", []],
    ["# x # syntax=a", []],
    ["⏎# syntax=a", []],
    ["# comment⏎# syntax=a", []],
    ["# other=x⏎# syntax=a", []],
    ["#⏎# syntax=a", []],
    ["FROM a⏎# syntax=a", []],
    ["# syntax=a⏎# comment⏎# escape=`", ["syntax=a"]],
  ])("%j", (text, expected) => {
    expect(directives(text)).toEqual(expected);
  });

  it.each([
    ["# escape=`", "`"],
    ["# ESCAPE = `", "`"],
    ["# escape=\\", "\\"],
    ["# escape=x", "\\"],
    ["FROM a⏎# escape=`", "\\"],
    ["", "\\"],
  ])("the escape character of %j is %s", (text, expected) => {
    expect(escapeOf(text)).toBe(expected);
  });

  it("stand where they are written, and are no comments", () => {
    const text = "  # syntax = a:1 ⏎# x⏎FROM a";
    const { directives: found, comments } = ast(text);
    expect(found.map((directive) => source(text, directive))).toEqual(["# syntax = a:1"]);
    expect(found.map(({ value }) => source(text, value))).toEqual(["a:1"]);
    expect(comments.map((comment) => source(text, comment))).toEqual(["# x"]);
  });

  it("twice the same is reported, and the first one holds", () => {
    const text = "# escape=`⏎# syntax=a⏎# escape=\\⏎FROM a";
    expect(problemData(text, "duplicateDirective")).toEqual([{ name: "escape" }]);
    expect(directives(text)).toEqual(["syntax=a", "escape=`"].toReversed());
    expect(escapeOf(text)).toBe("`");
  });

  it.each(["x", "\\\\", "``"])("escape=%s is reported", (value) => {
    expect(problemData(`# escape=${value}⏎FROM a`, "invalidEscape")).toEqual([{ value }]);
  });
});

describe("the other forms in which BuildKit finds an image to run the build with", () => {
  it.each([
    ["behind a #! line", "#!/usr/bin/env x⏎# syntax=a", ["syntax=a"]],
    ["as //", "// syntax=a b", ["syntax=a b"]],
    ["as // behind a #! line and another directive", "#!x⏎// check=y⏎// syntax=a", ["syntax=a"]],
    ["not when there is one with #", "# syntax=a⏎// syntax=b", ["syntax=a"]],
    ["not behind another line", "x⏎// syntax=a", []],
  ])("%s", (_title, text, expected) => {
    expect(directives(text)).toEqual(expected);
  });

  it("they do not make the line a comment", () => {
    expect(problems("// syntax=a⏎FROM a")).toContain("unknownInstruction");
  });
});
