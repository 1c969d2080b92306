import { defineRule } from "../src/rule.js";
import { lineOf } from "../src/facts/layers/above.js";
import { joinRuns } from "../src/facts/layers/join.js";
import { lateCleanups } from "../src/facts/layer-findings/late-cleanup.js";
import { toldCommand, toldStep } from "../src/facts/layers/told.js";

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "Removing in a later layer what an earlier instruction of the exported image made.",
      reason:
        "A layer only adds to those below it. What one instruction downloads, installs or copies stays in the image " +
        "when another one removes it: it is hidden, pulled and stored with the rest. Remove it in the RUN that makes it, or " +
        "do the work in a stage that is not exported. Only what a named instruction of this file made for certain is " +
        "reported.",
      category: "layers",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "The package index stays in the layer above",
            code:
              "FROM debian:12.15\nRUN apt-get update && apt-get install -y --no-install-recommends curl\n" +
              "RUN rm -rf /var/lib/apt/lists/*\n",
          },
          {
            title: "The compiler, too",
            code:
              "FROM alpine:3.24.1\nRUN apk add --no-cache --virtual .build-deps gcc musl-dev\nCOPY . /src\n" +
              "RUN make -C /src install\nRUN apk del .build-deps\n",
          },
          {
            title: "A copied package",
            code: "FROM debian:12.15 AS build\nRUN make-package /out\nFROM debian:12.15\nCOPY --from=build /out/app.deb /tmp/app.deb\nRUN dpkg -i /tmp/app.deb && rm /tmp/app.deb\n",
          },
        ],
        good: [
          {
            title: "In the same RUN",
            code:
              "FROM debian:12.15\nRUN apt-get update && apt-get install -y --no-install-recommends curl \\\n" +
              "    && rm -rf /var/lib/apt/lists/*\n",
          },
          {
            title: "Mounted, not copied",
            code: "FROM debian:12.15 AS build\nRUN make-package /out\nFROM debian:12.15\nRUN --mount=type=bind,from=build,source=/out,target=/out dpkg -i /out/app.deb\n",
          },
          {
            title: "In a stage that only builds",
            code: "FROM debian:12.15 AS build\nRUN curl -o /tmp/a.tgz https://example.com/a.tgz\nRUN rm /tmp/a.tgz\nFROM scratch\nCOPY --from=build /a /a\n",
          },
        ],
      },
    },
    fixable: "code",
    messages: {
      run: "`{{removal}}` frees nothing: the layer of `{{maker}}` (line {{line}}) keeps {{what}}. Remove it in that RUN.",
      needed:
        "`{{removal}}` frees nothing: the layer of `{{maker}}` (line {{line}}) keeps {{what}}. Make it, use it and remove it in one RUN.",
      copy: "`{{removal}}` frees nothing: the layer of `{{maker}}` (line {{line}}) keeps it. Mount it instead: `RUN --mount=type=bind,{{mount}}…`.",
      add: "`{{removal}}` frees nothing: the layer of `{{maker}}` (line {{line}}) keeps {{what}}. Download it in this RUN instead.",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      for (const { step, removal, maker, made, only, needed } of lateCleanups(sourceCode.facts.layers)) {
        const joined = only ? joinRuns(sourceCode, maker.instruction, step.instruction) : null;
        const from = maker.instruction.flags.find(({ name }) => name === "from")?.value?.text;
        const data = {
          removal: toldCommand(removal.command),
          maker: made.command ? toldCommand(made.command) : toldStep(maker),
          line: lineOf(maker),
          what: made.shown,
          mount: from === undefined ? "" : `from=${from},`,
        };
        report({
          loc: sourceCode.locationOf(removal.command.range),
          messageId: made.command ? (needed ? "needed" : "run") : from === undefined ? "add" : "copy",
          data,
          related: [{ message: "Made here", loc: maker.instruction.loc }],
          fix: joined && (() => joined),
        });
      }
    },
  }),
});
