import { defineRule } from "../src/rule.js";
import { pinningRuleOf } from "../src/facts/approval.js";
import { isOver } from "../src/facts/exact-tags.js";
import type { FactInputs } from "../src/facts/facts.js";
import { stableSyntax } from "../src/facts/frontends.js";
import { judgeImages, type ImageFinding } from "../src/facts/judge-images.js";
import type { KnownImageUse } from "../src/facts/images.js";
import { withLockedDigest } from "../src/facts/locked.js";
import { atLeast } from "../src/facts/pinning.js";
import { pinningOf, tighterTags } from "../src/facts/tighter.js";
import { abridged, shown, withTag } from "../src/facts/written.js";

const DIGEST = "sha256:9bfd51b1d9a41f7ee3ac5d9ef1f27ac8f5fa67bc2f0e1a2ff8bd5a8ed8f0a0e4";

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
        "matches the image holds; `recommended` asks for minor, and for major in `# syntax=docker/dockerfile`. A digest or an " +
        "exact release that is asked for, `--fix` takes from fromlint.lock. See `explicit-tag` and `no-latest`, too.",
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
            title: "A digest is asked for, and the lock file has it",
            code: "ARG NODE=24.19\nFROM node:${NODE}\n",
            policy: { pinning: [{ image: "**", require: "digest" }] },
            lock: { "docker.io/library/node:24.19": `${DIGEST} 24.19.0` },
          },
          {
            title: "A digest where the policy wants none",
            code: `FROM node:24.19.0@${DIGEST}\n`,
            policy: { pinning: [{ image: "**", require: "patch", digest: "forbid" }] },
          },
        ],
        good: [
          { title: "A minor version", code: "FROM node:24.19\n" },
          { title: "Docker's syntax stays compatible", code: "# syntax=docker/dockerfile:1\nFROM node:24.19.0\n" },
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
    fixable: "code",
    hasSuggestions: true,
    messages: {
      loose: "`{{image}}` is pinned at {{level}} level; the policy asks for {{required}} level. Use a more exact tag.",
      moves:
        "`{{image}}` is pinned at {{level}} level and moves with every {{releases}}; the policy asks for {{required}} " +
        "level. Use a more exact tag.",
      movesKnown:
        "`{{image}}` ({{level}} level) moves with every {{releases}}; the policy wants {{required}}. Use `{{wanted}}`{{exact}} (catalog of {{date}}).",
      movesLocked:
        "`{{image}}` moves with every {{releases}}; the policy asks for {{required}} level. In fromlint.lock: `{{wanted}}`.",
      movesSyntax:
        "`{{image}}` is pinned at {{level}} level and moves with every {{releases}}; the policy asks for {{required}}. " +
        "Write `{{wanted}}`, which stays compatible.",
      digest:
        "`{{image}}` is pinned at {{level}} level, and tags can be moved; the policy asks for a digest. Run `fromlint lock`, then `--fix`.",
      digestLocked:
        "`{{image}}` is pinned at {{level}} level; the policy asks for a digest. In fromlint.lock it is `{{wanted}}`.",
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
  const name = shown(use);
  if (digest !== null && rule.digest === "forbid") {
    const data = { image: name, pattern: rule.pattern.text };
    return { use, messageId: "forbidden", data, instead: tag === null ? [] : [withTag(use, tag)] };
  }
  const { level, releases } = pinningOf(use, inputs);
  if (tag === null || tag === "latest" || atLeast(level, rule.require)) return null;
  if (rule.require === "digest") {
    const pinned = withLockedDigest(use, inputs);
    if (pinned === null) return { use, messageId: "digest", data: { image: name, level } };
    const locked = { image: name, level, wanted: abridged(pinned) };
    return { use, messageId: "digestLocked", data: locked, instead: [pinned], fix: true };
  }
  const data = { image: name, level, required: rule.require, releases, date: inputs.catalog.asOf.tags };
  const syntax = atLeast("major", rule.require) ? stableSyntax(use) : null;
  if (syntax !== null) return { use, messageId: "movesSyntax", data: { ...data, wanted: syntax }, instead: [syntax] };
  const { instead, from } = tighterTags(use, rule.require, inputs);
  const [wanted] = instead;
  if (wanted === undefined) return { use, messageId: isOver(use.reference, inputs) ? "loose" : "moves", data };
  const [last] = instead.slice(1).slice(-1);
  const exact = last === undefined ? "" : ` or, exactly, \`${last}\``;
  if (from === "catalog") return { use, messageId: "movesKnown", data: { ...data, wanted, exact }, instead };
  return { use, messageId: "movesLocked", data: { ...data, wanted }, instead, fix: rule.require === "patch" };
}
