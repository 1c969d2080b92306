/**
 * Time grows with the text and not faster. Each case is timed at two sizes, eight times apart; quadratic work (64 times)
 * does not fit in the bound.
 */
import { describe, expect, it } from "vitest";
import { parse } from "../../src/syntax/parse.js";
import { createSource } from "../../src/syntax/source.js";
import { timesAsLong } from "../support/work.js";

const times = (count: number, text: string): string => text.repeat(count);

function work(text: string): void {
  const source = createSource(text, parse(text));
  expect(source.traverse()).not.toHaveLength(0);
}

const CASES: readonly (readonly [title: string, text: (size: number) => string])[] = [
  ["a long line", (size) => `FROM a\nRUN ${times(size, "a ")}\n`],
  ["a long line of backslashes", (size) => `FROM a\nRUN ${times(size, "\\ ")}x\n`],
  ["spaces behind a backslash", (size) => `FROM a\nRUN a \\${times(size, " ")}x\n`],
  ["carriage returns", (size) => `FROM a\nRUN x${times(size, "\r")}\n`],
  ["empty lines", (size) => `${times(size, "\n")}FROM a\n`],
  ["stages with comments between them", (size) => times(size, "FROM a\n# c\n")],
  ["comments inside of a continuation", (size) => `FROM a\nRUN a \\\n${times(size, "# c\n")}b\n`],
  ["continued lines", (size) => `FROM a\nRUN a${times(size, " \\\n b")}\n`],
  ["directives", (size) => times(size, "# escape=\\\n")],
  ["flags", (size) => `FROM a\nRUN ${times(size, "--x ")}y\n`],
  ["a mount of many fields", (size) => `FROM a\nRUN --mount=${times(size, "a,")} x\n`],
  ["heredocs in one line", (size) => `FROM a\nRUN cat${times(size, " <<A")}\n${times(size, "A\n")}`],
  ["heredocs in one line without an end", (size) => `FROM a\nRUN cat${times(size, " <<A")}\nFROM b\n`],
  ["lines that open the same heredoc", (size) => `FROM a\n${times(size, "RUN <<A\n")}`],
  ["spaces in a heredoc's opener", (size) => `FROM a\nRUN <<${times(size, " ")}<\n`],
  ["nested substitutions on a line with a heredoc", (size) => `FROM a\nRUN <<A ${times(size, "${x:-")}\nA\n`],
  ["open quotes on a line with a heredoc", (size) => `FROM a\nRUN <<A ${times(size, "\"'")}\nA\n`],
  ["a JSON array", (size) => `FROM a\nCMD [${times(size, '"a",')}"b"]\n`],
  ["an open JSON array", (size) => `FROM a\nCMD ${times(size, "[")}\n`],
  ["pairs", (size) => `FROM a\nENV ${times(size, "a=b ")}\n`],
  ["ONBUILD ONBUILD", (size) => `FROM a\n${times(size, "ONBUILD ")}\n`],
  ["no instructions", (size) => times(size, "x\n")],
  ["digits in a duration", (size) => `FROM a\nHEALTHCHECK --interval=${times(size, "1")} CMD x\n`],
];

describe("time is linear for", () => {
  it.each(CASES)("%s", { timeout: 60_000 }, (_title, text) => {
    const [small, large] = [text(2_500), text(20_000)];
    expect(
      timesAsLong(
        () => work(small),
        () => work(large),
        25,
      ),
    ).toBeLessThan(25);
  });
});

describe("what is in a hostile file is still found", () => {
  it("behind 20,000 stages with comments between them", () => {
    const { ast } = parse(`${times(20_000, "FROM a\n# c\n")}FROM last\n`);
    expect(ast.instructions).toHaveLength(20_001);
    expect(ast.comments).toHaveLength(20_000);
    expect(ast.instructions.at(-1)).toMatchObject({ type: "From", image: { text: "last" } });
    expect(ast.problems.map(({ code }) => code)).toEqual(["tooComplex"]);
  });

  it("behind a line of 100,000 characters", () => {
    const { ast } = parse(`FROM a\nRUN ${"x".repeat(100_000)}\nFROM last\n`);
    expect(ast.instructions.at(-1)).toMatchObject({ type: "From", image: { text: "last" } });
    expect(ast.problems.map(({ code }) => code)).toEqual(["lineTooLong"]);
  });

  it("behind 5 MB", { timeout: 60_000 }, () => {
    const { ast } = parse(
      `FROM a\n${"RUN echo 'some command that is about as long as they are'\n".repeat(85_000)}FROM last\n`,
    );
    expect(ast.instructions.at(-1)).toMatchObject({ type: "From", image: { text: "last" } });
    expect(ast.problems.map(({ code }) => code)).toEqual(["tooLarge"]);
  });
});
