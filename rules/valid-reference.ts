import { defineRule, type Suggestion } from "../src/rule.js";
import type { ImageProblemCode, ImageUse } from "../src/facts/images.js";
import { rewriteImage } from "../src/facts/rewrite.js";
import { relatedTo } from "../src/facts/written.js";

const messages: Readonly<Record<ImageProblemCode, string>> = {
  emptyReference: "`{{raw}}` comes to nothing, and a build needs an image here. Give the variable a value.",
  urlReference: "`{{raw}}` is a URL; an image is named without `https://`. Write `{{suggestion}}`.",
  badCharacter:
    "`{{character}}` cannot be in the name of an image. Letters, digits, `.`, `_`, `-` and `/` can, then `:tag`.",
  imageId:
    "64 hex digits are the id of an image on one machine, which a build cannot pull. Write the image's name and tag.",
  badRegistry:
    "`{{registry}}` is no host name. Write the registry as `registry.example.com` or `registry.example.com:5000`.",
  emptyPart:
    "A part of `{{text}}` between slashes is empty. Write one `/` between the parts, and none at the start or the end.",
  upperCase: "`{{repository}}` has upper-case letters, which no repository may have. Write `{{suggestion}}`.",
  badRepository:
    "`{{repository}}` is no repository name. Its parts are lower-case letters and digits, with single `.`, `_`, `__` or `-` between them.",
  longRepository: "The repository's name has {{length}} characters; registries take {{limit}} at most. Shorten it.",
  emptyTag: "`{{text}}` has a `:` and no tag behind it. Write the tag, or give the variable that holds it a value.",
  badTag: "`{{tag}}` is no tag. A tag starts with a letter, a digit or `_`, followed by these, `.` and `-`.",
  longTag: "The tag has {{length}} characters; registries take {{limit}} at most. Shorten it.",
  badDigest: "`{{digest}}` is no digest. A digest is `sha256:` followed by 64 digits of `0` to `9` and `a` to `f`.",
  digestAlgorithm:
    "No registry knows digests of the kind `{{algorithm}}`, only {{known}}. Copy the digest again from the registry.",
  digestLength:
    "A {{algorithm}} digest has {{expected}} hex digits; this one has {{length}}. Copy it again from the registry.",
  substitution: "BuildKit refuses the variables in `{{raw}}`: {{error}}. Correct them.",
  laterStageIsImage:
    "`{{name}}` is an image here: the stage `{{name}}` comes later (line {{line}}), and `FROM` sees only stages above it. Move that stage up, or give the image a tag.",
  nearStage: "No stage is called `{{name}}`, so this is an image on Docker Hub. Did you mean the stage `{{meant}}`?",
  stageIndex:
    "There is no stage number {{name}}; this file has 0 to {{last}}. Write the stage's name, which stays right when stages move.",
  ownStage: "`{{name}}` is this very stage, which cannot take files from itself. Name another stage or an image.",
  laterStage:
    "The stage `{{name}}` comes later (line {{line}}); files can only come from stages above. Move that stage up.",
  contextImage: "The build context `{{name}}` is `{{value}}`, which names no image. Correct it where it is given.",
};

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "A text where an image is named that cannot name one, or not the stage that it seems to.",
      reason:
        "The build fails at such a line, often only after minutes in the stages above it; or it pulls an image from Docker " +
        "Hub that happens to have the name of a stage. `FROM` compares with the names of the stages above it exactly, in " +
        "lower case; `COPY --from` and `RUN --mount=from=` take a stage's name in any case.",
      category: "bases",
      recommended: "error",
      related: ["hadolint:DL3022", "hadolint:DL3023"],
      examples: {
        bad: [
          { title: "Upper case in the name", code: "FROM Node:24.19.0\n" },
          {
            title: "FROM compares stage names in lower case",
            code: "FROM golang:1.27.0 AS Build\nRUN go build\nFROM Build\n",
          },
          {
            title: "A digest that lost its end",
            code: "FROM alpine@sha256:25109184c71b\n",
          },
          {
            title: "An image, though there is a stage of that name",
            code: "FROM build\nFROM golang:1.27.0 AS build\n",
          },
          { title: "An argument that is empty", code: "ARG TAG=\nFROM alpine:${TAG}\n" },
        ],
        good: [
          {
            title: "A stage by its name in lower case",
            code: "FROM golang:1.27.0 AS Build\nRUN go build\nFROM build\n",
          },
          {
            title: "An image with registry, port, tag and digest",
            code: `FROM registry.example.com:5000/team/app:1.0.0@sha256:${"0".repeat(64)}\n`,
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      ...messages,
      stageCase:
        "`{{raw}}` is no stage for `FROM`, which compares in lower case, and no image can have this name. Write `{{meant}}`.",
      useStage: "Write `{{image}}`, the stage",
      useImage: "Write `{{image}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      for (const use of sourceCode.facts.images) {
        const { problem, loc, raw } = use;
        if (!problem) continue;
        const isCase = problem.data.meant !== undefined && problem.data.meant === use.text?.toLowerCase();
        report({
          loc,
          messageId: isCase ? "stageCase" : problem.code,
          data: { ...problem.data, raw },
          suggest: suggestionsFor(use),
          related: relatedTo(use),
        });
      }
    },
  }),
});

/** The stage that was meant before the image that the text is near to. */
function suggestionsFor(use: ImageUse): Suggestion[] {
  const { meant, suggestion } = use.problem?.data ?? {};
  const wanted = [["useStage", meant] as const, ["useImage", suggestion] as const];
  return wanted.flatMap(([messageId, image]) => {
    // A long text is cut where it is quoted.
    const edit = image === undefined || image.endsWith("…") ? null : rewriteImage(use, image);
    return edit && image !== undefined ? [{ messageId, data: { image }, fix: () => edit }] : [];
  });
}
