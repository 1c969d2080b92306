import { defineRule } from "../src/rule.js";
import { isToBeReplaced } from "../src/facts/approval.js";
import { ageInWords } from "../src/facts/age.js";
import type { FactInputs } from "../src/facts/facts.js";
import { judgeImages, type ImageFinding } from "../src/facts/judge-images.js";
import type { KnownImageUse } from "../src/facts/images.js";
import { isBareDigest, lockedImage } from "../src/facts/locked.js";
import { abridged, shown, tagged, withDigest, withTag } from "../src/facts/written.js";

const DIGEST = "sha256:9bfd51b1d9a41f7ee3ac5d9ef1f27ac8f5fa67bc2f0e1a2ff8bd5a8ed8f0a0e4";
const NEWER = "sha256:2f8ef0ad0bd3ad0c1d9e3f5c83c9e1b6a7d3f5e1c0b2a4968778695a4b3c2d1e";

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "An image whose release line has a newer release, or whose tag has moved since it was locked.",
      reason:
        "An exact tag keeps a build as it was, with every hole that was found since. With `--online` fromlint asks the " +
        "registry for the newest release of the same line and variant (`22.23.2-alpine` for `22.4.1-alpine`; what a line is " +
        "the catalog knows, else it is the major version), and whether the tag still is the image that fromlint.lock has, " +
        "or whose digest is written. Without `--online` the rule is silent.",
      category: "bases",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "A newer release of the same line",
            code: "FROM node:22.4.1-alpine\n",
            date: "2026-11-21",
            registry: {
              "docker.io/library/node": [
                { tag: "22.4.1-alpine", digest: DIGEST, created: "2024-07-11" },
                { tag: "22.23.2-alpine", digest: NEWER },
                { tag: "24.19.0-alpine", digest: NEWER },
              ],
            },
          },
          {
            title: "A tag that moved",
            code: "FROM node:22\n",
            lock: { "docker.io/library/node:22": DIGEST },
            registry: { "docker.io/library/node": [{ tag: "22", digest: NEWER }, { tag: null, digest: DIGEST }] }, // prettier-ignore
          },
        ],
        good: [
          {
            title: "The newest release of its line",
            code: "FROM node:22.23.2\n",
            registry: {
              "docker.io/library/node": [
                { tag: "22.23.2", digest: DIGEST },
                { tag: "24.19.0", digest: NEWER },
              ],
            },
          },
          { title: "Nobody asked", code: "FROM node:22.4.1\n" },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      newer: "`{{image}}` is not the newest release of its line and lacks later fixes. Use `{{newest}}`.",
      newerAged:
        "`{{image}}` was made {{age}}, on {{created}}, and lacks later fixes. Use `{{newest}}`, the newest release of its line.",
      movedLocked:
        "`{{image}}` has moved since it was locked, from {{from}} to {{to}}. To take it, run `fromlint lock " +
        "--update={{tagged}}` and look at the change.",
      movedWritten: "The tag of `{{image}}` has moved on to {{to}}, so this lacks later fixes. Write that digest.",
      useInstead: "Use `{{image}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: (context) => judgeImages(context, judge),
});

function judge(use: KnownImageUse, inputs: FactInputs): readonly ImageFinding[] {
  const { registry, today } = inputs;
  const { reference } = use;
  if (!registry || isBareDigest(reference)) return [];
  const image = shown(use);
  const isReplaced = isToBeReplaced(use, inputs);
  const found: ImageFinding[] = [];

  const tag = registry.tag(reference);
  const locked = lockedImage(use, inputs)?.digest ?? null;
  const pinned = locked ?? reference.digest;
  if (tag?.status === "found" && pinned !== null && tag.digest !== pinned) {
    const data = { image, from: abridged(pinned), to: abridged(tag.digest), tagged: tagged(use) };
    if (locked !== null) found.push({ use, messageId: "movedLocked", data });
    else found.push({ use, messageId: "movedWritten", data, instead: isReplaced ? [] : [withDigest(use, tag.digest)] });
  }

  const newer = registry.newer(reference);
  if (newer) {
    const newest = withTag(use, newer.tag);
    const wanted = reference.digest === null ? newest : newer.digest === null ? null : `${newest}@${newer.digest}`;
    const age = newer.created === null ? null : ageInWords(newer.created, today);
    const data = { image, newest, age: age ?? "", created: newer.created ?? "" };
    const instead = wanted === null || isReplaced ? [] : [wanted];
    found.push({ use, messageId: age === null ? "newer" : "newerAged", data, instead });
  }
  return found;
}
