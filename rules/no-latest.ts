import { defineRule } from "../src/rule.js";
import { pinningRuleOf } from "../src/facts/approval.js";
import type { FactInputs } from "../src/facts/facts.js";
import type { KnownImageUse } from "../src/facts/images.js";
import { stableSyntax } from "../src/facts/frontends.js";
import { judgeImages, type ImageFinding } from "../src/facts/judge-images.js";
import { tighterTags } from "../src/facts/tighter.js";
import { nameOf, shown } from "../src/facts/written.js";

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "The tag `latest` without a digest.",
      reason:
        "`latest` is a tag like any other, which publishers move as they like: to the next major version, or not at all. Two " +
        "builds of one commit then differ, and an update comes when nobody asked for it. Where fromlint.lock or the " +
        "catalog knows the release behind `latest`, the rule offers it. `require: none` in the policy's " +
        "`pinning` silences it for an image.",
      category: "bases",
      recommended: "error",
      related: ["hadolint:DL3007"],
      examples: {
        bad: [
          { title: "The tag latest", code: "FROM python:latest\nCOPY . /app\n" },
          { title: "Behind an argument", code: "ARG TAG=latest\nFROM python:${TAG}\n" },
        ],
        good: [
          { title: "A release", code: "FROM python:3.14.7\nCOPY . /app\n" },
          {
            title: "A digest fixes what latest was",
            code: "FROM python:latest@sha256:9bfd51b1d9a41f7ee3ac5d9ef1f27ac8f5fa67bc2f0e1a2ff8bd5a8ed8f0a0e4\n",
          },
          {
            title: "An image for which the policy asks nothing",
            code: "FROM registry.example/team/base:latest\n",
            policy: { pinning: [{ image: "registry.example/team/*", require: "none" }] },
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      latest:
        "`{{image}}` is another image after every release. Name the release that this was made for: `{{name}}:TAG`.",
      latestKnown:
        "`{{image}}` is another image after every release. Name one, e.g. `{{wanted}}`, which `latest` was in the catalog of {{date}}.",
      latestLocked:
        "`{{image}}` is another image after every release. Name the one that fromlint.lock has for it: `{{wanted}}`.",
      latestSyntax:
        "`{{image}}` moves to the next major version, too. Write `{{wanted}}`, which gets every compatible release.",
      useInstead: "Use `{{image}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: (context) => judgeImages(context, judge),
});

function judge(use: KnownImageUse, inputs: FactInputs): ImageFinding | null {
  const { reference } = use;
  if (reference.tag !== "latest" || reference.digest !== null) return null;
  if (pinningRuleOf(reference, inputs)?.require === "none") return null;
  const syntax = stableSyntax(use);
  if (syntax !== null) {
    return { use, messageId: "latestSyntax", data: { image: shown(use), wanted: syntax }, instead: [syntax] };
  }
  const { instead, from } = tighterTags(use, "patch", inputs);
  const [wanted] = instead;
  if (wanted === undefined) return { use, messageId: "latest", data: { image: shown(use), name: nameOf(use) } };
  const data = { image: shown(use), wanted, date: inputs.catalog.asOf.tags };
  return { use, messageId: from === "lock" ? "latestLocked" : "latestKnown", data, instead };
}
