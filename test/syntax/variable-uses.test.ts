/** Which variables a word names. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expand } from "../../src/syntax/expand.js";
import { variableUses } from "../../src/syntax/variable-uses.js";

const names = (text: string, escape = "\\"): string[] => variableUses(text, escape).map(({ name }) => name);

describe("the variables that a word names", () => {
  it.each<[title: string, text: string, names: string[]]>([
    ["one, bare", "node:$TAG", ["TAG"]],
    ["one in braces", "node:${TAG}-slim", ["TAG"]],
    ["several", "$REGISTRY/$NAME:${TAG}", ["REGISTRY", "NAME", "TAG"]],
    ["one in the word of another", "${TAG:-$OTHER}", ["TAG", "OTHER"]],
    ["in patterns", "${A/$B/${C}}$D", ["A", "B", "C", "D"]],
    ["in double quotes", '"$A"', ["A"]],
    ["none in single quotes", "'$A'", []],
    ["single quotes in double ones are text", "\"'$A'\"", ["A"]],
    ["but quotes again in a nested word", "\"${A:-'$B'}\"", ["A"]],
    ["none behind an escape", "\\$A$B", ["B"]],
    ["an escape that is escaped", "\\\\$A", ["A"]],
    ["an escape in double quotes", '"\\$A\\n$B"', ["B"]],
    ["a name that is still to be written", "node:$", [""]],
    ["the same in braces", "node:${", [""]],
    ["empty braces", "${}$A", ["", "A"]],
  ])("%s", (_title, text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it("knows where the name stands", () => {
    const text = "a:${TAG:-x}";
    const [use] = variableUses(text, "\\");
    expect([text.slice(use!.nameFrom, use!.nameTo), text.charAt(use!.from)]).toEqual(["TAG", "$"]);
  });

  it("with the escape character of Windows", () => {
    expect(names("`$A\\$B", "`")).toEqual(["B"]);
  });

  it("are those that an expansion asks for, whatever the word", () => {
    const part = fc.constantFrom(
      "$A",
      "${B}",
      "${C:-",
      "${D:+",
      "}",
      "'",
      '"',
      "\\",
      "x",
      " ",
      "/",
      "$",
      "{",
      "${E%",
      "${F/",
      "#",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        const asked = new Set<string>();
        const lookup = (name: string): null => {
          asked.add(name);
          return null;
        };
        const { error } = expand({ text, offsetAt: (index) => index }, lookup, "\\");
        if (error === null) expect(new Set(names(text).filter((name) => name !== ""))).toEqual(asked);
      }),
      { numRuns: 500 },
    );
  });
});
