import { describe, expect, it } from "vitest";
import { exportedStage } from "../../src/facts/stages.js";
import { factsOf, type Given } from "./facts-of.js";

/** Each stage in a line: `build <- base`, with `!` when it is exported. */
function stages(text: string, given: Given = {}): string[] {
  return factsOf(text, given).facts.stages.map(({ index, name, base, otherBases, exported }) => {
    const bases = [base, ...otherBases].flatMap((stage) => (stage ? [stage.name ?? `number ${stage.index}`] : []));
    return `${name ?? index}${bases.length > 0 ? ` <- ${bases.join(", ")}` : ""}${exported ? "!" : ""}`;
  });
}

describe("stages", () => {
  it.each<[string, string, string[]]>([
    ["none", "ARG A\n", []],
    ["without names", "FROM a\nFROM b\n", ["0", "1!"]],
    ["with names, lower-cased", "FROM a AS Build\nFROM b as TEST\n", ["build", "test!"]],
    ["built FROM one another", "FROM a AS x\nFROM x AS y\nFROM y\n", ["x!", "y <- x!", "2 <- y!"]],
    ["by the exact name only", "FROM a AS x\nFROM X\n", ["x", "1!"]],
    ["the later one of two with a name", "FROM a AS x\nFROM b AS x\nFROM x\n", ["x", "x!", "2 <- x!"]],
    ["FROM its own name is the earlier one", "FROM a AS x\nFROM x AS x\nFROM x\n", ["x!", "x <- x!", "2 <- x!"]],
    ["two that name each other do not go in a circle", "FROM y AS x\nFROM x AS y\n", ["x!", "y <- x!"]],
    ["COPY --from makes no base", "FROM a AS x\nFROM b\nCOPY --from=x / /\n", ["x", "1!"]],
    ["FROM without an image", "FROM\nFROM b\n", ["0", "1!"]],
    [
      "for every platform that a name may stand for",
      "FROM a AS x-amd64\nFROM a AS x-arm64\nFROM a AS x-other\nFROM x-${TARGETARCH}\n",
      ["x-amd64!", "x-arm64!", "x-other", "3 <- x-amd64, x-arm64!"],
    ],
    [
      "named for a platform other than the first",
      "FROM a AS x-arm64\nFROM x-$TARGETARCH\n",
      ["x-arm64!", "1 <- x-arm64!"],
    ],
    [
      "for every system that programs are released for",
      "FROM a AS x-linux\nFROM a AS x-darwin\nFROM a AS x-windows\nFROM a AS x-freebsd\nFROM x-$TARGETOS\n",
      ["x-linux!", "x-darwin!", "x-windows!", "x-freebsd!", "4 <- x-linux, x-windows, x-darwin, x-freebsd!"],
    ],
    [
      "by architecture and variant, with a default for none",
      "FROM a AS x-arm-v5\nFROM a AS x-arm-v7\nFROM a AS x-amd64-any\nFROM x-${TARGETARCH}-${TARGETVARIANT:-any}\n",
      ["x-arm-v5!", "x-arm-v7!", "x-amd64-any!", "3 <- x-amd64-any, x-arm-v7, x-arm-v5!"],
    ],
    [
      "by way of an ARG's default, and of what that rests on",
      "ARG ARCH=$TARGETARCH\nARG BASE=x-${ARCH}\nFROM a AS x-amd64\nFROM a AS x-arm64\nFROM $BASE\n",
      ["x-amd64!", "x-arm64!", "2 <- x-amd64, x-arm64!"],
    ],
    [
      "not where an ARG of the file gives the platform",
      "ARG TARGETARCH=arm64\nFROM a AS x-amd64\nFROM a AS x-arm64\nFROM x-$TARGETARCH\n",
      ["x-amd64", "x-arm64!", "2 <- x-arm64!"],
    ],
  ])("%s", (_title, text, expected) => {
    expect(stages(text)).toEqual(expected);
  });

  it("hold the instructions up to the next FROM", () => {
    const found = factsOf("ARG A\nFROM a\nRUN b\nCOPY c d\nFROM e\nUSER f\n").facts.stages;
    expect(found.map(({ instructions }) => instructions.map(({ type }) => type))).toEqual([["Run", "Copy"], ["User"]]);
  });

  it("a platform that is given is the only one", () => {
    const text = "FROM a AS x-amd64\nFROM a AS x-arm64\nFROM x-${TARGETARCH}\n";
    expect(stages(text, { buildArgs: { TARGETARCH: "arm64" } })).toEqual(["x-amd64", "x-arm64!", "2 <- x-arm64!"]);
    const indirect = "ARG BASE=x-$TARGETARCH\nFROM a AS x-amd64\nFROM a AS x-arm64\nFROM $BASE\n";
    expect(stages(indirect, { buildArgs: { BASE: "x-arm64" } })).toEqual(["x-amd64", "x-arm64!", "2 <- x-arm64!"]);
  });
});

describe("the exported stage", () => {
  const TEXT = "FROM a AS x\nFROM x AS y\nFROM b AS z\n";

  it.each<[string, string, string[]]>([
    ["is what --target names, with its bases", "y", ["x!", "y <- x!", "z"]],
    ["in any case", "Y", ["x!", "y <- x!", "z"]],
    ["is the last where there is no such stage", "nothing", ["x", "y <- x", "z!"]],
  ])("%s", (_title, target, expected) => {
    expect(stages(TEXT, { target })).toEqual(expected);
  });

  it("is found again", () => {
    expect(exportedStage(factsOf(TEXT).facts.stages)?.name).toBe("z");
    expect(exportedStage(factsOf(TEXT, { target: "y" }).facts.stages)?.name).toBe("y");
    expect(exportedStage(factsOf("ARG A\n").facts.stages)).toBeNull();
  });

  it("has no base of this file where a named context takes its place", () => {
    expect(stages(TEXT, { contexts: { y: "docker-image://c" }, target: "y" })).toEqual(["x", "y!", "z"]);
  });
});
