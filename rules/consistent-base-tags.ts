import { defineRule } from "../src/rule.js";
import type { KnownImageUse } from "../src/facts/images.js";
import { repositoryName } from "../src/facts/reference.js";
import { releaseOf, tagVariables } from "../src/facts/release.js";
import { knownUses, nameOf, relatedTo, shown } from "../src/facts/written.js";

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "The same repository at different releases in one file.",
      reason:
        "What is built with one release and run with another works until it does not: a native module of Node 22 does not " +
        "load in Node 24, and one of two tags is easily forgotten at the next update. Variants of one release " +
        "(`node:24.19.0` to build, `node:24.19.0-alpine` to run) are fine, and so are stages that each have an ARG of " +
        "their own for the version.",
      category: "bases",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "Built with one release, run with another",
            code: "FROM node:24.19.0 AS build\nRUN npm ci\nFROM node:22.23.2-alpine\nCOPY --from=build /app /app\n",
          },
          {
            title: "Copied from a release that is not the base's",
            code: "FROM python:3.14.0\nCOPY --from=python:3.13.9 /usr/local/bin/python3.13 /opt/\n",
          },
        ],
        good: [
          {
            title: "Two variants of one release",
            code: "FROM node:24.19.0 AS build\nRUN npm ci\nFROM node:24.19.0-alpine\nCOPY --from=build /app /app\n",
          },
          {
            title: "The tag in one place",
            code: "ARG NODE=24.19.0\nFROM node:${NODE} AS build\nFROM node:${NODE}-alpine\n",
          },
          {
            title: "A matrix on purpose: an argument for each",
            code: "ARG OLD=22.23.2\nARG NEW=24.19.0\nFROM node:${OLD} AS test-old\nFROM node:${NEW} AS test-new\n",
          },
        ],
      },
    },
    messages: {
      tags: "`{{image}}` here, but `{{first}}` on line {{line}}. Use one release in the whole file or, if both are meant, an ARG for each tag.",
      digests:
        "`{{name}}` has another digest on line {{line}}, so the two are different images. Use the same digest in both places.",
      unpinned:
        "`{{name}}` is pinned by digest in one place only (here and line {{line}} differ), so the two may be different images. Write the digest in both.",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { images, inputs } = sourceCode.facts;
      const first = new Map<string, KnownImageUse>();
      for (const use of knownUses(images)) {
        const { tag, digest } = use.reference;
        // Other rules speak of what has no release to compare.
        if (use.status !== "external" || (digest === null && (tag === null || tag === "latest"))) continue;
        const key = repositoryName(use.reference);
        const earlier = first.get(key);
        if (!earlier) {
          first.set(key, use);
          continue;
        }
        const messageId = difference(earlier, use, (release) => releaseOf(release, inputs.catalog.image(key)));
        if (messageId === null || isMatrix(earlier, use)) continue;
        const { line } = earlier.loc.start;
        const name = messageId === "tags" || tag === null ? nameOf(use) : `${nameOf(use)}:${tag}`;
        const data = { image: shown(use), first: shown(earlier), line, name };
        const related = [{ message: `\`${shown(earlier)}\` is used here`, loc: earlier.loc }, ...relatedTo(use)];
        report({ loc: use.loc, messageId, data, related });
      }
    },
  }),
});

/** What differs besides the variant, as a message id; null for nothing, or nothing that can be told. */
function difference(
  a: KnownImageUse,
  b: KnownImageUse,
  release: (tag: string) => string | null,
): "tags" | "digests" | "unpinned" | null {
  const [one, other] = [a.reference, b.reference];
  if (one.tag === other.tag) {
    if (one.digest === other.digest) return null;
    return one.digest === null || other.digest === null ? "unpinned" : "digests";
  }
  if (one.tag === null || other.tag === null) return null;
  const [here, there] = [release(one.tag), release(other.tag)];
  return here !== null && there !== null && here !== there ? "tags" : null;
}

/** Tags from different variables: somebody wants both. */
function isMatrix(a: KnownImageUse, b: KnownImageUse): boolean {
  const [one, other] = [tagVariables(a), tagVariables(b)];
  return one.size > 0 && other.size > 0 && ![...one].some((name) => other.has(name));
}
