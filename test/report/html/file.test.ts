/** What a page is given of a file: findings with code and changes, and the images behind them. */
import { describe, expect, it } from "vitest";
import { analyse, lint } from "../../../src/index.js";
import { changeOf, codeOf } from "../../../src/report/html/code.js";
import { fileData } from "../../../src/report/html/file.js";
import { usesOf } from "../../../src/report/html/uses.js";
import { linesOf } from "../../../src/report/lines.js";
import { finding, resultOf } from "../finding.js";

const TODAY = "2026-08-22";
const SHOP = `# syntax=docker/dockerfile:1
FROM node:24.19-alpine AS build
RUN npm ci

FROM build AS assets
RUN npm run assets

FROM debian:10.13-slim
COPY --from=assets /assets /assets
COPY --from=0 /x /x
`;

describe("the images of a file", () => {
  it("with the stage that each stands in, and the stages that are built on one another", () => {
    const { stages, uses } = usesOf(analyse(SHOP), TODAY);
    expect(stages).toEqual(["build", "assets", null]);
    expect(
      uses.map(({ image, tier, pinning, role, stage, from }) => [image, tier, pinning, role, stage, from]),
    ).toEqual([
      ["docker/dockerfile:1", "verified", "major", "copied", null, null],
      ["node:24.19-alpine", "official", "minor", "build", 0, null],
      ["build", "none", null, "build", 1, 0],
      ["debian:10.13-slim", "official", "patch", "final", 2, null],
      ["assets", "none", null, "copied", 2, 1],
      ["0", "none", null, "copied", 2, 0],
    ]);
  });

  it.each([
    ["2024-06-01", "soon"],
    ["2024-06-30", "soon"],
    ["2024-07-01", "ended"],
    ["2020-01-01", "later"],
  ])("on %s the end of debian 10 on 2024-06-30 is %s", (today, state) => {
    const [use] = usesOf(analyse("FROM debian:10.13-slim\n"), today).uses;
    expect(use!.eol).toMatchObject({ date: "2024-06-30", state });
  });

  it.each([
    ["FROM scratch\n", "none"],
    ["ARG X\nFROM $X\n", "unresolved"],
    ["FROM acme/tool:1\n", "other"],
    ["FROM mcr.microsoft.com/dotnet/sdk:6.0\n", "verified"],
  ])("%j is %s", (text, tier) => {
    expect(usesOf(analyse(text), TODAY).uses.map((use) => use.tier)).toEqual([tier]);
  });

  it("of two stages with one name the later one counts", () => {
    const text = "FROM node:22 AS a\nFROM debian AS a\nFROM a\n";
    expect(usesOf(analyse(text), TODAY).uses.at(-1)).toMatchObject({ from: 1 });
  });
});

describe("a finding", () => {
  const shown = (source: string): ReturnType<typeof fileData> =>
    fileData(lint(source), "Dockerfile", analyse(source), TODAY, Infinity);

  it("is about the image in its lines, else about the one that its stage stands on", () => {
    const source = "FROM node:22 AS build\nFROM build AS assets\nRUN true\nFROM debian:12\nRUN true\n";
    const uses = analyse(source);
    const at = (line: number): readonly number[] => {
      const result = resultOf("Dockerfile", source, [finding({ line, endLine: line })]);
      return fileData(result, "Dockerfile", uses, TODAY, 9).findings[0]!.uses;
    };
    expect([1, 2, 3, 4, 5].map(at)).toEqual([[0], [0], [0], [2], [2]]);
  });

  it("comes with what a suggestion changes", () => {
    const [first] = shown("FROM debian:10.13-slim\nRUN true\n").findings.filter(({ rule }) => rule === "no-eol-base");
    expect(first!.changes[0]).toMatchObject({ isFix: false });
    expect(first!.changes[0]!.lines.map(({ sign }) => sign)).toEqual(["-", "+"]);
    expect(first!.code).toEqual([
      { number: 1, parts: ["FROM ", "debian:10.13-slim", ""] },
      { number: 2, parts: ["", "", "RUN true"] },
    ]);
  });

  it("beyond what may still be shown is left out", () => {
    const result = resultOf("Dockerfile", "FROM node\n", [finding(), finding(), finding()]);
    expect(fileData(result, "Dockerfile", [], TODAY, 2).findings).toHaveLength(2);
    expect(fileData(result, "Dockerfile", [], TODAY, 0).findings).toHaveLength(0);
  });
});

