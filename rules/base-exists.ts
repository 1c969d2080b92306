import { defineRule } from "../src/rule.js";
import type { FactInputs } from "../src/facts/facts.js";
import { judgeImages, type ImageFinding } from "../src/facts/judge-images.js";
import type { KnownImageUse } from "../src/facts/images.js";
import { isBareDigest, lockedImage } from "../src/facts/locked.js";
import { abridged, nameOf, shown, tagged, withDigest } from "../src/facts/written.js";

const DIGEST = "sha256:9bfd51b1d9a41f7ee3ac5d9ef1f27ac8f5fa67bc2f0e1a2ff8bd5a8ed8f0a0e4";
const OTHER = "sha256:2f8ef0ad0bd3ad0c1d9e3f5c83c9e1b6a7d3f5e1c0b2a4968778695a4b3c2d1e";

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "An image that its registry does not have any more.",
      reason:
        "Tags and images are deleted: by a clean-up that keeps the last ten, by a publisher who leaves, by hand. A build that " +
        "has the image in its cache does not notice, and the next machine cannot build. With `--online` fromlint asks the " +
        "registry for each tag, each written digest and each digest of fromlint.lock. What a registry does not answer is " +
        "unknown and no finding. Without `--online` the rule is silent.",
      category: "bases",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "A tag that was deleted",
            code: "FROM ghcr.io/acme/base:1.4\n",
            registry: { "ghcr.io/acme/base": [{ tag: "1.5", digest: OTHER }] },
          },
          {
            title: "A tag that is there with another image than the locked one",
            code: "FROM ghcr.io/acme/base:1.4\n",
            lock: { "ghcr.io/acme/base:1.4": DIGEST },
            registry: { "ghcr.io/acme/base": [{ tag: "1.4", digest: OTHER }] },
          },
          {
            title: "A repository that was deleted",
            code: "FROM ghcr.io/acme/base:1.4\n",
            registry: { "ghcr.io/acme/base": null },
          },
        ],
        good: [
          {
            title: "A tag that is there",
            code: "FROM ghcr.io/acme/base:1.4\n",
            registry: { "ghcr.io/acme/base": [{ tag: "1.4", digest: DIGEST }] },
          },
          { title: "Nobody asked", code: "FROM ghcr.io/acme/base:1.4\n" },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      repositoryGone: "`{{image}}` is gone: its registry has no repository `{{name}}`. Use an image that is there.",
      tagGone: "`{{image}}` is gone: the repository has no tag `{{tag}}` any more. Name a tag that is there.",
      tagGoneDigestThere:
        "The tag of `{{image}}` is gone; its image {{digest}} is there until somebody removes it, too. Name a tag " +
        "that is there.",
      digestGone:
        "`{{image}}` is gone: the registry has no image with this digest any more. Use a tag or a digest that " +
        "is there.",
      lockedGone:
        "The locked image of `{{image}}`, {{digest}}, is gone from the registry. Name a tag that is there, and run " +
        "`fromlint lock`.",
      lockedReplaced:
        "`{{image}}` was locked as {{digest}}, which is gone; the tag is another image now. Take it with " +
        "`fromlint lock --update={{tagged}}`.",
      useInstead: "Use `{{image}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: (context) => judgeImages(context, judge),
});

function judge(use: KnownImageUse, inputs: FactInputs): ImageFinding | null {
  const { registry } = inputs;
  if (!registry) return null;
  const { reference } = use;
  const tag = isBareDigest(reference) ? null : registry.tag(reference);
  const image = shown(use);
  if (tag?.status === "gone" && tag.what === "repository") {
    return { use, messageId: "repositoryGone", data: { image, name: nameOf(use) } };
  }
  const pinned = reference.digest ?? lockedImage(use, inputs)?.digest ?? null;
  const there = pinned === null ? null : registry.digest(reference, pinned);
  const digest = pinned === null ? "" : abridged(pinned);
  if (there?.status === "gone") {
    const lockId = tag?.status === "found" ? "lockedReplaced" : "lockedGone";
    const messageId = reference.digest === null ? lockId : "digestGone";
    return { use, messageId, data: { image, digest, tagged: tagged(use) } };
  }
  if (tag?.status !== "gone") return null;
  if (pinned === null || there?.status !== "found") {
    return { use, messageId: "tagGone", data: { image, tag: reference.tag ?? "latest" } };
  }
  const instead = reference.digest === null ? [withDigest(use, pinned)] : [];
  return { use, messageId: "tagGoneDigestThere", data: { image, digest }, instead };
}
