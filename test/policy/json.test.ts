/** Where a text stops being JSON. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonProblem } from "../../src/policy/json.js";

describe("what is not JSON", () => {
  it.each([
    ["nothing at all", "", "0 the file ends where a value is expected"],
    ["a comment", "// policy\n{}", "0 JSON has no comments"],
    ["a YAML comment", '{"a": 1} # one', "9 JSON has no comments"],
    ["single quotes", "{'a': 1}", "1 JSON has no single quotes; use double quotes"],
    ["a key without quotes", "{a: 1}", "1 a key in double quotes or `}` is expected here"],
    ["a comma at the end of a map", '{"a": 1,}', "8 JSON has no comma before a closing bracket"],
    ["a comma at the end of a list", "[1,]", "3 JSON has no comma before a closing bracket"],
    ["no comma between values", "[1 2]", "3 `,` or `]` is expected here"],
    ["no comma between entries", '{"a": 1 "b": 2}', "8 `,` or `}` is expected here"],
    ["no colon", '{"a" 1}', "5 `:` is expected here"],
    ["the wrong bracket", "[1}", "2 `,` or `]` is expected here"],
    ["no value", '{"a": }', "6 a value is expected here"],
    ["a bracket that is not closed", '{"a": [', "7 the file ends where a value or `]` is expected"],
    ["text behind the value", "{} {}", "3 the end of the file is expected here"],
    ["a number with a leading zero", "[01]", "1 a value or `]` is expected here"],
    ["a word", "[tru]", "1 a value or `]` is expected here"],
    [
      "text that is not closed",
      '["a]',
      "1 this text is not closed on its line, or has an escape that JSON does not know",
    ],
  ])("%s", (_title, text, expected) => {
    const problem = jsonProblem(text);
    expect(`${problem?.offset} ${problem?.message}`).toBe(expected);
  });
});

describe("agrees with JSON.parse", () => {
  it("on any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom("", " ", "\t", "\n  "), (value, indent) => {
        expect(jsonProblem(JSON.stringify(value, null, indent))).toBeNull();
      }),
    );
  });

  it("on JSON with a piece cut out, or another put in", () => {
    const piece = fc.constantFrom(
      "",
      ",",
      ":",
      "[",
      "]",
      "{",
      "}",
      '"',
      "\\",
      "0",
      "-",
      "e5",
      ".",
      "null",
      " ",
      "\u0001",
      "'",
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.nat(3), piece, (value, start, length, put) => {
        const json = JSON.stringify(value);
        const at = start % (json.length + 1);
        const text = json.slice(0, at) + put + json.slice(at + length);
        expect(jsonProblem(text) === null, text).toBe(parses(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
