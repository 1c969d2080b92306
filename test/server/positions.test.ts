/** Positions of the protocol, in both encodings. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPositions, encodingFor, type Encoding } from "../../server/positions.js";

describe("a position", () => {
  const TEXT = "a\r\nbé😀c\rd\n\ne";
  it.each<[string, number, Encoding, number, number]>([
    ["the start", 0, "utf-16", 0, 0],
    ["the end of a line that ends in CRLF", 1, "utf-16", 0, 1],
    ["between CR and LF: before both", 2, "utf-16", 0, 1],
    ["behind CRLF", 3, "utf-16", 1, 0],
    ["behind an accent, in UTF-16", 5, "utf-16", 1, 2],
    ["behind an accent, in UTF-8", 5, "utf-8", 1, 3],
    ["behind an astral character, in UTF-16", 7, "utf-16", 1, 4],
    ["behind an astral character, in UTF-8", 7, "utf-8", 1, 7],
    ["behind a lone CR, which ends a line", 9, "utf-16", 2, 0],
    ["an empty line", 11, "utf-8", 3, 0],
    ["the end", 13, "utf-8", 4, 1],
    ["behind the end: the end", 99, "utf-16", 4, 1],
  ])("%s", (_title, offset, encoding, line, character) => {
    expect(createPositions(TEXT, encoding).positionAt(offset)).toEqual({ line, character });
  });

  it.each<[string, number, number, Encoding, number]>([
    ["behind the end of its line is that end", 0, 50, "utf-16", 1],
    ["in the middle of a character is before it", 1, 5, "utf-8", 5],
    ["on a line that is not there is the end", 9, 0, "utf-8", 13],
    ["before the first line is the start", -1, 5, "utf-16", 0],
    ["that is no number is the start of its line", 1, NaN, "utf-8", 3],
  ])("%s", (_title, line, character, encoding, offset) => {
    expect(createPositions(TEXT, encoding).offsetAt({ line, character })).toBe(offset);
  });
});

it("offsets leave a byte order mark out, positions do not", () => {
  const { positionAt, offsetAt } = createPositions("\ufeffFROM a", "utf-8", 1);
  expect(positionAt(0)).toEqual({ line: 0, character: 3 });
  expect(offsetAt({ line: 0, character: 8 })).toBe(5);
  expect(offsetAt({ line: 0, character: 0 })).toBe(0);
});

it("an edit that begins or ends between CR and LF does what it says", () => {
  const { editAt } = createPositions("a\r\nb\r\nc", "utf-16");
  const edit = editAt({ range: [2, 5], text: "x" });
  expect(edit).toEqual({
    range: { start: { line: 0, character: 1 }, end: { line: 2, character: 0 } },
    newText: "\rx\n",
  });
});

it("the first encoding that both know is used, UTF-16 where the client names none", () => {
  expect(encodingFor(["utf-32", "utf-8", "utf-16"])).toBe("utf-8");
  expect(encodingFor(["utf-16", "utf-8"])).toBe("utf-16");
  expect(encodingFor(undefined)).toBe("utf-16");
  expect(encodingFor(["utf-32"])).toBe("utf-16");
});

describe("for any text", () => {
  const piece = fc.constantFrom("\r", "\n", "\r\n", "a", "é", "€", "😀", "\ud800", "\ufeff", "\u2028", "\t");
  const texts = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
  const encodings = fc.constantFrom<Encoding>("utf-16", "utf-8");

  it("a position leads back to its offset, where one can stand there", () => {
    fc.assert(
      fc.property(texts, encodings, fc.nat(150), (text, encoding, at) => {
        const offset = Math.min(at, text.length);
        const { positionAt, offsetAt } = createPositions(text, encoding);
        const back = offsetAt(positionAt(offset));
        const isInside =
          (text[offset - 1] === "\r" && text[offset] === "\n") ||
          /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(offset - 1, offset + 1));
        if (isInside) expect(offset - back).toBeLessThanOrEqual(1);
        else expect(back).toBe(offset);
      }),
    );
  });

  it("it counts what a reader of the bytes counts", () => {
    fc.assert(
      fc.property(texts, fc.nat(150), (text, at) => {
        const offset = Math.min(at, text.length);
        const before = text.slice(0, offset);
        const lines = before.split(/\r\n|\n|\r/);
        const { line, character } = createPositions(text, "utf-8").positionAt(offset);
        if (text[offset - 1] === "\r" && text[offset] === "\n") return;
        expect(line).toBe(lines.length - 1);
        expect(character).toBe(Buffer.byteLength(lines.at(-1) ?? ""));
      }),
    );
  });

  it("positions only grow", () => {
    fc.assert(
      fc.property(texts, encodings, (text, encoding) => {
        const { positionAt } = createPositions(text, encoding);
        let last = { line: 0, character: 0 };
        for (let offset = 0; offset <= text.length; offset++) {
          const next = positionAt(offset);
          expect(next.line > last.line || (next.line === last.line && next.character >= last.character)).toBe(true);
          last = next;
        }
      }),
    );
  });

  it("an edit of the client's text is the edit of ours", () => {
    fc.assert(
      fc.property(texts, encodings, fc.nat(60), fc.nat(60), fc.string(), (text, encoding, one, other, put) => {
        const range: [number, number] = [
          Math.min(one, other, text.length),
          Math.min(Math.max(one, other), text.length),
        ];
        fc.pre(
          encoding === "utf-16" ||
            !range.some((at) => /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1))),
        );
        const positions = createPositions(text, encoding);
        const { range: at, newText } = positions.editAt({ range, text: put });
        const applied = text.slice(0, positions.offsetAt(at.start)) + newText + text.slice(positions.offsetAt(at.end));
        expect(applied).toBe(text.slice(0, range[0]) + put + text.slice(range[1]));
      }),
    );
  });
});
