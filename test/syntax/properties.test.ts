import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanLines } from "../../src/syntax/lines.js";
import { readDirectives } from "../../src/syntax/directives.js";
import type { Instruction, Range, Word } from "../../src/syntax/nodes.js";
import { parse } from "../../src/syntax/parse.js";
import { createLocator } from "../../src/syntax/positions.js";
import { referenceLines } from "./reference.js";

/** Pieces that Dockerfiles are made of, and those that parsers trip over. */
const PIECES = [
  ...["FROM a\n", "FROM ", "from", "AS b", "RUN ", "COPY ", "ADD ", "ONBUILD ", "ENV ", "ARG ", "LABEL ", "CMD "],
  ...[
    "HEALTHCHECK CMD ",
    "SHELL ",
    "WORKDIR /a\n",
    "a",
    "=",
    "a=b",
    ":",
    "x ",
    "--from=b ",
    "--mount=type=cache,from=c ",
  ],
  ...["\\\n", "\\ \n", "\\\t\r\n", "\\\\\n", "\\ \\\n", "`\n", "` \n", "``\n", "\\", "`", "\n", "\r\n", "\r", "\n\n"],
  ...["# c\n", "  # c \\\n", "#\n", "# escape=`\n", "# escape=\\\n", "# syntax=x\n", "# check=skip=A\n", "# foo=bar\n"],
  ...[
    "<<EOF",
    "<<-EOF",
    "<< EOF",
    "3<<EOF",
    "<<'EOF'",
    '<<"E F"',
    "<<A <<B",
    "<<",
    "<",
    "EOF\n",
    "\tEOF\n",
    "E F\n",
    "A\n",
  ],
  ...[
    "'",
    '"',
    "$",
    "$x",
    "${",
    "}",
    "${x}",
    "${x:-",
    "${x#",
    "${x/",
    "/",
    "#",
    "[",
    "]",
    '["a", "b"]',
    '"a"',
    ",",
    "\\u0041",
  ],
  ...[" ", "  ", "\t", "\u00a0", "\u0085", "\u2003", "\uFEFF", "\0", "é", "😀", "--", "--x"],
];

const dockerfiles = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(""));

/** Instructions whose arguments are dense with what decides about heredocs, and lines that may be their ends. */
const SHELL = [
  ...[
    "<<EOF",
    " <<EOF",
    " <<-EOF",
    " << EOF",
    " 3<<EOF",
    ' <<"EOF"',
    " <<'E F'",
    "<<",
    "<",
    " ",
    "a",
    "'",
    '"',
    "\\",
    "}",
  ],
  ...["$", "$x", "${x}", "${x:-", "${x:%", "${x#", "${x%\\}", "${x/", "${x,,}", "${:", "/", "`", '["a"]', "--mount=x "],
];
const LINES = ["EOF\n", "\tEOF\n", "E F\n", "FROM y\n", " EOF\n", "# c\n"];
const heredocFiles = fc
  .array(
    fc.oneof(
      fc.constantFrom(...LINES),
      fc
        .tuple(
          fc.constantFrom("RUN", "COPY", "ADD", "ONBUILD RUN", "CMD"),
          fc.array(fc.constantFrom(...SHELL), { maxLength: 6 }),
        )
        .map(([keyword, pieces]) => `${keyword} ${pieces.join("")} <<EOF\n`),
    ),
    { maxLength: 12 },
  )
  .map((lines) => lines.join(""));

const RUNS = { numRuns: 1_000 };

function wordsOf(instruction: Instruction): Word[] {
  const own = [instruction.keyword, ...(instruction.args === null ? [] : [instruction.args])];
  switch (instruction.type) {
    case "Arg":
    case "Env":
    case "Label":
      return [...own, ...instruction.pairs.flatMap(({ name, value }) => (value === null ? [name] : [name, value]))];
    case "Run":
    case "Cmd":
    case "Entrypoint":
    case "Shell":
      return [...own, ...(instruction.exec ?? [])];
    case "Healthcheck":
      return [...own, ...(instruction.kind === null ? [] : [instruction.kind]), ...(instruction.exec ?? [])];
    case "Onbuild":
      return [...own, ...(instruction.instruction === null ? [] : wordsOf(instruction.instruction))];
    default:
      return [...own, ...instruction.words];
  }
}

