import { defineRule } from "../src/rule.js";
import { copiedAndDeleted } from "../src/facts/layer-findings/copied-and-deleted.js";
import { notCopied } from "../src/facts/layer-findings/not-copied.js";
import { excludeFlag, STABLE_SYNTAX } from "../src/facts/frontends.js";
import { written, writtenCommand } from "../src/facts/layers/written.js";

const SUGGESTIONS = {
  leaveOut: "leaveOut",
  exclude: "useExclude",
  withSyntax: "useExcludeWithSyntax",
  mount: "useMount",
} as const;

/** Each looks at the steps between copy and removal. */
const MOST_EDITS = 100;

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "Something is copied from the build context and removed in a later step.",
      reason:
        "A layer is never taken back: `rm` in a later step hides the file, and the image carries it all the same, for " +
        "everybody to read who unpacks the layers. What no step needs belongs into `.dockerignore`, or is left out with " +
        "`COPY --exclude`; what one step needs it can mount: `RUN --mount=type=bind,source=…,target=…`. Reported for " +
        "what the file names, or the build context is known to hold, in stages that are exported.",
      category: "layers",
      recommended: "strict",
      examples: {
        bad: [
          {
            title: "A package that is installed and removed",
            code: "FROM debian:13.2\nCOPY tool.deb /tmp/tool.deb\nRUN dpkg -i /tmp/tool.deb && rm /tmp/tool.deb\n",
          },
          {
            title: "A folder of the project that should not be in the image",
            code: "FROM python:3.14.2\nCOPY . /app\nRUN rm -rf /app/tests\n",
            files: { "main.py": "", "tests/test_main.py": "" },
          },
        ],
        good: [
          {
            title: "Mounted for the one step that needs it",
            code: "FROM debian:13.2\nRUN --mount=type=bind,source=tool.deb,target=/tmp/tool.deb dpkg -i /tmp/tool.deb\n",
          },
          {
            title: "In a stage that is not exported",
            code: "FROM debian:13.2 AS build\nCOPY src.tar.gz /tmp/\nRUN tar xf /tmp/src.tar.gz && rm /tmp/src.tar.gz\nFROM scratch\nCOPY --from=build /out /\n",
          },
          { title: "Nobody knows who made it", code: "FROM debian:13.2\nCOPY . /app\nRUN rm -rf /app/cache\n" },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      mount:
        "`{{command}}` (line {{line}}) removes what `{{copy}}` (line {{copyLine}}) brought, and its layer keeps it. Mount it where it is " +
        "needed: `RUN --mount=type=bind,source={{source}},target={{target}}`.",
      exclude:
        "`{{command}}` (line {{line}}) removes {{target}}, which `{{copy}}` (line {{copyLine}}) brought, and its layer keeps it. Leave " +
        "{{source}} out with .dockerignore or `--exclude`{{since}}.",
      leaveOut: "Do not copy {{source}}",
      useExclude: "Leave {{source}} out with `{{flag}}`",
      useExcludeWithSyntax: "Leave {{source}} out with `{{flag}}`, which the line `{{syntax}}` makes known",
      useMount: "Mount {{source}} for this RUN alone",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { layers, files, images } = sourceCode.facts;
      for (const [index, found] of copiedAndDeleted(layers, files).entries()) {
        const { copy, operand, command, source, target, alone } = found;
        const instead = index < MOST_EDITS ? notCopied(found, layers, sourceCode) : null;
        const data = {
          command: writtenCommand(command, sourceCode),
          line: sourceCode.getLocFromIndex(operand.range[0]).line,
          copy: written(copy.step.instruction, sourceCode),
          copyLine: copy.step.instruction.loc.start.line,
          source,
          target: alone ? target : (operand.text ?? ""),
          flag: instead?.flag ?? "",
          syntax: STABLE_SYNTAX,
          since: excludeFlag(images) === "known" ? "" : ` (Dockerfile syntax 1.19 or later: \`${STABLE_SYNTAX}\`)`,
        };
        const related = [{ message: "Copied here", loc: copy.step.instruction.loc }];
        report({
          loc: sourceCode.locationOf(operand.range),
          messageId: alone ? "mount" : "exclude",
          data,
          related,
          suggest: instead && [{ messageId: SUGGESTIONS[instead.kind], data, fix: () => instead.edits }],
        });
      }
    },
  }),
});
