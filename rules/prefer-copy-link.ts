import { defineRule, type Suggestion } from "../src/rule.js";
import { lineOf } from "../src/facts/layers/above.js";
import { linkableCopies } from "../src/facts/layer-findings/linkable.js";
import { toldStep } from "../src/facts/layers/told.js";

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "A `COPY --from` of the exported image that could be a `COPY --link`.",
      reason:
        "The layer of a `COPY --link` does not rest on those below it: a change of the source, or a new base image, does " +
        "not make it anew, and registries keep the old one. A destination that is reached through a link of the base " +
        "image becomes a folder, so this is a matter of taste, and the rule is off in every preset. Owners by name, and " +
        "`--chmod`, need what is below and are left alone.",
      category: "layers",
      recommended: "off",
      examples: {
        bad: [
          {
            title: "Copied again with every change of the source",
            code: "FROM golang:1.27.0 AS tools\nRUN go install example.com/tool@v1.2.0\nFROM debian:12.15\nCOPY . /app\nCOPY --from=tools /go/bin/tool /tools/tool\n",
          },
        ],
        good: [
          {
            title: "A layer of its own",
            code: "FROM golang:1.27.0 AS tools\nRUN go install example.com/tool@v1.2.0\nFROM debian:12.15\nCOPY . /app\nCOPY --link --from=tools /go/bin/tool /tools/tool\n",
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      link: "Any edit under `{{source}}` (line {{line}}) makes this layer anew, too. With `COPY --link` it stands on its own.",
      useLink: "Write `COPY --link`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { layers, inputs } = sourceCode.facts;
      if (inputs.policy.builder !== "buildkit") return;
      for (const { step, cause } of linkableCopies(layers)) {
        const { keyword, loc } = step.instruction;
        const fix: Suggestion["fix"] = (fixer) => {
          return fixer.insertTextAfterRange([keyword.range[0], keyword.range[1]], " --link");
        };
        report({
          loc,
          messageId: "link",
          data: { source: toldStep(cause), line: lineOf(cause) },
          related: [{ message: "What changes with every commit", loc: cause.instruction.loc }],
          suggest: [{ messageId: "useLink", fix }],
        });
      }
    },
  }),
});
