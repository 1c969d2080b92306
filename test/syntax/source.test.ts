import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Node } from "../../src/syntax/nodes.js";
import { parse } from "../../src/syntax/parse.js";
import { createSource, type DockerfileSource } from "../../src/syntax/source.js";
import { file } from "./show.js";

const sourceOf = (text: string): DockerfileSource => createSource(file(text), parse(file(text)));

describe("the source of a file", () => {
  it("is walked from the file through its instructions, into ONBUILD and out again", () => {
    const steps = [...sourceOf("FROM a⏎ONBUILD RUN x⏎CMD y").traverse()];
    expect(steps.map(({ target, phase }) => `${phase === 1 ? "+" : "-"}${target.type}`)).toEqual([
      "+Dockerfile",
      "+From",
      "-From",
      "+Onbuild",
      "+Run",
      "-Run",
      "-Onbuild",
      "+Cmd",
      "-Cmd",
      "-Dockerfile",
    ]);
    expect(steps[2]).toEqual({ kind: 1, type: "visit", target: steps[1]!.target, phase: 2, args: steps[1]!.args });
    expect(steps[1]!.args).toEqual([steps[1]!.target, steps[0]!.target]);
  });

  it("gives the same steps each time", () => {
    const source = sourceOf("FROM a");
    expect(source.traverse()).toBe(source.traverse());
  });

  it("knows parents and ancestors", () => {
    const source = sourceOf("FROM a⏎ONBUILD RUN x");
    const onbuild = source.ast.instructions[1]!;
    const run: Node = onbuild.type === "Onbuild" ? onbuild.instruction! : expect.fail();
    expect(source.getParent(run)).toBe(onbuild);
    expect(source.getParent(onbuild)).toBe(source.ast);
    expect(source.getParent(source.ast)).toBeNull();
    expect(source.getAncestors(run)).toEqual([source.ast, onbuild]);
  });

  it("gives text, ranges and locations of nodes", () => {
    const source = sourceOf("FROM a⏎RUN x");
    const run = source.ast.instructions[1]!;
    expect(source.getText()).toBe("FROM a\nRUN x");
    expect(source.getText(run)).toBe("RUN x");
    expect(source.getText(run, 2, 5)).toBe("a\nRUN x");
    expect(source.getText(run, 100)).toBe("FROM a\nRUN x");
    expect(source.getRange(run)).toEqual([7, 12]);
    expect(source.getLoc(run)).toEqual({ start: { line: 2, column: 1 }, end: { line: 2, column: 6 } });
    expect(source.locationOf([5, 8])).toEqual({ start: { line: 1, column: 6 }, end: { line: 2, column: 2 } });
  });

  it.each([
    ["", [""]],
    ["a", ["a"]],
    ["a⏎", ["a", ""]],
    ["a\r⏎b\rc⏎\r⏎", ["a", "b\rc", "", ""]],
  ])("the lines of %j are %j", (text, lines) => {
    expect(sourceOf(text).lines).toEqual(lines);
  });

  it("knows of a byte order mark, also of one that was taken away", () => {
    expect(sourceOf("\uFEFFFROM a").hasBOM).toBe(true);
    expect(sourceOf("FROM a").hasBOM).toBe(false);
    expect(createSource("FROM a", parse("FROM a"), true).hasBOM).toBe(true);
  });
});

describe("positions", () => {
  it.each([
    [0, 1, 1],
    [2, 1, 3],
    [3, 2, 1],
    [4, 2, 2],
    [6, 3, 1],
    [9, 3, 4],
    [99, 3, 4],
    [-1, 1, 1],
  ])("offset %i of `ab⏎c\\r⏎😀d` is %i:%i", (offset, line, column) => {
    expect(sourceOf("ab⏎c\r⏎😀d").getLocFromIndex(offset)).toEqual({ line, column });
  });

  it.each([
    [1, 1, 0],
    [1, 3, 2],
    [1, 99, 2],
    [2, 1, 3],
    [3, 4, 9],
    [3, 99, 9],
    [9, 1, 9],
    [0, 5, 0],
    [1, 0, 0],
  ])("%i:%i is offset %i", (line, column, offset) => {
    expect(sourceOf("ab⏎c\r⏎😀d").getIndexFromLoc({ line, column })).toBe(offset);
  });

  it("offsets and positions lead to each other", () => {
    const texts = fc
      .array(fc.constantFrom("a", "\n", "\r\n", "\r", "\u2028", "😀", "\uFEFF"))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, fc.nat(40), (text, at) => {
        const source = createSource(text, parse(text));
        const offset = Math.min(at, text.length);
        expect(source.getIndexFromLoc(source.getLocFromIndex(offset))).toBe(offset);
      }),
    );
  });

  it("questions in any order get the same answers", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { maxLength: 30 }), (offsets) => {
        const source = sourceOf("ab⏎⏎cd⏎⏎⏎ef⏎");
        const fresh = (offset: number) => sourceOf("ab⏎⏎cd⏎⏎⏎ef⏎").getLocFromIndex(offset);
        for (const offset of offsets) expect(source.getLocFromIndex(offset)).toEqual(fresh(offset));
      }),
    );
  });
});

describe("places in unusual text", () => {
  it.each([
    ["CRLF line ends", "FROM a\r⏎RUN x \\\r⏎  y\r⏎"],
    ["a byte order mark", "\uFEFFFROM a⏎RUN x \\⏎  y⏎"],
    ["characters of two units", "FROM a⏎RUN 😀x \\⏎  y⏎"],
  ])("%s: words are where they stand", (_title, text) => {
    const source = sourceOf(text);
    for (const { keyword, args } of source.ast.instructions) {
      expect(source.getText(keyword)).toBe(keyword.text);
      expect(source.getText(args!).replaceAll(/\\\r?\n/g, "")).toBe(args!.text);
      expect(source.getIndexFromLoc(keyword.loc.start)).toBe(keyword.range[0]);
      expect(source.getIndexFromLoc(args!.loc.end)).toBe(args!.range[1]);
    }
  });
});
