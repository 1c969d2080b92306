import { describe, expect, it } from "vitest";
import { factsOf, type Given } from "./facts-of.js";

/** The value of X in the global scope, and where it is from; null where it has none. */
function valueOfX(text: string, given: Given = {}): string | null {
  const variable = factsOf(text, given).facts.globals.lookup("X");
  return variable && `${variable.value} (${variable.source})`;
}

describe("the global scope", () => {
  it.each<[string, string, string | null, Given?]>([
    ["a default", "ARG X=1\nFROM a\n", "1 (default)"],
    ["no default", "ARG X\nFROM a\n", null],
    ["an empty default is a value", "ARG X=\nFROM a\n", " (default)"],
    ["a default in quotes", 'ARG X="a b"\nFROM a\n', "a b (default)"],
    ["several on a line", "ARG W=1 X=2\nFROM a\n", "2 (default)"],
    ["a default that rests on an earlier one", "ARG W=1\nARG X=v$W\nFROM a\n", "v1 (default)"],
    ["on the same line, too", "ARG W=1 X=v$W\nFROM a\n", "v1 (default)"],
    ["not on a later one", "ARG X=v$W\nARG W=1\nFROM a\n", "v (default)"],
    ["the last one wins", "ARG X=1\nARG X=2\nFROM a\n", "2 (default)"],
    ["one without a value takes none away", "ARG X=1\nARG X\nFROM a\n", "1 (default)"],
    ["it can build on itself", "ARG X=1\nARG X=${X}2\nFROM a\n", "12 (default)"],
    ["behind the first FROM it is the stage's", "FROM a\nARG X=1\n", null],
    ["ENV is not its business", "ENV X=1\nFROM a\n", null],
    ["names are case-sensitive", "ARG x=1\nFROM a\n", null],
    ["--build-arg beats the default", "ARG X=1\nFROM a\n", "2 (build-arg)", { buildArgs: { X: "2" } }],
    ["--build-arg gives a value", "ARG X\nFROM a\n", "2 (build-arg)", { buildArgs: { X: "2" } }],
    ["also an empty one", "ARG X=1\nFROM a\n", " (build-arg)", { buildArgs: { X: "" } }],
    ["the policy's args do the same", "ARG X=1\nFROM a\n", "3 (policy)", { policy: { args: { X: "3" } } }],
    [
      "--build-arg before the policy",
      "ARG X\nFROM a\n",
      "2 (build-arg)",
      { buildArgs: { X: "2" }, policy: { args: { X: "3" } } },
    ],
    ["not for a name that is not declared", "FROM a\n", null, { buildArgs: { X: "2" } }],
    [
      "a value from outside for what a default rests on",
      "ARG W=1\nARG X=v$W\nFROM a\n",
      "v2 (default)",
      { buildArgs: { W: "2" } },
    ],
  ])("%s", (_title, text, expected, given) => {
    expect(valueOfX(text, given)).toBe(expected);
  });

  it("notes what a default has no value for, through other defaults", () => {
    const { lookup } = factsOf("ARG W\nARG V=$W\nARG X=$V\nFROM a\n").facts.globals;
    expect(lookup("X")?.unresolved).toEqual(["W"]);
  });

  it("notes why BuildKit refuses a default, through other defaults", () => {
    const { lookup } = factsOf("ARG V=${W^}\nARG X=$V\nFROM a\n").facts.globals;
    expect(lookup("X")?.error).toMatch(/unsupported modifier/);
  });

  it("lists what is declared, with and without a value", () => {
    expect([...factsOf("ARG W\nARG X=1\nFROM a\nARG Y\n").facts.globals.declared.keys()]).toEqual(["W", "X"]);
  });
});

describe("defaults that double one another", () => {
  const doubled = (first: string): string => {
    const lines = Array.from({ length: 60 }, (_, index) => `ARG A${index + 1}=$A${index}$A${index}\n`);
    return `${first}\n${lines.join("")}FROM x$A60\n`;
  };

  it("name what is missing once, not 2^60 times", () => {
    expect(factsOf(doubled("ARG A0")).facts.images[0]).toMatchObject({ status: "unknown", unresolved: ["A0"] });
  });

  it("are refused before they fill the memory", () => {
    const [use] = factsOf(doubled("ARG A0=x")).facts.images;
    expect(use).toMatchObject({ status: "invalid", text: null, problem: { code: "substitution" } });
  });

  it("tell the nearest of a long chain of defaults", () => {
    const lines = Array.from({ length: 60 }, (_, index) => `ARG A${index + 1}=$A${index}\n`);
    const [use] = factsOf(`ARG A0=x\n${lines.join("")}FROM $A60\n`).facts.images;
    expect(use?.provenance.map(({ variable }) => variable).slice(0, 3)).toEqual(["A60", "A59", "A58"]);
    expect(use?.provenance).toHaveLength(16);
  });
});

describe("the platform arguments", () => {
  const value = (name: string, text = "FROM a\n", given: Given = {}): string | undefined =>
    factsOf(text, given).facts.globals.lookup(name)?.value;

  it.each([
    ["TARGETPLATFORM", "linux/amd64"],
    ["TARGETOS", "linux"],
    ["TARGETARCH", "amd64"],
    ["TARGETVARIANT", ""],
    ["TARGETOSVERSION", ""],
    ["BUILDPLATFORM", "linux/amd64"],
    ["BUILDARCH", "amd64"],
  ])("%s is there without an ARG", (name, expected) => {
    expect(value(name)).toBe(expected);
  });

  it("take a value from outside without an ARG", () => {
    expect(value("TARGETARCH", "FROM a\n", { buildArgs: { TARGETARCH: "arm64" } })).toBe("arm64");
  });

  it("take a default where somebody gives them one", () => {
    expect(value("TARGETARCH", "ARG TARGETARCH=arm64\nFROM a\n")).toBe("arm64");
    expect(value("TARGETARCH", "ARG TARGETARCH\nFROM a\n")).toBe("amd64");
  });

  it.each<[string, string, Given, string]>([
    ["the target", "FROM a AS x\nFROM b AS y\n", { target: "x" }, "x"],
    ["the last stage", "FROM a AS x\nFROM b AS Y\n", {}, "y"],
    ["default, for a last stage without a name", "FROM a AS x\nFROM b\n", {}, "default"],
  ])("TARGETSTAGE is %s", (_title, text, given, expected) => {
    expect(value("TARGETSTAGE", text, given)).toBe(expected);
  });
});
