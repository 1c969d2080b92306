import { defineRule } from "../src/rule.js";
import { copiedAndDeleted } from "../src/facts/layer-findings/copied-and-deleted.js";
import { changedInPlace } from "../src/facts/layer-findings/changed-in-place.js";
import { hasMounts, mayBeUsed, notCopied, orExclude, sourceAsWritten } from "../src/facts/layer-findings/not-copied.js";
import { STABLE_SYNTAX } from "../src/facts/frontends.js";
import { written } from "../src/facts/layers/written.js";

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
        "`rm` only hides it: the layer of `{{copy}}` (line {{copyLine}}) keeps it. Mount it instead: " +
        "`--mount=type=bind,source={{source}},target={{target}}`.",
      mountScript:
        "`rm` only hides it: the layer of `{{copy}}` (line {{copyLine}}) keeps it. Mount it, read-only and without " +
        "`{{command}}`: `RUN --mount=type=bind,source={{source}},target={{target}} {{shell}} {{target}}`.",
      mountCopy:
        "`rm` only hides it: the layer of `{{copy}}` (line {{copyLine}}) keeps it. Mount it elsewhere, read-only, and " +
        "`cp` it in this RUN before `{{command}}`.",
      needless:
        "`rm` only hides {{target}}: the layer of `{{copy}}` (line {{copyLine}}) keeps it. No step needs it, so do not " +
        "copy {{source}}.",
      exclude:
        "`rm` only hides {{target}}: the layer of `{{copy}}` (line {{copyLine}}) keeps it. Leave {{source}} out with " +
        ".dockerignore{{orExclude}}.",
      needed:
        "`rm` only hides {{target}}: the layer of `{{copy}}` (line {{copyLine}}) keeps it. Leave {{source}} out with " +
        ".dockerignore or, if a step needs it, build in another stage.",
      leaveOut: "Do not copy {{source}}",
      useExclude: "Leave {{source}} out with `{{flag}}`",
      useExcludeWithSyntax: "Leave {{source}} out with `{{flag}}` and `{{syntax}}`",
      useMount: "Mount {{source}} for this RUN alone",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { layers, files } = sourceCode.facts;
      for (const [index, found] of copiedAndDeleted(layers, files).entries()) {
        const { copy, operand, target, source } = found;
        const isLooked = index < MOST_EDITS;
        const instead = isLooked ? notCopied(found, layers, sourceCode) : null;
        const isUsed = !isLooked || mayBeUsed(found, layers);
        const isNamed = copy.sources.includes(source);
        const isMountable = isNamed && isUsed && hasMounts(sourceCode.facts.inputs);
        const change = isMountable && isLooked ? changedInPlace(found, layers) : null;
        const mount = change === null ? "mount" : change.shell === null ? "mountCopy" : "mountScript";
        const data = {
          copy: written(copy.step.instruction, sourceCode),
          copyLine: copy.step.instruction.loc.start.line,
          source: sourceAsWritten(found),
          target: isNamed ? target : (operand.text ?? ""),
          flag: instead?.flag ?? "",
          syntax: STABLE_SYNTAX,
          orExclude: orExclude(sourceCode),
          command: change?.command ?? "",
          shell: change?.shell ?? "",
        };
        const related = [{ message: "Copied here", loc: copy.step.instruction.loc }];
        report({
          loc: sourceCode.locationOf(operand.range),
          messageId: isMountable ? mount : isUsed ? "needed" : isNamed ? "needless" : "exclude",
          data,
          related,
          suggest: instead && [{ messageId: SUGGESTIONS[instead.kind], data, fix: () => instead.edits }],
        });
      }
    },
  }),
});
