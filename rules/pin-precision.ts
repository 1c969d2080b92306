import { defineRule } from "../src/rule.js";
import { pinningRuleOf } from "../src/facts/approval.js";
import { catalogued, isOver, pinnedImages } from "../src/facts/exact-tags.js";
import type { FactInputs } from "../src/facts/facts.js";
import { stableSyntax } from "../src/facts/frontends.js";
import { judgeImages, type ImageFinding } from "../src/facts/image-findings.js";
import type { KnownImageUse } from "../src/facts/images.js";
import { openReleases } from "../src/facts/moving.js";
import { atLeast, pinningLevel } from "../src/facts/pinning.js";
import { mostExactTag } from "../src/facts/tags.js";
import { shown, withTag } from "../src/facts/written.js";

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "A tag that pins an image less tightly than the policy asks.",
      reason:
        "The fewer parts of a version a tag names, the more releases it stands for, and the more a build changes without a " +
        "change in the file. From loose to tight: `none`, `tag` (`lts`, `bookworm`), `major` (`node:24`), `minor` " +
        "(`node:24.19`), `patch` (`node:24.19.0`, a date, a commit), `digest`. How many parts a full version has, the " +
        "catalog knows for each image; the variant (`-alpine`) never counts. The first line of the policy's `pinning` that " +
        "matches the image holds; `recommended` asks for minor, and for major in `# syntax=docker/dockerfile`. Images " +
        "without a tag or with `latest` are left to `explicit-tag` and `no-latest`.",
      category: "bases",
      recommended: "warn",
      examples: {
        bad: [
          { title: "A major version", code: "FROM node:24\n" },
          { title: "A word", code: "FROM node:lts-alpine\n" },
          {
            title: "Looser than a policy that asks for the exact release",
            code: "FROM node:24.19-alpine\n",
            policy: { pinning: [{ image: "**", require: "patch" }] },
          },
          {
            title: "A digest where the policy wants none",
            code: "FROM node:24.19.0@sha256:9bfd51b1d9a41f7ee3ac5d9ef1f27ac8f5fa67bc2f0e1a2ff8bd5a8ed8f0a0e4\n",
            policy: { pinning: [{ image: "**", require: "patch", digest: "forbid" }] },
          },
        ],
        good: [
          { title: "A minor version", code: "FROM node:24.19\n" },
          {
            title: "Docker's syntax image keeps its promises within a major version",
            code: "# syntax=docker/dockerfile:1\nFROM node:24.19.0\n",
          },
          {
            title: "A golden image that may be pinned more loosely",
            code: "FROM golden/node:24.19\n",
            policy: {
              pinning: [
                { image: "golden/*", require: "minor" },
                { image: "**", require: "patch" },
              ],
            },
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      loose:
        "`{{image}}` is pinned at {{level}} level only; the policy asks for {{required}} level. Use a " +
        "more exact tag.",
      moves:
        "`{{image}}` is pinned at {{level}} level only and moves with every {{releases}}; the policy asks for {{required}} " +
        "level. Use a more exact tag.",
      movesKnown:
        "`{{image}}` is pinned at {{level}} level only and moves with every {{releases}}; the policy asks for {{required}} " +
        "level, e.g. `{{wanted}}` (catalog of {{date}}).",
      movesSyntax:
        "`{{image}}` is pinned at {{level}} level and moves with every {{releases}}; the policy asks for {{required}}. " +
        "Write `{{wanted}}`, which stays compatible.",
      digest:
        "`{{image}}` is pinned at {{level}} level, and tags can be moved; the policy asks for a digest. Write the one that you " +
        "tested: `{{image}}@sha256:…`.",
      forbidden: "`{{image}}` has a digest; the policy forbids that for `{{pattern}}`. Write the tag alone.",
      useInstead: "Use `{{image}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: (context) => judgeImages(context, judge),
});

function judge(use: KnownImageUse, inputs: FactInputs): ImageFinding | null {
  const { tag, digest } = use.reference;
  const rule = pinningRuleOf(use.reference, inputs);
  if (!rule) return null;
  if (digest !== null && rule.digest === "forbid") {
    const instead = tag === null ? [] : [withTag(use, tag)];
    return { use, messageId: "forbidden", data: { image: shown(use), pattern: rule.pattern.text }, instead };
  }
  const { source, image } = catalogued(use.reference, inputs);
  const level = pinningLevel(source, image);
  if (tag === null || tag === "latest" || atLeast(level, rule.require)) return null;
  if (rule.require === "digest") return { use, messageId: "digest", data: { image: shown(use), level } };
  const exact = image && mostExactTag(source, image);
  const releases = openReleases(tag, exact);
  const data = {
    image: shown(use),
    level,
    required: rule.require,
    releases:
      releases !== null ? `${releases} release` : level === "tag" ? "release behind it" : "build under that tag",
    date: inputs.catalog.asOf.tags,
  };
  const syntax = atLeast("major", rule.require) ? stableSyntax(use) : null;
  if (syntax !== null) return { use, messageId: "movesSyntax", data: { ...data, wanted: syntax }, instead: [syntax] };
  // The loosest alias that is tight enough, then the most exact.
  const instead = pinnedImages(use, [rule.require, "patch"], inputs);
  const [wanted] = instead;
  if (wanted === undefined) return { use, messageId: isOver(use.reference, inputs) ? "loose" : "moves", data };
  return { use, messageId: "movesKnown", data: { ...data, wanted }, instead };
}
