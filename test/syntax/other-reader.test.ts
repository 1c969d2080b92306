/** The second reader is dockerfile-ast with the arguments of most instructions left unread: it sees the same. */
import { DockerfileParser } from "dockerfile-ast";
import fc from "fast-check";
import { expect, it } from "vitest";
import { startsSeenByOthers } from "../../src/syntax/other-reader.js";

/** Offset -> keyword, by all of dockerfile-ast; null where it fails. */
function startsByAll(text: string): ReadonlyMap<number, string> | null {
  const lineStarts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) lineStarts.push(match.index + match[0].length);
  try {
    return new Map(
      DockerfileParser.parse(text)
        .getInstructions()
        .map((instruction) => {
          const { line, character } = instruction.getInstructionRange().start;
          return [(lineStarts[line] ?? 0) + character, instruction.getInstruction()];
        }),
    );
  } catch {
    return null;
  }
}

it.each([
  ["a heredoc", "FROM a\nRUN <<EOF\nFROM b\nEOF\nUSER c\n"],
  ["one where there can be none", "FROM a\nLABEL a=<<EOF\nUSER b\nEOF\n"],
  ["one behind ONBUILD", "FROM a\nONBUILD RUN <<EOF\nUSER b\nEOF\n"],
  ["an escape character with a space behind it", "FROM a\nRUN b \\ \n  USER c\n"],
  ["a comment in a continuation", "FROM a\nRUN b \\\n# c\n  d\nUSER e\n"],
])("%s", (_title, text) => {
  expect(startsSeenByOthers(text)).toEqual(startsByAll(text));
});

it("whatever the text", () => {
  const piece = fc.constantFrom(
    ...["FROM a", "RUN b", "RUN <<EOF", "COPY <<E x", "ADD <<-EOF y", "ONBUILD RUN <<EOF", "LABEL a=<<EOF", "EOF", "E"],
    ...[
      "\n",
      "\n",
      "\r\n",
      "\r",
      " ",
      "\t",
      "\\\n",
      "\\ \n",
      "\\",
      "`",
      "#",
      "# c",
      "# escape=`\n",
      'CMD ["a"]',
      "CMD [",
    ],
    ...[
      "ONBUILD ",
      "<<",
      "\ufeff",
      "RUN a <<A <<B",
      "A",
      "B",
      "ARG x=\\\n y",
      "\u00a0",
      "\0",
      "run",
      "\\\r\n",
      '"',
      "'",
    ],
  );
  const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(texts, (text) => {
      const all = startsByAll(text);
      if (all) expect(startsSeenByOthers(text)).toEqual(all);
    }),
    { numRuns: 500 },
  );
});
