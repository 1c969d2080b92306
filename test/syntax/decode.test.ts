import { describe, expect, it } from "vitest";
import { decode } from "../../src/syntax/decode.js";
import { parse } from "../../src/syntax/parse.js";

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

describe("decode", () => {
  it("reads UTF-8", () => {
    expect(decode(bytes("FROM a # é😀\n"))).toEqual({ text: "FROM a # é😀\n", problem: null });
  });

  it("reads nothing as nothing", () => {
    expect(decode(bytes())).toEqual({ text: "", problem: null });
  });

  it("keeps the byte order mark", () => {
    expect(decode(bytes([0xef, 0xbb, 0xbf], "FROM a"))).toEqual({ text: "\uFEFFFROM a", problem: null });
  });

  it("takes a U+FFFD that is written as one", () => {
    expect(decode(bytes("# \uFFFD"))).toEqual({ text: "# \uFFFD", problem: null });
  });

  it.each([
    ["Latin-1", bytes("FROM a\n# caf", [0xe9], "\n"), "2", "\uFFFD"],
    ["a character cut off at the end", bytes("FROM a\n\n# ", [0xf0, 0x9f]), "3", "\uFFFD"],
    ["a byte that is never one", bytes([0xff], "FROM a"), "1", "\uFFFD"],
    ["one behind a U+FFFD that is written as one", bytes("# \uFFFD\n# ", [0xe9]), "2", "\uFFFD"],
  ])("says where %s starts", (_title, input, line, at) => {
    const { text, problem } = decode(input);
    expect(problem).toMatchObject({ code: "notUtf8", data: { line, encoding: "unknown" } });
    expect(text.slice(...problem!.range)).toBe(at);
  });

  it.each([
    ["little", [0xff, 0xfe], (text: string) => Buffer.from(text, "utf16le")],
    ["big", [0xfe, 0xff], (text: string) => Buffer.from(text, "utf16le").swap16()],
  ])("reads UTF-16 (%s endian) and reports it", (_title, mark, encode) => {
    const { text, problem } = decode(Buffer.concat([Buffer.from(mark), encode("FROM a\n")]));
    expect(text).toBe("\uFEFFFROM a\n");
    expect(problem).toMatchObject({ code: "notUtf8", data: { line: "1", encoding: "UTF-16" } });
    expect(parse(text).ast.instructions).toMatchObject([{ type: "From" }]);
  });

  it("reports NUL bytes, as in UTF-16 without a mark", () => {
    const { problem } = decode(Buffer.from("FROM a\n", "utf16le"));
    expect(problem).toMatchObject({ code: "notUtf8", range: [1, 2], data: { line: "1", encoding: "binary" } });
  });

  it("its problem comes along with the parser's, in front of them", () => {
    const { text, problem } = decode(bytes("FRM a\n", [0xe9]));
    const { problems } = parse(text, { problems: [problem!] }).ast;
    expect(problems.slice(0, 2)).toMatchObject([
      { code: "notUtf8", loc: { start: { line: 2, column: 1 }, end: { line: 2, column: 2 } } },
      { code: "unknownInstruction" },
    ]);
  });
});
