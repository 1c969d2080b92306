import { defineRule } from "../src/rule.js";
import { syntaxFindings, type SyntaxMessageId } from "../src/facts/syntax-findings.js";

const messages: Readonly<Record<SyntaxMessageId, string>> = {
  unreadable:
    "This file cannot be read ({{reason}}), so nothing in it was checked. Make it readable, or list it under `ignore` in the policy.",
  notUtf8: "Line {{line}} is not UTF-8, the only encoding that BuildKit reads. Save the file as UTF-8.",
  tooLarge:
    "The file has {{size}} bytes, over the limit of {{limit}}: its images were checked, but not whether other tools read it alike. Move data into files that are copied.",
  tooComplex:
    "The file has too much in it ({{what}}: {{count}}, limit {{limit}}). Its images were checked, but not whether other tools read the file alike. Split it.",
  lineTooLong:
    "This line has {{length}} bytes; BuildKit refuses the file, as its limit is {{limit}}. Break the line with `{{escape}}`, or copy its content in from a file.",
  empty:
    "There is no instruction in this file. The shortest Dockerfile names the image to start from: `FROM image:tag`.",
  noFrom:
    "There is no `FROM` in this file, so there is nothing to build on. Start with `FROM image:tag`, or with `FROM scratch` for an empty image.",
  beforeFrom:
    "`{{keyword}}` stands before the first `FROM`, where only `ARG` can. Move it below the `FROM` whose image it is meant for.",
  unknownInstruction:
    "`{{keyword}}` is not a Dockerfile instruction. If this line continues the one above, end that one with `{{escape}}`; if it is a note, start it with `#`.",
  missingArguments: "`{{keyword}}` is incomplete, so BuildKit refuses the file. Write it like this: `{{usage}}`.",
  fromArguments:
    "`FROM` has {{count}} words behind it; it takes an image alone, or an image, `AS` and a name: `FROM image:tag`, `FROM image:tag AS name`.",
  invalidStageName:
    "`{{name}}` cannot be the name of a stage. A name starts with a letter, followed by letters, digits, `-`, `_` or `.` only.",
  invalidPair:
    '`{{text}}` has no value. Write `{{usage}}`, and put quotes around a value with spaces in it; for an empty one write `{{text}}=""`.',
  jsonNotStrings:
    'The list behind `{{keyword}}` holds something that is not a string. Put each of its parts in double quotes: `["first", "second"]`.',
  invalidFlag:
    "BuildKit refuses `{{flag}}` here: `{{keyword}}` has no such flag, or takes it once, or with another value. Correct it or delete it.",
  invalidMount: "BuildKit refuses this mount: {{reason}}.",
  invalidArguments: "BuildKit refuses what stands behind `{{keyword}}`: {{reason}}.",
  invalidOnbuild:
    "`ONBUILD` cannot trigger `{{keyword}}`. Write that instruction in the Dockerfile that builds on this image.",
  duplicateDirective:
    "The directive `{{name}}` is in this file twice, which BuildKit refuses. Keep the line that you mean and delete the other.",
  invalidEscape:
    "`{{value}}` cannot be the escape character. Write `# escape=\\` or, for Windows paths, a backtick; or delete the line.",
  unterminatedHeredoc:
    "The heredoc `{{name}}` has no end, so everything down to the end of the file belongs to it. Add a line that holds only `{{name}}` below its text.",
  readDifferently:
    "BuildKit reads an instruction `{{keyword}}` here; editors and other tools take it for text. All agree when no line above ends in `{{escape}}{{escape}}` and no quoted text holds `<<`.",
  notUtf8As: "The file is saved as {{encoding}}, and BuildKit reads UTF-8 only. Save it with the encoding UTF-8.",
  notUtf8Binary:
    "Line {{line}} holds a NUL byte: this is no text. Delete the byte, or name the file differently if it is no Dockerfile.",
  unknownLines:
    "`{{keyword}}` is no Dockerfile instruction, nor the {{lines}} lines from here. Put a command's text into a heredoc (`RUN <<EOF`), or list a template under `ignore`.",
  unknownInstructionNear: "`{{keyword}}` is not a Dockerfile instruction. Did you mean `{{suggestion}}`?",
  invalidPairName: "A name is missing before the `=`. Write `{{usage}}`, without spaces around the `=`.",
  invalidFlagNear: "`{{keyword}}` has no flag `{{flag}}`. Did you mean `--{{suggestion}}`?",
  readDifferentlyExtra:
    "BuildKit reads text here; other tools see the instruction `{{keyword}}`. All agree when lines above end in one `{{escape}}` at most and heredocs start as `<<NAME`.",
};

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "Text that BuildKit refuses, or that other tools read differently.",
      reason:
        "A Dockerfile that does not parse fails the build, and one that two tools read differently hides lines from one of " +
        "them: a `FROM` that a scanner does not see is a hole in every policy. fromlint reads as BuildKit does. This rule " +
        "cannot be disabled by a comment.",
      category: "file",
      recommended: "error",
      related: ["hadolint:DL1000", "hadolint:DL3061"],
      examples: {
        bad: [
          { title: "A slip in an instruction", code: "FROM debian:12.15\nRUNN apt-get update\n" },
          { title: "A slip in a flag", code: "FROM debian:12.15\nCOPY --form=build /app /app\n" },
          { title: "No image to start from", code: "RUN echo hello\n" },
          { title: "An instruction above the first FROM", code: "ENV A=1\nFROM debian:12.15\n" },
          {
            title: "A line that lost its continuation",
            code: "FROM debian:12.15\nRUN apt-get update\n  && apt-get upgrade\n",
          },
          { title: "A stage name without AS", code: "FROM golang:1.27.0 build\n" },
          { title: "A heredoc without end", code: "FROM debian:12.15\nRUN <<EOF\necho hello\n" },
          { title: "ENV without a value", code: "FROM debian:12.15\nENV PATH\n" },
          { title: "Two directives of one name", code: "# escape=`\n# escape=\\\nFROM debian:12.15\n" },
          { title: "A FROM that editors do not see", code: "FROM debian:12.15\nENV HOME=C:\\\\\nFROM alpine:3.24.1\n" },
        ],
        good: [
          { title: "A heredoc with its end", code: "FROM debian:12.15\nRUN <<EOF\necho hello\nEOF\n" },
          { title: "Arguments above the first FROM", code: "ARG TAG=12.15\nFROM debian:${TAG}\n" },
          {
            title: "A backslash at a line's end, in quotes",
            code: 'FROM debian:12.15\nENV HOME="C:\\\\"\nFROM alpine:3.24.1\n',
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: { ...messages, correct: "Write `{{suggestion}}`" },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      for (const { loc, messageId, data, edit } of syntaxFindings(sourceCode)) {
        const suggest = edit ? [{ messageId: "correct", data: { suggestion: edit.text }, fix: () => edit }] : null;
        report({ loc, messageId, data, suggest });
      }
    },
  }),
});