function isJsonForm(instruction: Instruction): boolean {
  if (instruction.type === "Onbuild") return instruction.instruction !== null && isJsonForm(instruction.instruction);
  if ("exec" in instruction) return instruction.exec !== null;
  return "form" in instruction ? instruction.form === "json" : instruction.type === "Volume";
}

describe("for any text", () => {
  it("instructions start where BuildKit's rules have them start", () => {
    fc.assert(
      fc.property(fc.oneof(dockerfiles, heredocFiles), (text) => {
        const { lineStarts, locate } = createLocator(text);
        const { escape, end } = readDirectives(text, text.startsWith("\uFEFF") ? 1 : 0, locate, () => undefined);
        const ours = scanLines(text, end, escape).lines.map((line) => ({
          line: lineStarts.findLastIndex((start) => start <= line.start),
          text: line.text,
          heredocs: line.heredocs.map(({ word }) => word.name),
        }));
        expect(ours).toEqual(referenceLines(text));
        expect(parse(text).ast.instructions).toHaveLength(ours.length);
      }),
      RUNS,
    );
  });

  it("every range lies in the text, and its location is the same place", () => {
    fc.assert(
      fc.property(dockerfiles, (text) => {
        const { ast } = parse(text);
        const { locate } = createLocator(text);
        const check = ({ range, loc }: { range: Range; loc: unknown }): void => {
          expect(range[0]).toBeGreaterThanOrEqual(0);
          expect(range[0]).toBeLessThanOrEqual(range[1]);
          expect(range[1]).toBeLessThanOrEqual(text.length);
          expect(loc).toEqual(locate(range));
        };
        [ast, ...ast.directives, ...ast.comments, ...ast.problems].forEach(check);
        for (const instruction of ast.instructions) {
          check(instruction);
          instruction.flags.forEach(check);
          for (const { value } of instruction.flags) if (value) check(value);
          instruction.heredocs.forEach(check);
          wordsOf(instruction).forEach(check);
          for (const word of wordsOf(instruction)) {
            expect(word.range[0]).toBeGreaterThanOrEqual(instruction.range[0]);
            expect(word.range[1]).toBeLessThanOrEqual(instruction.range[1]);
          }
        }
      }),
      RUNS,
    );
  });

  it("each character of a word stands in the source where offsetAt says", () => {
    fc.assert(
      fc.property(dockerfiles, (text) => {
        for (const instruction of parse(text).ast.instructions) {
          const values = instruction.flags.flatMap(({ value }) => (value === null ? [] : [value]));
          const words = isJsonForm(instruction) ? [instruction.keyword] : wordsOf(instruction);
          for (const word of [...words, ...values]) {
            const found = Array.from({ length: word.text.length }, (_, index) => text.charAt(word.offsetAt(index)));
            expect(found.join("")).toBe(word.text);
            expect(word.offsetAt(word.text.length)).toBe(word.range[1]);
          }
        }
      }),
      RUNS,
    );
  });

  it("instructions and comments come in order and do not overlap", () => {
    fc.assert(
      fc.property(dockerfiles, (text) => {
        const { ast } = parse(text);
        const starts = (nodes: readonly { range: Range }[]): number[] => nodes.map(({ range }) => range[0]);
        expect(starts(ast.comments)).toEqual(starts(ast.comments).toSorted((a, b) => a - b));
        ast.instructions.reduce((end, { range }) => {
          expect(range[0]).toBeGreaterThanOrEqual(end);
          return range[1];
        }, 0);
      }),
      RUNS,
    );
  });

  it("a FROM on a line of its own behind a finished instruction is always seen", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES.filter((piece) => !/[\\`<]|escape/.test(piece)))), (pieces) => {
        const { instructions } = parse(`${pieces.join("")}\nFROM last\n`).ast;
        expect(instructions.at(-1)).toMatchObject({ type: "From", image: { text: "last" } });
      }),
      RUNS,
    );
  });

  it("wild characters do not make it throw", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(() => parse(text)).not.toThrow();
      }),
      RUNS,
    );
  });
});
