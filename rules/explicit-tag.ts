import { defineRule } from "../src/rule.js";
import { pinningRuleOf } from "../src/facts/approval.js";
import type { FactInputs } from "../src/facts/facts.js";
import type { KnownImageUse } from "../src/facts/images.js";
import { stableSyntax } from "../src/facts/frontends.js";
import { judgeImages, type ImageFinding } from "../src/facts/judge-images.js";
import { tighterTags } from "../src/facts/tighter.js";
import { shown } from "../src/facts/written.js";

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "An image with neither tag nor digest.",
      reason:
        "`FROM node` is `FROM node:latest`: the next build takes whatever was released since, and nothing in the file says " +
        "which version the last one had. Where fromlint.lock or the catalog knows the release behind `latest`, the rule offers it. " +
        "`require: none` in the policy's `pinning` silences it for an image.",
      category: "bases",
      recommended: "error",
      related: ["hadolint:DL3006"],
      examples: {
        bad: [
          { title: "No tag", code: "FROM node\nCOPY . /app\n" },
          { title: "No tag in COPY --from", code: "FROM alpine:3.24.1\nCOPY --from=busybox /bin/busybox /bin/\n" },
          { title: "No tag on the Dockerfile syntax", code: "# syntax=docker/dockerfile\nFROM alpine:3.24.1\n" },
        ],
        good: [
          { title: "A tag", code: "FROM node:24.19.0\nCOPY . /app\n" },
          {
            title: "A digest says more than any tag",
            code: "FROM node@sha256:9bfd51b1d9a41f7ee3ac5d9ef1f27ac8f5fa67bc2f0e1a2ff8bd5a8ed8f0a0e4\n",
          },
          { title: "A stage is no image", code: "FROM golang:1.27.0 AS build\nFROM build\n" },
          {
            title: "An image for which the policy asks nothing",
            code: "FROM registry.example/team/base\n",
            policy: { pinning: [{ image: "registry.example/team/*", require: "none" }] },
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      noTag:
        "`{{image}}` has no tag: each build takes that day's `latest`. Name the release that this was made " +
        "for: `{{image}}:TAG`.",
      noTagKnown:
        "`{{image}}` has no tag: each build takes that day's `latest`. Name a release, e.g. `{{wanted}}` " +
        "(catalog of {{date}}).",
      noTagLocked:
        "`{{image}}` has no tag: each build takes that day's `latest`. Name the release that fromlint.lock has " +
        "for it: `{{wanted}}`.",
      noTagSyntax:
        "`{{image}}` has no tag: each build takes that day's `latest`. Write `{{wanted}}`, which gets every compatible release.",
      useInstead: "Use `{{image}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: (context) => judgeImages(context, judge),
});

function judge(use: KnownImageUse, inputs: FactInputs): ImageFinding | null {
  const { reference } = use;
  if (reference.tag !== null || reference.digest !== null) return null;
  if (pinningRuleOf(reference, inputs)?.require === "none") return null;
  const syntax = stableSyntax(use);
  if (syntax !== null) {
    return { use, messageId: "noTagSyntax", data: { image: shown(use), wanted: syntax }, instead: [syntax] };
  }
  const { instead, from } = tighterTags(use, "patch", inputs);
  const [wanted] = instead;
  if (wanted === undefined) return { use, messageId: "noTag", data: { image: shown(use) } };
  const data = { image: shown(use), wanted, date: inputs.catalog.asOf.tags };
  return { use, messageId: from === "lock" ? "noTagLocked" : "noTagKnown", data, instead };
}
