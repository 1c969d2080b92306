import { DockerfileParser } from "dockerfile-ast";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/syntax/parse.js";
import { mayBeReadDifferently as isUnusual } from "../../src/syntax/plain.js";

/** Pieces of which plain files are made, and some that spoil them. */
const PIECES = [
  ...[
    "FROM a\n",
    "FROM a AS b\r\n",
    "from ",
    "RUN ",
    "run x",
    "COPY --from=b a /b\n",
    "ENV A=b\n",
    "LABEL ",
    "ONBUILD RUN ",
  ],
  ...[
    "x",
    " ",
    "\t",
    "'",
    '"',
    "$A",
    "${A:-b}",
    "<",
    "<a",
    "&&",
    "|",
    "#",
    "# no comment",
    "[",
    '["a", "b"]',
    "`",
    "`\n",
    "=",
  ],
  ...["\n", "\n\n", "\r\n", " \n", "\t\n", "\\\n", "\\\r\n", " \\\n", "\\n", '\\"', "\\$", "\\x", "\\'"],
  ...[
    "# c\n",
    "  # c\n",
    "#\n",
    "\t#\r\n",
    "# syntax=x\n",
    "# check=skip=A\n",
    "# hadolint ignore=DL3006\n",
    "# FROM a\n",
  ],
  ...[
    "RUN <<EOF\n",
    "run\t<<-'EOF' sh\r\n",
    'COPY --chmod=644 <<"E" /a\n',
    "EOF\n",
    "\tEOF\r\n",
    "E\n",
    "<<EOF",
    "<<E\n",
  ],
  ...["FROM", "FRO", "RUNN ", "é", "𝒳", "HEALTHCHECK NONE\n", "CMD ", "EXPOSE 80", "/", "--x", "--x=y "],
];

describe("a plain text", () => {
  it("is cut alike by dockerfile-ast", () => {
    let plain = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }), (pieces) => {
        const text = pieces.join("");
        if (mayBeReadDifferently(text)) return;
        plain++;
        expect(startsSeenByOthers(text), JSON.stringify(text)).toEqual(starts(text));
      }),
      { numRuns: 20_000 },
    );
    expect(plain).toBeGreaterThan(1000);
  });

  it.each([
    [
      "a service",
      'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && \\\n    npm run build\nCMD ["node", "a.js"]\n',
    ],
    ["Windows line ends", "FROM a\r\nRUN x \\\r\n  y\r\n"],
    ["a path with escapes", 'FROM a\nRUN printf "a\\n" > C:\\temp\n'],
    ["a heredoc", "FROM a\nRUN <<EOF\nx \\ \\\n#=\nEOF\nCOPY <<-'E' /a\n\tE\n"],
  ])("%s", (_title, text) => {
    expect(mayBeReadDifferently(text)).toBe(false);
  });
});

describe("a second reader is asked about", () => {
  it.each([
    ["a heredoc behind a space", "FROM a\nRUN << EOF\nx\nEOF\n"],
    ["a heredoc without an end", "FROM a\nRUN <<EOF\nx\n"],
    ["two heredocs", "FROM a\nCOPY <<A <<B /\nA\nB\n"],
    ["a heredoc on a line that goes on", "FROM a\nRUN <<A \\\n x\nA\n"],
    ["a heredoc with a carriage return alone", "FROM a\nRUN <<A\nx\rA\rFROM b\nA\n"],
    ["a quoted `<<`", 'FROM a\nRUN echo "<<EOF"\nFROM b\n'],
    ["a doubled escape", "FROM a\nENV P=C:\\\\\nFROM x\n"],
    ["an escape and a space", "FROM a\nRUN a \\ \\\n FROM x\n"],
    ["an escape at the end of the file", "FROM a\nRUN a \\"],
    ["an escape character of one's own", "# escape=`\nFROM a\n"],
    ["a comment that ends with one", "FROM a \\\n# C:\\\n AS b\n"],
    ["a carriage return alone", "FROM a\rRUN x\n"],
    ["a space that is none to all", "FROM a\n\u00a0RUN x\n"],
    ["a byte order mark", "\ufeffFROM a\n"],
  ])("%s", (_title, text) => {
    expect(mayBeReadDifferently(text)).toBe(true);
  });
});

function mayBeReadDifferently(text: string): boolean {
  return isUnusual(text, parse(text).ast.instructions);
}

function starts(text: string): number[] {
  return parse(text).ast.instructions.map(({ keyword }) => keyword.range[0]);
}

function startsSeenByOthers(text: string): number[] {
  const lines = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return DockerfileParser.parse(text)
    .getInstructions()
    .map((instruction) => {
      const { start } = instruction.getInstructionRange();
      return (lines[start.line] ?? 0) + start.character;
    });
}
