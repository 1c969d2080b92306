import { describe, expect, it } from "vitest";
import { colorsFor } from "../../src/report/colors.js";
import type { ReportOptions } from "../../src/report/report.js";
import type { LintResult } from "../../src/result.js";
import { finding, resultOf } from "./finding.js";
import { reportOn } from "./report-on.js";

function text(results: readonly LintResult[], options: Partial<ReportOptions> = {}): Promise<string> {
  return reportOn("text", results, options);
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The frame of one finding: what stands between the place and the notes. */
async function frame(source: string, place: Parameters<typeof finding>[0], columns = 80): Promise<string> {
  const output = await text([resultOf("Dockerfile", source, [finding(place)])], { columns });
  const [, ...lines] = output.slice(output.indexOf("-->")).split("\n");
  return lines.slice(0, lines.indexOf("")).join("\n");
}

describe("a finding", () => {
  it("shows severity, rule, message, place, the code and what to write instead", async () => {
    const message = finding({
      suggestions: [{ messageId: "use", desc: "Use node:22.23.2", fix: { range: [5, 9], text: "node:22.23.2" } }],
    });
    expect(await text([resultOf("app/Dockerfile", "FROM node\nRUN make\n", [message])])).toBe(
      [
        "error[explicit-tag]: `node` has no tag.",
        " --> app/Dockerfile:1:6",
        "1 | FROM node",
        "  |      ^^^^",
        "  = help: Use node:22.23.2",
        "",
        "1 error in 1 file.",
        "1 has a suggestion (--fix --apply RULE).",
        "",
      ].join("\n"),
    );
  });

  it("says that --fix corrects it", async () => {
    const message = finding({ severity: 1, fix: { range: [5, 9], text: "node:22" } });
    const output = await text([resultOf("Dockerfile", "FROM node\n", [message])]);
    expect(output).toContain("warning[explicit-tag]: `node` has no tag.");
    expect(output).toContain("  = fix: --fix corrects this\n");
    expect(output).toContain("1 can be fixed with --fix.\n");
  });

  it("shows the ARG default that the FROM expands", async () => {
    const source = "ARG BASE=node\nARG OTHER\nFROM ${BASE}\n";
    const related = [
      { message: "the default is written here", loc: { start: { line: 1, column: 10 }, end: { line: 1, column: 14 } } },
    ];
    expect(await frame(source, { line: 3, endLine: 3, column: 6, endColumn: 13, related })).toBe(
      [
        "1 | ARG BASE=node",
        "  |          ---- the default is written here",
        "...",
        "3 | FROM ${BASE}",
        "  |      ^^^^^^^",
      ].join("\n"),
    );
  });

  it("lists related places below the frame when there are many", async () => {
    const loc = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
    const related = ["a", "b", "c", "d"].map((message) => ({ message, loc }));
    const output = await text([resultOf("Dockerfile", "FROM node\n", [finding({ related })])]);
    expect(output).toContain("  = note: a (1:1)\n  = note: b (1:1)\n  = note: c (1:1)\n  = note: d (1:1)\n");
  });

  it("has no frame where there is no text", async () => {
    const result: Partial<Mutable<LintResult>> = resultOf("Dockerfile", "", [finding({ line: 1, column: 1 })]);
    delete result.source;
    expect(await text([result as LintResult])).toContain(" --> Dockerfile:1:1\n\n");
  });

  it("names files outside the working directory by the way to them", async () => {
    const output = await text([resultOf("Dockerfile", "FROM node\n", [finding()])], { cwd: "/repo/app" });
    expect(output).toContain("--> ../Dockerfile:1:6");
  });
});

describe("the exact range is underlined", () => {
  it.each([
    ["an empty range", "FROM\n", { column: 5, endColumn: 5 }, "1 | FROM\n  |     ^"],
    ["behind a tab", "\tFROM node\n", { column: 7, endColumn: 11 }, "1 |     FROM node\n  |          ^^^^"],
    ["wide characters before it", "# 日本 node\n", { column: 6, endColumn: 10 }, "1 | # 日本 node\n  |        ^^^^"],
    ["wide characters in it", "# 日本 node\n", { column: 3, endColumn: 5 }, "1 | # 日本 node\n  |   ^^^^"],
    ["an emoji, two units and two columns", "# 🐳 a\n", { column: 6, endColumn: 7 }, "1 | # 🐳 a\n  |      ^"],
    ["an accent of its own", "e\u0301 a\n", { column: 4, endColumn: 5 }, "1 | e\u0301 a\n  |   ^"],
    ["an escape before it", "\x1b[1m a\n", { column: 6, endColumn: 7 }, "1 | \\x1b[1m a\n  |         ^"],
    ["CRLF", "FROM a\r\nFROM b\r\n", { line: 2, endLine: 2, endColumn: 7 }, "2 | FROM b\n  |      ^"],
    ["a range that runs over the line's end", "FROM a\n", { column: 6, endColumn: 99 }, "1 | FROM a\n  |      ^"],
    ["the last line without a line end", "FROM a", { column: 6, endColumn: 7 }, "1 | FROM a\n  |      ^"],
  ])("%s", async (_title, source, place, expected) => {
    expect(await frame(source, place)).toBe(expected);
  });

  it("of several lines, without their indentation", async () => {
    const source = "RUN a \\\n  && b \\\n  && c\nRUN d\n";
    expect(await frame(source, { column: 5, endLine: 3, endColumn: 7 })).toBe(
      ["1 | RUN a \\", "  |     ^^^", "2 |   && b \\", "  |   ^^^^^^", "3 |   && c", "  |   ^^^^"].join("\n"),
    );
  });

  it("of many lines, the first and the last ones", async () => {
    const source = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join("\n");
    const lines = (await frame(source, { column: 1, endLine: 40, endColumn: 8 })).split("\n");
    expect(lines.filter((line) => /^ ?\d|^\.\.\./.test(line))).toEqual([
      " 1 | line 1",
      " 2 | line 2",
      " 3 | line 3",
      "...",
      "40 | line 40",
    ]);
  });

  it("not into a line where the range only begins", async () => {
    expect(await frame("RUN a\nRUN b\n", { column: 1, endLine: 2, endColumn: 1 })).toBe("1 | RUN a\n  | ^^^^^");
  });
});

describe("a long line is cut around the range", () => {
  const long = `FROM ${"a".repeat(3000)}node${"b".repeat(3000)}`;

  it("on both sides", async () => {
    const [code, mark] = (await frame(long, { column: 3006, endColumn: 3010 })).split("\n") as [string, string];
    expect(code).toMatch(/^1 \| …a+nodeb+…$/);
    expect(code).toHaveLength(80);
    expect(code.slice(mark.indexOf("^"), mark.lastIndexOf("^") + 1)).toBe("node");
  });

  it("behind the range", async () => {
    const [code, mark] = (await frame(long, { column: 1, endColumn: 5 })).split("\n") as [string, string];
    expect(code).toMatch(/^1 \| FROM a+…$/);
    expect(mark).toBe("  | ^^^^");
  });

  it("before the range", async () => {
    const [code, mark] = (await frame(long, { column: 6008, endColumn: 6010 })).split("\n") as [string, string];
    expect(code).toMatch(/^1 \| …b+$/);
    expect(mark.length).toBe(code.length);
  });

  it("and within it", async () => {
    const [code, mark] = (await frame(long, { column: 6, endColumn: 6010 })).split("\n") as [string, string];
    expect(code).toMatch(/^1 \| FROM a+…$/);
    expect(mark).toMatch(/^ {2}\| {6}\^+$/);
  });

  it("never in the middle of a character", async () => {
    const emoji = "🐳".repeat(500);
    const output = await frame(`${emoji}node${emoji}`, { column: 1001, endColumn: 1005 });
    expect(output).not.toContain("\\ud");
  });

  it.each([1, 5, 20, 21, 40])("in %i columns", async (columns) => {
    expect(await frame(long, { column: 3006, endColumn: 3010 }, columns)).toContain("^");
  });
});

describe("the summary", () => {
  const clean = resultOf("a", "FROM a:1\n");
  const bad = resultOf("b", "FROM node\n", [finding(), finding({ severity: 1 })]);

  it.each([
    ["nothing found", [clean, clean], {}, "No problems in 2 files.\n"],
    ["nothing found, one file", [clean], {}, "No problems in 1 file.\n"],
    ["nothing linted", [], {}, ""],
    ["nothing found, --quiet", [clean], { quiet: true }, ""],
    ["some files", [clean, bad, clean], {}, "1 error and 1 warning in 1 of 3 files.\n"],
    ["all files", [bad, bad], {}, "2 errors and 2 warnings in 2 files.\n"],
    ["fixed", [{ ...clean, output: "x" }], { fixed: "written" }, "Fixed 1 file.\nNo problems in 1 file.\n"],
    ["to be fixed", [{ ...clean, output: "x" }], { fixed: "shown" }, "Would fix 1 file.\nNo problems in 1 file.\n"],
  ] as const)("%s", async (_title, results, options, expected) => {
    const output = await text(results, options);
    expect(output.slice(output.lastIndexOf("\n\n") + 1).trimStart()).toBe(expected);
  });

  it("counts what is waived", async () => {
    const waived = { ...finding(), suppressions: [{ kind: "directive", justification: "" }] } as const;
    const output = await text([{ ...clean, suppressedMessages: [waived] }]);
    expect(output).toBe("No problems in 1 file (1 waived).\n");
  });
});

describe("nothing from a file can forge output", () => {
  const hostile = "\x1b[2J\r\nerror[forged]: x\u202e\u2028\x9b";
  const source = `FROM node${hostile}\nFROM \x1b]0;title\x07 \u202e\n`;
  const message = finding({
    message: hostile,
    ruleId: hostile,
    suggestions: [{ messageId: "use", desc: hostile, fix: { range: [0, 0], text: hostile } }],
    related: [{ message: hostile, loc: { start: { line: 2, column: 1 }, end: { line: 2, column: 9 } } }],
  });

  it.each([true, false])("color: %s", async (color) => {
    const output = await text([resultOf(`app/${hostile}`, source, [message])], { colors: await colorsFor(color) });
    const withoutOurs = output.replaceAll(/\x1b\[\d+m/g, "");
    expect(withoutOurs).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]/);
    expect(withoutOurs.split("\n").filter((line) => line.startsWith("error[forged]"))).toEqual([]);
  });

  it("colours only when asked to", async () => {
    const results = [resultOf("Dockerfile", "FROM node\n", [finding()])];
    expect(await text(results, { colors: await colorsFor(true) })).toContain("\x1b[31m");
    expect(await text(results, { colors: await colorsFor(false) })).not.toContain("\x1b");
  });
});
