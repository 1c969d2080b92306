import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJsonForm } from "../../src/syntax/json.js";
import { instruction, problemData, source, words } from "./show.js";

/** The decoded strings, or why it is none. */
function read(text: string): readonly string[] | string {
  const form = readJsonForm(text, 0, text.length);
  return typeof form === "string" ? form : form.map(({ kept }) => kept.text);
}

describe("the JSON form", () => {
  it.each([
    ["[]", []],
    ["[ ]", []],
    ['["a"]', ["a"]],
    [' [ "a" ,\t"b c" ] ', ["a", "b c"]],
    ['[""]', [""]],
    ['["a\\"b\\\\c\\/d"]', ['a"b\\c/d']],
    ['["\\b\\f\\n\\r\\t"]', ["\b\f\n\r\t"]],
    ['["\\u0041\\uD83D\\uDE00"]', ["A😀"]],
    ['["안녕"]', ["안녕"]],
    ['["[", "]"]', ["[", "]"]],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ["no bracket", '"a"'],
    ["single quotes", "['a']"],
    ["a trailing comma", '["a",]'],
    ["a leading comma", '[,"a"]'],
    ["no comma", '["a" "b"]'],
    ["no closing bracket", '["a"'],
    ["an open string", '["a]'],
    ["text behind it", '["a"] b'],
    ["a comment", '["a" /* b */]'],
    ["an unknown escape", '["\\x41"]'],
    ["a short \\u", '["\\u41"]'],
    ["a tab in a string", '["a\tb"]'],
    ["a shell test", "[ -f a ]"],
    ["an unquoted word", "[a]"],
    ["other white space", '[\u00a0"a"]'],
    ["nesting deeper than Go's decoder goes", "[".repeat(10_001) + "]".repeat(10_001)],
  ])("%s makes it the shell form", (_title, text) => {
    expect(read(text)).toBe("notJson");
  });

  it.each(["[1]", '["a", 1]', "[null]", "[true]", '[["a"]]', '[{"a": "b"}]'])("%s is refused", (text) => {
    expect(read(text)).toBe("notStrings");
  });

  it("is an array of strings exactly when JSON.parse says so", () => {
    const tokens = fc.constantFrom(
      "[",
      "]",
      '"',
      "a",
      '"a"',
      ",",
      " ",
      "\\",
      "\\n",
      "\\u00e9",
      "1",
      "null",
      "\t",
      "😀",
    );
    fc.assert(
      fc.property(fc.array(tokens, { maxLength: 12 }), (parts) => {
        const text = `["${parts.join("")}`;
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expected = "notJson";
        }
        const isStrings = Array.isArray(expected) && expected.every((item) => typeof item === "string");
        expect(read(text)).toEqual(isStrings || expected === "notJson" ? expected : "notStrings");
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the strings of an instruction", () => {
  it("stand between their quotes", () => {
    const text = 'CMD ["a b", "c\\n", ""]';
    const node = instruction(text);
    const strings = node.type === "Cmd" ? node.exec! : [];
    expect(strings.map((string) => source(text, string))).toEqual(["a b", "c\\n", ""]);
  });

  it("lead back to the source, also behind escapes and continuations", () => {
    const text = 'CMD ["a\\tbc\\⏎d"]';
    const node = instruction(text);
    const [string] = node.type === "Cmd" ? node.exec! : [];
    expect(string?.text).toBe("a\tbcd");
    expect(Array.from({ length: 6 }, (_, index) => string!.offsetAt(index))).toEqual([6, 7, 9, 10, 13, 14]);
  });

  it.each([
    ['RUN ["a", "b"]', ["a", "b"]],
    ['ENTRYPOINT ["a"]', ["a"]],
    ['SHELL ["a", "-c"]', ["a", "-c"]],
    ['COPY ["a b", "c"]', ["a b", "c"]],
    ['ADD --chown=x ["a b", "c"]', ["a b", "c"]],
    ['VOLUME ["/a", "/b"]', ["/a", "/b"]],
    ['HEALTHCHECK --interval=1s CMD ["a", "b"]', ["a", "b"]],
    ['EXPOSE ["80"]', ['["80"]']],
    ["COPY ['a', 'b']", ["['a',", "'b']"]],
    ["RUN [ -f a ] && b", null],
  ])("%s", (text, expected) => {
    expect(words(instruction(text))).toEqual(expected);
  });

  it("of another kind are reported", () => {
    expect(problemData('FROM a⏎CMD ["a", 1]', "jsonNotStrings")).toEqual([{ keyword: "CMD" }]);
  });
});
