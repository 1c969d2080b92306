/** Reading a policy file: YAML and JSON, and everything that is refused before its meaning is looked at. */
import fc from "fast-check";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readPolicyBytes, readPolicyFile } from "../../src/policy/read.js";
import { folderWith } from "../cli/folder.js";
import { timesAsLong } from "../support/work.js";

const YAML = "/project/fromlint.yaml";
const JSON_FILE = "/project/fromlint.json";

function data(text: string, file = YAML): unknown {
  const { text: read, errors } = readPolicyBytes(file, Buffer.from(text));
  return errors ?? read.data;
}

/** `line:column message` of each error. */
function errors(text: string | Buffer, file = YAML): string[] {
  const { errors: found } = readPolicyBytes(file, Buffer.from(text as string));
  return (found ?? []).map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe("what a file says", () => {
  it.each([
    ["an empty file is an empty policy", "", {}],
    ["so is one with nothing but comments", "# soon\n\n---\n", {}],
    ["maps, lists and scalars", "a: [1, true, ~, x]\nb: {c: 'd'}\n", { a: [1, true, null, "x"], b: { c: "d" } }],
    ["words that YAML 1.1 took for yes and no are text", "a: on\nb: no\nc: off\n", { a: "on", b: "no", c: "off" }],
    ["a date is text", "until: 2027-01-31\n", { until: "2027-01-31" }],
    ["keys are text, as they are written", "3.10: a\ntrue: b\n", { "3.10": "a", true: "b" }],
    ["a byte order mark and CRLF are fine", "\ufeffa: 1\r\nb: 2\r\n", { a: 1, b: 2 }],
    ["an alias stands for its anchor", "a: &x [1]\nb: *x\n", { a: [1], b: [1] }],
    ["for the last one before it", "a: &x 1\nb: &x 2\nc: *x\n", { a: 1, b: 2, c: 2 }],
    ["also within an anchor", "x: &x 1\na: &a [*x]\ny: &x 2\nb: *a\n", { x: 1, a: [1], y: 2, b: [1] }],
  ])("%s", (_title, text, expected) => {
    expect(data(text)).toEqual(expected);
  });

  it("a key named __proto__ is a key", () => {
    const read = data('{"__proto__": 1, "constructor": 2}', JSON_FILE) as object;
    expect(Object.keys(read)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(read)).toBeNull();
  });

  it("any JSON means what JSON.parse says", () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: "small" }), fc.constantFrom("", "  ", "\t"), (value, indent) => {
        const text = JSON.stringify({ value }, null, indent);
        expect(JSON.stringify(data(text, JSON_FILE))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it("places are those of keys and values, 1-based", () => {
    const { text } = readPolicyBytes(YAML, Buffer.from("a:\n  - b\n  - key: 3.10\nempty:\n"));
    const root = text?.data as { a: [string, { key: number }] };
    expect(text?.placeOfKey(root, "a")).toEqual({ file: YAML, line: 1, column: 1 });
    expect(text?.placeOfValue(root, "a")).toEqual({ file: YAML, line: 2, column: 3 });
    expect(text?.placeOfValue(root.a, 1)).toEqual({ file: YAML, line: 3, column: 5 });
    expect(text?.placeOfValue(root.a[1], "key")).toEqual({ file: YAML, line: 3, column: 10 });
    expect(text?.source(root.a[1], "key")).toBe("3.10");
    expect(text?.placeOfValue(root, "empty"), "nothing stands there: the key").toEqual({
      file: YAML,
      line: 4,
      column: 1,
    });
  });
});

describe("YAML that is refused", () => {
  it.each([
    ["a bracket that is not closed", "a: [1\nb: 2", /^2:1 not valid YAML: flow sequence .* must .* end with a \]$/],
    ["a tab as indentation", "a:\n\tb: 1", /^2:1 not valid YAML: tabs are not allowed as indentation$/],
    ["quotes that are not closed", 'a: "b\n', /^2:1 not valid YAML: missing closing "quote$/],
    ["a map on one line with its key", "a: b: c", /^1:4 not valid YAML: nested mappings are not allowed/],
    ["a key twice", "a: 1\nb: 2\na: 3", /^3:1 the key `a` is here twice; the first is on line 1$/],
    ["a key twice in brackets", "x: {a: 1, a: 2}", /^1:11 the key `a` is here twice; the first is on line 1$/],
    ["the same key in two notations", "3: 1\n'3': 2", /^2:1 the key `3` is here twice; the first is on line 1$/],
    [
      "merge keys",
      "a: &a {b: 1}\nc:\n  <<: *a",
      /^3:3 merge keys \(`<<`\) are not read; write the keys out, or use `extends`$/,
    ],
    [
      "a tag for code",
      "a: !!js/function 'x'",
      /^1:4 the tag `!!js\/function` is not read: a policy is plain data; delete the tag$/,
    ],
    ["any other tag", "a:\n  - !secret b", /^2:5 the tag `!secret` is not read/],
    ["a tag on the whole", "!!map\na: 1", /^1:1 the tag `!!map` is not read/],
    ["a tag on a key", "!!str a: 1", /^1:1 the tag `!!str` is not read/],
    ["a directive", "%YAML 1.1\n---\na: yes", /^1:1 the YAML directive `%YAML 1\.1` is not read; delete it$/],
    [
      "two documents",
      "a: 1\n---\nb: 2",
      /^2:1 only one YAML document is read; delete the others, or the `---` between them$/,
    ],
    ["an alias without an anchor", "a: *b", /^1:4 no anchor named `b` stands before this alias$/],
    ["an alias inside its own anchor", "a: &a\n  - *a", /^2:5 the alias `\*a` stands inside its own anchor$/],
    ["a list as a key", "? [a]\n: b", /^1:3 a key has to be text, not a list, a map or an alias$/],
    ["no key at all", "a: 1\n: b", /^2:1 a name is missing before the `:`$/],
  ])("%s", (_title, text, expected) => {
    const found = errors(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it("names in messages cannot act on a terminal", () => {
    expect(errors('"a\\e[2J\\u202e": 1\n"a\\e[2J\\u202e": 2')).toEqual([
      "2:1 the key `a\\x1b[2J\\u202e` is here twice; the first is on line 1",
    ]);
  });

  it("long names are cut", () => {
    const key = "k".repeat(500);
    expect(errors(`${key}: 1\n${key}: 2`)).toEqual([
      `2:1 the key \`${"k".repeat(60)}…\` is here twice; the first is on line 1`,
    ]);
  });
});

describe("a .json file is real JSON", () => {
  it.each([
    ["YAML", "a: 1", "1:1 not valid JSON: a value is expected here"],
    ["a comment", '{\n  // why\n  "a": 1\n}', "2:3 not valid JSON: JSON has no comments"],
    ["a trailing comma", '{\n  "a": 1,\n}', "3:1 not valid JSON: JSON has no comma before a closing bracket"],
    ["an empty file", "", "1:1 not valid JSON: the file ends where a value is expected"],
    [
      "a key twice, which JSON.parse lets through",
      '{"a": 1,\n "a": 2}',
      "2:2 the key `a` is here twice; the first is on line 1",
    ],
  ])("not %s", (_title, text, expected) => {
    expect(errors(text, JSON_FILE)).toEqual([expected]);
  });
});

describe("bytes that are refused", () => {
  it("not UTF-8: at the first line that is not", () => {
    const latin1 = Buffer.from("# ok: ü\na: 1\nb: caf\u00e9\n", "latin1");
    expect(errors(latin1)).toEqual(["1:7 the file is not UTF-8 text; save it as UTF-8"]);
    const later = Buffer.concat([Buffer.from("# ü\na: 1\nb: caf"), Buffer.from([0xe9, 0x0a])]);
    expect(errors(later)).toEqual(["3:7 the file is not UTF-8 text; save it as UTF-8"]);
  });

  it("UTF-16", () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("a: 1\n", "utf16le")]);
    expect(errors(utf16)).toEqual(["1:1 the file is not UTF-8 text; save it as UTF-8"]);
  });

  it("over 1 MiB", () => {
    expect(errors(Buffer.alloc(1024 * 1024 + 1, "#"))).toEqual([
      "1:1 the file has 1048577 bytes; a policy may have at most 1048576",
    ]);
  });
});

describe("files that cannot be read", () => {
  it.each([
    ["none", "gone.yaml", "cannot be read: there is no such file"],
    ["a folder", "folder", "cannot be read: it is a folder"],
    ["a dangling link", "dangling.yaml", "cannot be read: there is no such file"],
    ["a link loop", "loop.yaml", "cannot be read: its links go in a circle"],
    ["a device", "device.yaml", "cannot be read: it is not a regular file"],
    ["a name below a file", "file.yaml/x.yaml", "cannot be read: there is no such file"],
  ])("%s", (_title, name, message) => {
    const folder = folderWith({ "file.yaml": "" });
    mkdirSync(join(folder, "folder"));
    symlinkSync(join(folder, "nowhere"), join(folder, "dangling.yaml"));
    symlinkSync(join(folder, "loop.yaml"), join(folder, "loop.yaml"));
    symlinkSync("/dev/null", join(folder, "device.yaml"));
    const file = join(folder, name);
    expect(readPolicyFile(file).errors).toEqual([{ file, line: 1, column: 1, message }]);
  });
});

describe("hostile YAML is refused in time that grows with its size", () => {
  const laughs = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 10; level++) {
    laughs.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(", ")}]`,
    );
  }

  it("a billion laughs", () => {
    expect(errors(laughs.join("\n"))).toEqual([
      expect.stringMatching(/^4:\d+ the aliases up to here stand for more than 10000 values$/),
    ]);
  });

  it.each([
    ["brackets", "[".repeat(100_000), "1:66"],
    ["braces", "{".repeat(100_000), "1:66"],
    ["dashes", "- ".repeat(100_000), "1:131"],
    ["question marks", "? ".repeat(100_000), "1:131"],
    ["keys in brackets", "[a: ".repeat(50_000), "1:"],
  ])("nesting of %s", (_title, text, place) => {
    const found = errors(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/this is nested more than 64 levels deep$/);
    expect(found[0]?.startsWith(place)).toBe(true);
  });

  it("nesting by aliases", () => {
    const chain = Array.from({ length: 100 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}]`);
    expect(errors(["a0: &a0 x", ...chain].join("\n"))[0]).toMatch(/this is nested more than 64 levels deep$/);
  });

  it("nesting in JSON", () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    expect(errors(deep, JSON_FILE)).toEqual(["1:66 this is nested more than 64 levels deep"]);
  });

  it("one scalar of nearly 1 MiB is read", () => {
    const text = "x".repeat(1024 * 1024 - 10);
    expect(data(`a: ${text}`)).toEqual({ a: text });
  });

  it.each([
    ["keys", (size: number) => Array.from({ length: size }, (_, index) => `k${index}: 1`).join("\n")],
    ["aliases", (size: number) => `a: &a 1\nb: [${"*a, ".repeat(Math.min(size, 9_000))}]`],
    ["anchors", (size: number) => Array.from({ length: size }, (_, index) => `- &a${index} x`).join("\n")],
    ["commas", (size: number) => `[${",".repeat(size)}`],
    ["closing brackets", (size: number) => "]".repeat(size)],
    ["empty documents", (size: number) => "---\n".repeat(size)],
    ["comments", (size: number) => "#\n".repeat(size)],
  ])("many %s: ten times as many take no hundred times as long", (_title, text) => {
    const [small, large] = [text(2_000), text(20_000)];
    expect(
      timesAsLong(
        () => errors(small),
        () => errors(large),
        40,
      ),
    ).toBeLessThan(40);
  });
});
