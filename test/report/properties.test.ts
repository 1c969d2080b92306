/** What holds for any text whatsoever. */
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { byLength } from "../../src/report/cells.js";
import { safe } from "../../src/report/safe.js";
import { windowOf } from "../../src/report/window.js";
import { finding, resultOf } from "./finding.js";
import { reportOn } from "./report-on.js";

/** Texts with what terminals, lines and widths trip over. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "FROM node\n",
        "\r\n",
        "\n",
        "\r",
        "\t",
        "\x1b[31m",
        "\u202e",
        "日本",
        "🐳",
        "e\u0301",
        "\ud800",
        "\u2028",
        "\ufeff",
      ),
      fc.string({ unit: "binary" }),
      fc.constant("x".repeat(500)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const position = fc.record({ line: fc.integer({ min: 1, max: 12 }), column: fc.integer({ min: 1, max: 700 }) });
const location = fc.record({ start: position, end: position });

const FORGING = /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;

describe("the text report", () => {
  it("shows any text and any range, and nothing that acts on a terminal", async () => {
    const property = fc.asyncProperty(
      text,
      text,
      location,
      location,
      fc.integer({ min: 0, max: 200 }),
      async (...values) => {
        const [source, message, place, other, columns] = values;
        const { start, end } = place;
        const found = finding({
          message,
          ...start,
          endLine: end.line,
          endColumn: end.column,
          related: [{ message, loc: other }],
        });
        const output = await reportOn("text", [resultOf(message, source, [found])], { columns });
        expect(output).not.toMatch(FORGING);
        expect(output.split("\n")[0]).toBe(`error[explicit-tag]: ${safe(message)}`);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});

describe("the window on a line", () => {
  const line = fc.string({ unit: "grapheme-ascii", maxLength: 400 });

  it("holds the range, or as much of it as fits, and fits itself", () => {
    const property = fc.property(
      line,
      fc.nat(400),
      fc.nat(400),
      fc.integer({ min: 20, max: 120 }),
      (all, a, b, columns) => {
        const start = Math.min(a, b, all.length);
        const end = Math.min(Math.max(a, b), all.length);
        const { text: shown, indent, width } = windowOf(all, start, end, columns, byLength);
        expect(shown.length).toBeLessThanOrEqual(columns);
        const marked = all.slice(start, end);
        const underlined = shown.slice(indent, indent + width);
        if (marked === "") expect(width).toBe(1);
        else expect(marked.startsWith(underlined)).toBe(true);
        if (all.length <= columns) expect(shown).toBe(all);
        if (marked.length + 14 <= columns && marked !== "") expect(underlined).toBe(marked);
      },
    );
    fc.assert(property, { numRuns: 1000 });
  });

  it("fits in columns, whatever the widths of the characters", () => {
    const wide = fc.string({ unit: "grapheme", maxLength: 200 });
    const property = fc.property(wide, fc.nat(200), fc.nat(200), (all, a, b) => {
      const { text: shown, indent, width } = windowOf(all, Math.min(a, b), Math.max(a, b), 60, stringWidth);
      expect(indent + width).toBeLessThanOrEqual(61);
      expect(stringWidth(shown)).toBeLessThanOrEqual(60);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