describe("code", () => {
  const of = (source: string, changes: Parameters<typeof finding>[0]): ReturnType<typeof codeOf> =>
    codeOf(linesOf(source), finding(changes));

  it.each([
    ["at the start", "FROM node\nRUN a\nRUN b\n", { line: 1 }, [1, 2]],
    ["an empty neighbour is left out", "FROM a\n\nRUN x\n\nRUN b\n", { line: 3, endLine: 3 }, [3]],
    ["over some lines", "A\nB\nC\nD\nE\n", { line: 2, endLine: 4, column: 1, endColumn: 2 }, [1, 2, 3, 4, 5]],
    [
      "a range that ends before a line does not reach into it",
      "A\nB\nC\nD\n",
      { line: 1, endLine: 2, endColumn: 1 },
      [1, 2],
    ],
    ["behind the end of the text", "FROM a", { line: 7, endLine: 9 }, []],
    ["an empty text", "", { line: 1, endLine: 1 }, [1]],
  ])("%s", (_title, source, changes, numbers) => {
    expect(of(source, changes).map(({ number }) => number)).toEqual(numbers);
  });

  it("a range over very many lines is cut in the middle", () => {
    const numbers = of("RUN x\n".repeat(100_000), { line: 5, endLine: 90_000 }).map(({ number }) => number);
    expect(numbers).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 90_000, 90_001]);
  });

  it("a very long line is cut around the mark", () => {
    const [line] = of(`FROM ${"x".repeat(50_000)}node${"y".repeat(50_000)}\n`, { column: 50_006, endColumn: 50_010 });
    expect(line!.parts).toEqual([`…${"x".repeat(120)}`, "node", `${"y".repeat(120)}…`]);
  });

  it("what hides or reorders is written out, a tab stays", () => {
    const [line] = of("FROM\tnode\u202e:1\u200b\n", { column: 6, endColumn: 13 });
    expect(line!.parts).toEqual(["FROM\t", "node\\u202e:1", "\\u200b"]);
  });

  it("a character of two units is never cut in two", () => {
    const [line] = of(`${"🐳".repeat(400)}\n`, { column: 400, endColumn: 402 });
    expect(JSON.stringify(line)).not.toContain("\\ud83d");
  });
});

describe("a change", () => {
  it.each([
    ["one line", "A\nFROM a\nB\n", [7, 8], "b", ["-FROM a", "+FROM b"]],
    ["a line that goes", "A\nB\nC\n", [2, 4], "", ["-B", " C"]],
    ["a line that comes", "A\nC\n", [2, 2], "B\n", ["+B", " C"]],
    ["a move keeps what stays", "A\nB\nC\n", [0, 6], "B\nC\nA\n", ["-A", " B", " C", "+A"]],
    ["nothing", "A\n", [0, 1], "A", []],
    ["CRLF", "A\r\nB\r\n", [3, 4], "C", ["-B", "+C"]],
    ["behind the end", "A", [1, 1], "B", ["-A", "+AB"]],
  ] as const)("%s", (_title, source, range, text, lines) => {
    const shown = changeOf(source, { range: [...range], text });
    expect(shown.map((line) => line.sign + line.text)).toEqual(lines);
  });

  it("of very many lines shows the first ones and counts the rest", () => {
    const lines = changeOf("", {
      range: [0, 0],
      text: Array.from({ length: 5000 }, (_, at) => `RUN ${at}`).join("\n"),
    });
    expect(lines).toHaveLength(41);
    expect(lines.at(-1)).toEqual({ sign: "…", text: expect.stringMatching(/^49\d\d more lines$/) as string });
  });
});
