import { defineRule } from "../src/rule.js";
import type { FactInputs } from "../src/facts/facts.js";
import { judgeImages, type ImageFinding } from "../src/facts/judge-images.js";
import type { KnownImageUse } from "../src/facts/images.js";
import { isBareDigest, lockedImage } from "../src/facts/locked.js";
import { abridged, shown, tagged, withDigest } from "../src/facts/written.js";

type Options = readonly [{ readonly required: boolean }];

const DIGEST = "sha256:9bfd51b1d9a41f7ee3ac5d9ef1f27ac8f5fa67bc2f0e1a2ff8bd5a8ed8f0a0e4";
const OLDER = "sha256:2f8ef0ad0bd3ad0c1d9e3f5c83c9e1b6a7d3f5e1c0b2a4968778695a4b3c2d1e";

export default defineRule<Options>({
  meta: {
    type: "problem",
    docs: {
      description: "An image that fromlint.lock does not hold, or whose digest is another one there.",
      reason:
        "`fromlint lock` writes down what each image is today. From then on the hook, the editor and CI agree without a " +
        "network, and an update is a change that somebody looks at. That holds only while every image is in the lock file, " +
        "and while no file says another digest. Written digests follow the lock file with `--fix`. An image that is named " +
        "by its digest alone cannot move, and needs no lock. Without a lock file the rule is silent, unless the option " +
        "`required` is set, as it is in `strict`.",
      category: "bases",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "An image that came after the lock file",
            code: "FROM node:24.19.0 AS build\nFROM nginx:1.31.0\n",
            lock: { "docker.io/library/node:24.19.0": DIGEST },
          },
          {
            title: "A digest from before the last update",
            code: `FROM node:24.19.0@${OLDER}\n`,
            lock: { "docker.io/library/node:24.19.0": DIGEST },
          },
          { title: "No lock file where one is wanted", code: "FROM node:24.19.0\n", options: [{ required: true }] },
        ],
        good: [
          { title: "A locked tag", code: "FROM node:24.19\n", lock: { "docker.io/library/node:24.19": DIGEST } },
          {
            title: "A written digest that is the lock's",
            code: `FROM node:24.19.0@${DIGEST}\n`,
            lock: { "docker.io/library/node:24.19.0": DIGEST },
          },
          { title: "No lock file", code: "FROM node:24.19.0\n" },
        ],
      },
    },
    fixable: "code",
    messages: {
      missing:
        "`{{image}}` is not in fromlint.lock, so nothing says which image this was tested with. Run `fromlint lock`.",
      differs:
        "`{{image}}` is not what was locked and tested, {{digest}}. `--fix` writes that; or lock this anew: " +
        "`fromlint lock --update={{tagged}}`.",
      noLock:
        "No fromlint.lock says which image `{{image}}` was when this was tested. Run `fromlint lock` and commit what it " +
        "writes.",
    },
    schema: [
      {
        type: "object",
        properties: { required: { type: "boolean", description: "Report files that no lock file holds for." } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ required: false }],
  },
  create: (context) => {
    let isSaid = false;
    return judgeImages(context, (use, inputs) => {
      if (inputs.lock) return judge(use, inputs);
      if (isSaid || !context.options[0].required || isBareDigest(use.reference)) return null;
      isSaid = true;
      return { use, messageId: "noLock", data: { image: shown(use) } };
    });
  },
});

function judge(use: KnownImageUse, inputs: FactInputs): ImageFinding | null {
  const { reference } = use;
  if (isBareDigest(reference)) return null;
  const locked = lockedImage(use, inputs);
  if (!locked) return { use, messageId: "missing", data: { image: shown(use) } };
  const { digest } = locked;
  if (reference.digest === null || reference.digest === digest) return null;
  const data = { image: shown(use), digest: abridged(digest), tagged: tagged(use) };
  return { use, messageId: "differs", data, instead: [withDigest(use, digest)], fix: true };
}
