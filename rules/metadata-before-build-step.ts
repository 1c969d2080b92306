import { defineRule, type FixFunction } from "../src/rule.js";
import { lineOf } from "../src/facts/layers/above.js";
import { metadataAboveRuns, type EarlyMetadata } from "../src/facts/layer-findings/early-metadata.js";
import { moveStep } from "../src/facts/layers/move.js";
import { canMove } from "../src/facts/layers/swap.js";
import { toldCost } from "../src/facts/layers/told.js";

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "LABEL, EXPOSE, CMD and ENTRYPOINT above a RUN, for builders where that costs.",
      reason:
        "In kaniko, buildah and docker's builder before BuildKit each instruction stands on the one above it, so another " +
        "label or port re-runs every RUN below. BuildKit has these instructions in no cache key: there the order costs " +
        "nothing, and the rule is silent. Say in the policy which one it is with `builder`.",
      category: "layers",
      recommended: "strict",
      examples: {
        bad: [
          {
            title: "A new port installs curl again",
            code: 'FROM debian:12.15\nEXPOSE 8080\nCMD ["/app"]\nRUN apt-get update && apt-get install -y curl\n',
            policy: { builder: "kaniko" },
          },
        ],
        good: [
          {
            title: "Metadata last",
            code: 'FROM debian:12.15\nRUN apt-get update && apt-get install -y curl\nEXPOSE 8080\nCMD ["/app"]\n',
            policy: { builder: "kaniko" },
          },
          {
            title: "BuildKit does not care",
            code: 'FROM debian:12.15\nEXPOSE 8080\nCMD ["/app"]\nRUN apt-get update && apt-get install -y curl\n',
          },
        ],
      },
    },
    fixable: "code",
    messages: {
      early:
        "In {{builder}} any change of this {{keyword}} re-runs `{{run}}` (line {{line}}), which does not need it. Put it below that.",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { layers, inputs } = sourceCode.facts;
      const { builder } = inputs.policy;
      if (builder === "buildkit") return;
      for (const early of metadataAboveRuns(layers)) {
        const { step, run } = early;
        const data = {
          builder: builder === "legacy" ? "the legacy builder" : builder,
          keyword: step.instruction.keyword.text.toUpperCase(),
          run: toldCost(run),
          line: lineOf(run),
        };
        const related = [{ message: "Re-run for nothing", loc: run.instruction.loc }];
        report({ loc: step.instruction.loc, messageId: "early", data, related, fix: fixFor(early) });
      }

      function fixFor({ step, run }: EarlyMetadata): FixFunction | null {
        if (!canMove(step, run, layers.steps).ok) return null;
        return () => moveStep(sourceCode, step.instruction, "behind", run.instruction);
      }
    },
  }),
});
