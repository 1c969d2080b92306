import { defineRule } from "../src/rule.js";
import type { ImageUse } from "../src/facts/images.js";
import { missingArguments } from "../src/facts/missing-arguments.js";
import { clipped, relatedTo } from "../src/facts/written.js";

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "An image whose name rests on a build argument without a value.",
      reason:
        "What cannot be resolved cannot be checked: behind `FROM ${BASE}` may stand any image at all, and the build decides " +
        "which. Give every argument of a `FROM` a default before the first `FROM`, so that reviewers, scanners and editors " +
        "see the image; `--build-arg` still overrides it. `COPY --from` and `RUN --mount=from=` take no variables; name " +
        "the image in a stage of its own and copy from that.",
      category: "bases",
      recommended: "policy",
      related: ["buildkit:UndefinedArgInFrom", "buildkit:InvalidDefaultArgInFrom"],
      examples: {
        bad: [
          { title: "An argument without a default", code: "ARG NODE_VERSION\nFROM node:${NODE_VERSION}\n" },
          { title: "A slip in the name", code: "ARG NODE_VERSION=24.19.0\nFROM node:${NODE_VERSON}\n" },
          {
            title: "Declared in a stage, where FROM does not look",
            code: "FROM golang:1.27.0 AS build\nARG TAG=3.24.1\nFROM alpine:${TAG}\n",
          },
          {
            title: "A variable in COPY --from",
            code: "ARG TOOLS=busybox:1.38.0\nFROM alpine:3.24.1\nCOPY --from=${TOOLS} /bin/busybox /bin/\n",
          },
        ],
        good: [
          {
            title: "A default that a build may override",
            code: "ARG NODE_VERSION=24.19.0\nFROM node:${NODE_VERSION}\n",
          },
          { title: "A default where it is used", code: "ARG VARIANT\nFROM node:24.19.0${VARIANT:--alpine}\n" },
          {
            title: "A value from the policy file",
            code: "ARG NODE_VERSION\nFROM node:${NODE_VERSION}\n",
            policy: { args: { NODE_VERSION: "24.19.0" } },
          },
          {
            title: "A stage of its own to copy from",
            code:
              "ARG TOOLS=busybox:1.38.0\nFROM ${TOOLS} AS tools\n" +
              "FROM alpine:3.24.1\nCOPY --from=tools /bin/busybox /bin/\n",
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      noDefault:
        "`{{name}}` has no value, so nobody knows which image `{{raw}}` is. Give it one: `ARG {{name}}=…`, `args:` in " +
        "fromlint.yaml, or `--build-arg`.",
      notDeclared:
        "`{{name}}` is not declared before the first `FROM`, so it is empty in `{{raw}}`. Write `ARG {{name}}=…` above the first `FROM`.",
      misspelt:
        "`{{name}}` is not declared before the first `FROM`, so it is empty in `{{raw}}`. Did you mean `{{meant}}`?",
      insideStage:
        "`FROM` sees only the ARGs before the first `FROM`; `{{name}}` is declared in a stage (line {{line}}), so it is empty " +
        "in `{{raw}}`. Write `ARG {{name}}=…` above the first `FROM`.",
      notExpanded:
        "BuildKit expands no variables in `{{flag}}`, and refuses `{{raw}}`. Name the image in a stage, " +
        "`FROM {{raw}} AS {{stage}}`, and write `{{stage}}` here.",
      rename: "Write `{{meant}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const missingIn = missingArguments(sourceCode);
      for (const use of sourceCode.facts.images) {
        if (use.status !== "unknown") continue;
        const { loc } = use;
        const raw = clipped(use.raw);
        if (use.kind !== "from") {
          const flag = use.kind.endsWith("copy-from") ? "COPY --from" : "RUN --mount=from=";
          report({ loc, messageId: "notExpanded", data: { flag, raw, stage: stageName(use) } });
          continue;
        }
        for (const { name, why, line, meant, edits } of missingIn(use)) {
          const suggest = meant === "" ? [] : [{ messageId: "rename", data: { meant }, fix: () => edits }];
          report({ loc, messageId: why, data: { name, raw, line, meant }, suggest, related: relatedTo(use) });
        }
      }
    },
  }),
});

function stageName({ unresolved }: ImageUse): string {
  return (unresolved[0] ?? "source").toLowerCase();
}
