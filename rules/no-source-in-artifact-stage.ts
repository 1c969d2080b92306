import { defineRule, type Suggestion } from "../src/rule.js";
import { sourceBesideArtifact } from "../src/facts/layer-findings/source-beside-artifact.js";
import { linesWithComments } from "../src/facts/layers/move.js";
import { written } from "../src/facts/layers/written.js";

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "The source is copied into the final stage beside the program that was compiled from it.",
      reason:
        "A second stage is there so that the image holds the program and not what it was made of. `COPY . .` beside " +
        "`COPY --from=build` brings the source back: a larger image, the code for everybody who pulls it, and a layer " +
        "that changes with every commit. Where the program needs a few files, such as templates, copy those by name. " +
        "Silent for languages that run from source.",
      category: "layers",
      recommended: "strict",
      examples: {
        bad: [
          {
            title: "The source comes along",
            code:
              "FROM golang:1.27.0 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app\n" +
              'FROM alpine:3.24.1\nWORKDIR /app\nCOPY . .\nCOPY --from=build /out/app /app/app\nCMD ["/app/app"]\n',
          },
        ],
        good: [
          {
            title: "The program, and the files that it needs",
            code:
              "FROM golang:1.27.0 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app\n" +
              'FROM alpine:3.24.1\nWORKDIR /app\nCOPY templates templates\nCOPY --from=build /out/app /app/app\nCMD ["/app/app"]\n',
          },
          {
            title: "An interpreter runs the source, the tool only helps",
            code:
              "FROM golang:1.27.0 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/tool\n" +
              'FROM python:3.14.2\nCOPY . /app\nCOPY --from=build /out/tool /usr/bin/tool\nCMD ["python", "/app/main.py"]\n',
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      source:
        "`{{copy}}` puts the source into an image that has the build's result (line {{line}}) already. Leave it out, or " +
        "copy by name what the program needs when it runs.",
      remove: "Remove `{{copy}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { layers } = sourceCode.facts;
      for (const { copy, artifact, builder, removable } of sourceBesideArtifact(layers, sourceCode.facts)) {
        const { instruction } = copy.step;
        const data = {
          copy: written(instruction, sourceCode),
          line: artifact.instruction.loc.start.line,
        };
        const related = [
          { message: "Compiled here", loc: builder.instruction.loc },
          { message: "Taken from the build here", loc: artifact.instruction.loc },
        ];
        const lines = removable ? linesWithComments(sourceCode, instruction) : null;
        const suggest: Suggestion[] = lines
          ? [{ messageId: "remove", data, fix: (fixer) => fixer.removeRange([lines[0], lines[1]]) }]
          : [];
        report({ loc: instruction.loc, messageId: "source", data, related, suggest });
      }
    },
  }),
});
