import { describe, expect, it } from "vitest";
import rule from "../../rules/valid-syntax.js";
import { openCatalog } from "../../src/catalog.js";
import { lintText } from "../../src/lint.js";
import type { SyntaxProblem } from "../../src/syntax/nodes.js";
import { testRule } from "./rule-test.js";
import { testPolicy } from "./test-policy.js";

const FROM = "FROM debian:12.15\n";

testRule("valid-syntax", rule, {
  valid: [
    {
      name: "a file with one of everything",
      code: `# syntax=docker/dockerfile:1\nARG A=b\n${FROM}ENV C=d\nRUN <<EOF\ntrue\nEOF\nCMD ["sh"]\n`,
    },
    { name: "comments and blank lines in a continuation", code: `${FROM}RUN true \\\n\n  # why\n  && true\n` },
    { name: "no line end at the end", code: "FROM debian:12.15" },
    { name: "FROM as text in a heredoc", code: `${FROM}COPY <<EOF /Dockerfile\nFROM scratch\nEOF\n` },
  ],
  invalid: [
    {
      name: "a slip in an instruction, with what was meant",
      code: `${FROM}RUNN true\n`,
      errors: [
        {
          messageId: "unknownInstructionNear",
          message: "`RUNN` is not a Dockerfile instruction. Did you mean `RUN`?",
          line: 2,
          column: 1,
          endColumn: 5,
          suggestions: [`${FROM}RUN true\n`],
        },
      ],
    },
    {
      name: "a slip in the only FROM, and not that there is none",
      code: "FORM node:22\nRUN true\n",
      errors: [
        {
          messageId: "unknownInstructionNear",
          message: "`FORM` is not a Dockerfile instruction. Did you mean `FROM`?",
          line: 1,
          suggestions: ["FROM node:22\nRUN true\n"],
        },
      ],
    },
    {
      name: "a word that is near to nothing: mostly a lost continuation",
      code: `${FROM}RUN true\n  && echo hello\n`,
      errors: [
        {
          messageId: "unknownInstruction",
          message: /end that one with `\\`; if it is a note, start it with `#`/,
          suggestions: [],
        },
      ],
    },
    {
      name: "the escape character of the file in the advice",
      code: `# escape=\`\n${FROM}RUN true\n  && echo hello\n`,
      errors: [{ messageId: "unknownInstruction", message: /with ```;/ }],
    },
    {
      name: "a run of such lines, once, at its first",
      code: `${FROM}{\n  "a": 1,\n  "b": 2\n}\nRUN true\n---\n`,
      errors: [
        { messageId: "unknownLines", message: /^`{` is no .* nor the 4 lines from here/, line: 2 },
        { messageId: "unknownInstruction", line: 7 },
      ],
    },
    {
      name: "a slip in its midst, by itself",
      code: `${FROM}{\nRUNN true\n}\n`,
      errors: [
        { messageId: "unknownInstruction", line: 2 },
        { messageId: "unknownInstructionNear", line: 3 },
        { messageId: "unknownInstruction", line: 4 },
      ],
    },
    {
      name: "a slip in a flag's name, which keeps its value",
      code: `${FROM}COPY --form=build /a /a\n`,
      errors: [
        {
          messageId: "invalidFlagNear",
          message: /Did you mean `--from`\?/,
          suggestions: [`${FROM}COPY --from=build /a /a\n`],
        },
      ],
    },
    { name: "a flag without its value", code: `${FROM}COPY --from /a /a\n`, errors: [{ messageId: "invalidFlag" }] },
    { name: "nothing but a comment", code: "# hello\n", errors: [{ messageId: "empty" }] },
    { name: "no FROM", code: "RUN true\n", errors: [{ messageId: "noFrom", line: 1, column: 1, endColumn: 4 }] },
    {
      name: "an instruction above FROM",
      code: `ENV A=b\n${FROM}`,
      errors: [{ messageId: "beforeFrom", message: /^`ENV` stands before/, line: 1 }],
    },
    {
      name: "nothing behind an instruction",
      code: `${FROM}WORKDIR\n`,
      errors: [{ messageId: "missingArguments", message: /`WORKDIR path`/ }],
    },
    {
      name: "a copy without destination",
      code: `${FROM}copy a\n`,
      errors: [{ messageId: "missingArguments", message: /`COPY source destination`/ }],
    },
    {
      name: "a stage name without AS",
      code: "FROM golang:1.27.0 build\n",
      errors: [{ messageId: "fromArguments", message: /has 2 words behind it/ }],
    },
    {
      name: "a stage name that starts with a digit",
      code: "FROM golang:1.27.0 AS 1st\n",
      errors: [{ messageId: "invalidStageName", column: 23 }],
    },
    {
      name: "ENV without a value",
      code: `${FROM}ENV A\n`,
      errors: [{ messageId: "invalidPair", message: /^`A` has no value. Write `ENV NAME=value`/ }],
    },
    {
      name: "an ARG without a name",
      code: `ARG =a\n${FROM}`,
      errors: [{ messageId: "invalidPairName", message: /Write `ARG NAME=default`/ }],
    },
    {
      name: "numbers in the JSON form",
      code: `${FROM}CMD ["sleep", 5]\n`,
      errors: [{ messageId: "jsonNotStrings", message: /behind `CMD`/ }],
    },
    {
      name: "a mount that BuildKit does not know",
      code: `${FROM}RUN --mount=type=cach,target=/a true\n`,
      errors: [{ messageId: "invalidMount", message: /type/ }],
    },
    {
      name: "SHELL in the shell form",
      code: `${FROM}SHELL bash -c\n`,
      errors: [{ messageId: "invalidArguments", message: /^BuildKit refuses what stands behind `SHELL`: / }],
    },
    {
      name: "FROM in ONBUILD",
      code: `${FROM}ONBUILD FROM scratch\n`,
      errors: [{ messageId: "invalidOnbuild", message: /cannot trigger `FROM`/ }],
    },
    {
      name: "a directive twice",
      code: `# escape=\\\n# escape=\`\n${FROM}`,
      errors: [{ messageId: "duplicateDirective", message: /`escape` is in this file twice/, line: 2 }],
    },
    {
      name: "an escape character that is none",
      code: `# escape=/\n${FROM}`,
      errors: [{ messageId: "invalidEscape", message: /^`\/` cannot be/ }],
    },
    {
      name: "a heredoc without end",
      code: `${FROM}RUN <<EOF\ntrue\n`,
      errors: [{ messageId: "unterminatedHeredoc", message: /^The heredoc `EOF`/, line: 2 }],
    },
    {
      name: "a FROM that tools on another parser take for text",
      code: `${FROM}ENV A=C:\\\\\nFROM alpine:3.24.1\n`,
      errors: [
        {
          messageId: "readDifferently",
          message: /reads an instruction `FROM` here; editors and other tools take it for text/,
          line: 3,
        },
      ],
    },
    {
      name: "text that tools on another parser take for a FROM",
      code: `${FROM}COPY << EOF /Dockerfile\nFROM alpine:3.24.1\nEOF\n`,
      errors: [
        {
          messageId: "readDifferentlyExtra",
          message: /reads text here; other tools see the instruction `FROM`/,
          line: 3,
        },
        { messageId: "readDifferentlyExtra", message: /see the instruction `EOF`/, line: 4 },
      ],
    },
    {
      name: "a line over BuildKit's limit",
      code: `${FROM}RUN ${"x".repeat(70_000)}\n`,
      errors: [{ messageId: "lineTooLong", message: /has 70004 bytes; .* limit is 65535/ }],
    },
    {
      name: "a file over our limit, whose FROMs still count",
      code: `${FROM}${"# filler\n".repeat(130_000)}`,
      errors: [{ messageId: "tooLarge", message: /has 1170018 bytes, over the limit of 1048576/ }],
    },
    {
      name: "too many comments and stages for the second parser",
      code: "# a\nFROM scratch\n".repeat(1_001),
      errors: [{ messageId: "tooComplex", message: /comments times stages: 1002001, limit 1000000/ }],
    },
  ],
});

describe("valid-syntax on what was found before parsing", () => {
  const found = (problem: Pick<SyntaxProblem, "code" | "data">): string[] => {
    const { messages } = lintText(FROM, {
      filePath: "/project/Dockerfile",
      rules: { "valid-syntax": rule },
      policies: [testPolicy({})],
      catalog: openCatalog(),
      today: "2026-11-21",
      problems: [{ ...problem, range: [0, 0] }],
    }).result;
    return messages.map(({ message }) => message);
  };

  it.each([
    [
      "a file that cannot be read",
      "unreadable",
      { reason: "permission is denied" },
      /cannot be read \(permission is denied\)/,
    ],
    ["another encoding", "notUtf8", { line: "1", encoding: "UTF-16" }, /is saved as UTF-16/],
    ["a byte that is not UTF-8", "notUtf8", { line: "7", encoding: "unknown" }, /^Line 7 is not UTF-8/],
    ["a NUL byte", "notUtf8", { line: "7", encoding: "binary" }, /^Line 7 holds a NUL byte/],
  ] as const)("says what is wrong: %s", (_title, code, data, expected) => {
    expect(found({ code, data })).toEqual([expect.stringMatching(expected)]);
  });
});
