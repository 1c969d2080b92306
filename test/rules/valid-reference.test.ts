import rule from "../../rules/valid-reference.js";
import { testRule } from "./rule-test.js";

const DIGEST = `sha256:${"0".repeat(64)}`;
const TWO = "FROM golang:1.27.0 AS build\nFROM alpine:3.24.1\n";

testRule("valid-reference", rule, {
  valid: [
    {
      name: "names of all forms",
      code: `FROM node\nFROM node:24.19.0\nFROM ghcr.io/a/b@${DIGEST}\nFROM localhost:5000/a/b__c.d:1@${DIGEST}\n`,
    },
    { name: "scratch", code: "FROM scratch\n" },
    { name: "a stage above, in lower case", code: "FROM golang:1.27.0 AS Build\nFROM build\n" },
    { name: "COPY from a stage in any case", code: `${TWO}COPY --from=BUILD /a /a\n` },
    { name: "COPY from a stage by number", code: `${TWO}COPY --from=0 /a /a\n` },
    { name: "an argument without a value: unresolved-base says so", code: "ARG A\nFROM ${A}\n" },
    { name: "a variable in COPY --from: unresolved-base says so", code: `${TWO}COPY --from=\${A:-build} /a /a\n` },
    {
      name: "an official image with a name near to a stage's",
      code: "FROM a:1 AS nod\nFROM a:1\nCOPY --from=node /a /a\n",
    },
    { name: "a stage named like its own image", code: "FROM golang AS golang\n" },
    {
      name: "the number of a trigger counts the stages of another file",
      code: "FROM alpine:3.24.1\nONBUILD COPY --from=7 /a /a\n",
    },
  ],
  invalid: [
    {
      name: "a slip in the name of a stage makes it an image",
      code: `${TWO}COPY --from=biuld /a /a\n`,
      errors: [
        {
          messageId: "nearStage",
          message: "No stage is called `biuld`, so this is an image on Docker Hub. Did you mean the stage `build`?",
          suggestions: [`${TWO}COPY --from=build /a /a\n`],
        },
      ],
    },
    {
      name: "upper case, at the image",
      code: "FROM Node:24.19.0\n",
      errors: [
        {
          messageId: "upperCase",
          message: "`Node` has upper-case letters, which no repository may have. Write `node:24.19.0`.",
          line: 1,
          column: 6,
          endColumn: 18,
          suggestions: ["FROM node:24.19.0\n"],
        },
      ],
    },
    {
      name: "upper case in an ARG's default, which is what to change",
      code: "ARG IMAGE=Node\nFROM ${IMAGE}:24.19.0\n",
      errors: [{ messageId: "upperCase", line: 2, suggestions: ["ARG IMAGE=node\nFROM ${IMAGE}:24.19.0\n"] }],
    },
    {
      name: "a stage in another case",
      code: "FROM golang:1.27.0 AS Build\nFROM Build\n",
      errors: [
        {
          messageId: "stageCase",
          message: /^`Build` is no stage for `FROM`, which compares in lower case.* Write `build`.$/,
          suggestions: ["FROM golang:1.27.0 AS Build\nFROM build\n", "FROM golang:1.27.0 AS Build\nFROM build\n"],
        },
      ],
    },
    {
      name: "a stage with a slip and a letter too many",
      code: "FROM golang:1.27.0 AS build\nFROM Buildd\n",
      errors: [
        {
          messageId: "upperCase",
          suggestions: ["FROM golang:1.27.0 AS build\nFROM build\n", "FROM golang:1.27.0 AS build\nFROM buildd\n"],
        },
      ],
    },
    {
      name: "an argument that is empty",
      code: "ARG A=\nFROM ${A}\n",
      errors: [{ messageId: "emptyReference", message: /^`\$\{A\}` comes to nothing/ }],
    },
    { name: "a tag that is empty", code: "ARG TAG=\nFROM node:${TAG}\n", errors: [{ messageId: "emptyTag" }] },
    {
      name: "a URL",
      code: "FROM https://r.io/a\n",
      errors: [{ messageId: "urlReference", suggestions: ["FROM r.io/a\n"] }],
    },
    {
      name: "a URL too long to be quoted whole gets no suggestion",
      code: `FROM https://r.io/${"a".repeat(100)}\n`,
      errors: [{ messageId: "urlReference", suggestions: [] }],
    },
    {
      name: "a character that no name has",
      code: "FROM node:24~1\n",
      errors: [{ messageId: "badCharacter", message: /^`~` cannot be/ }],
    },
    { name: "the id of an image", code: `FROM ${"0".repeat(64)}\n`, errors: [{ messageId: "imageId" }] },
    {
      name: "a registry that is no host",
      code: "FROM -a.b/c\n",
      errors: [{ messageId: "badRegistry", message: /^`-a.b`/ }],
    },
    { name: "two slashes", code: "FROM a//b\n", errors: [{ messageId: "emptyPart" }] },
    { name: "two dots", code: "FROM a..b\n", errors: [{ messageId: "badRepository", message: /^`a..b`/ }] },
    {
      name: "a name that is too long",
      code: `FROM ${"a".repeat(300)}\n`,
      errors: [{ messageId: "longRepository", message: /has 308 characters; .* 255 at most/ }],
    },
    { name: "a tag that starts with a dash", code: "FROM a:-x\n", errors: [{ messageId: "badTag", message: /^`-x`/ }] },
    {
      name: "a tag that is too long",
      code: `FROM a:${"t".repeat(129)}\n`,
      errors: [{ messageId: "longTag", message: /has 129 characters; .* 128 at most/ }],
    },
    {
      name: "a digest that is none",
      code: "FROM a@sha256:xyz\n",
      errors: [{ messageId: "badDigest", message: /^`sha256:xyz`/ }],
    },
    {
      name: "a digest of another kind",
      code: `FROM a@md5:${"0".repeat(32)}\n`,
      errors: [{ messageId: "digestAlgorithm", message: /`md5`, only sha256/ }],
    },
    {
      name: "a digest that was cut",
      code: "FROM a@sha256:25109184c71b\n",
      errors: [{ messageId: "digestLength", message: /has 64 hex digits; this one has 12/ }],
    },
    {
      name: "an expansion that BuildKit refuses",
      code: "ARG A=\nFROM node:${A:?missing}\n",
      errors: [{ messageId: "substitution", message: /A: missing/ }],
    },
    {
      name: "a default that BuildKit refuses",
      code: "ARG A=${B^}\nARG C=$A\nFROM node:$C\n",
      errors: [{ messageId: "substitution", message: /unsupported modifier/, line: 3 }],
    },
    {
      name: "FROM a stage that comes later: an image, and maybe not what was meant",
      code: "FROM build\nFROM golang:1.27.0 AS build\n",
      errors: [
        { messageId: "laterStageIsImage", message: /the stage `build` comes later \(line 2\)/, line: 1, column: 6 },
      ],
    },
    {
      name: "COPY from a stage that comes later",
      code: "FROM alpine:3.24.1\nCOPY --from=build /a /a\nFROM golang:1.27.0 AS build\n",
      errors: [{ messageId: "laterStage", message: /comes later \(line 3\)/, line: 2, column: 13, endColumn: 18 }],
    },
    {
      name: "COPY from a later number",
      code: "FROM alpine:3.24.1\nCOPY --from=1 /a /a\nFROM golang:1.27.0\n",
      errors: [{ messageId: "laterStage" }],
    },
    {
      name: "COPY from its own stage",
      code: "FROM alpine:3.24.1 AS a\nCOPY --from=a /a /b\n",
      errors: [{ messageId: "ownStage" }],
    },
    {
      name: "a mount from its own stage",
      code: "FROM alpine:3.24.1 AS a\nRUN --mount=from=A,target=/b true\n",
      errors: [{ messageId: "ownStage" }],
    },
    {
      name: "a number without a stage",
      code: `${TWO}COPY --from=2 /a /a\n`,
      errors: [{ messageId: "stageIndex", message: /no stage number 2; this file has 0 to 1/ }],
    },
    { name: "a negative number", code: `${TWO}COPY --from=-1 /a /a\n`, errors: [{ messageId: "stageIndex" }] },
    {
      name: "a named context that is no image",
      code: "FROM base\n",
      contexts: { base: "docker-image://Not An Image" },
      errors: [{ messageId: "contextImage", message: /^The build context `base` is `docker-image:\/\/Not An Image`/ }],
    },
    {
      name: "the syntax directive",
      code: "# syntax=docker/Dockerfile:1\nFROM scratch\n",
      errors: [{ messageId: "upperCase", line: 1, column: 10 }],
    },
  ],
});
