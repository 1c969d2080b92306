import rule from "../../rules/consistent-base-tags.js";
import { testRule } from "./rule-test.js";

const [ONE, OTHER] = ["1", "2"].map((digit) => `sha256:${digit.repeat(64)}`);

testRule("consistent-base-tags", rule, {
  valid: [
    { name: "one tag in all stages", code: "FROM node:24.19.0 AS build\nFROM node:24.19.0\n" },
    { name: "variants of one release", code: "FROM node:24.19.0-bookworm AS build\nFROM node:24.19.0-alpine3.24\n" },
    { name: "a variant with no version", code: "FROM debian:bookworm AS build\nFROM debian:bookworm-slim\n" },
    { name: "variants that both stand for the newest release", code: "FROM node:alpine AS build\nFROM node:slim\n" },
    { name: "a codename and its number", code: "FROM debian:bookworm AS build\nFROM debian:12-slim\n" },
    { name: "other repositories", code: "FROM node:24.19.0 AS build\nFROM nginx:1.31.3\n" },
    {
      name: "repositories of one name in different registries",
      code: "FROM node:24.19.0 AS build\nFROM quay.io/library/node:22.23.2\n",
    },
    {
      name: "tags of which nothing is known",
      code: "FROM gcr.io/distroless/static:debug AS a\nFROM gcr.io/distroless/static:nonroot\n",
    },
    {
      name: "no tag and latest: other rules speak of them",
      code: "FROM node AS a\nFROM node:latest AS b\nFROM node:24.19.0\n",
    },
    {
      name: "a matrix: an argument for each stage",
      code: "ARG OLD=22.23.2\nARG NEW=24.19.0\nFROM node:${OLD} AS a\nFROM node:${NEW} AS b\n",
    },
    {
      name: "a matrix of whole images",
      code: "ARG OLD=node:22.23.2\nARG NEW=node:24.19.0\nFROM ${OLD} AS a\nFROM ${NEW} AS b\n",
    },
    { name: "a digest without a tag can belong to the tag", code: `FROM node@${ONE} AS a\nFROM node:24.19.0\n` },
    { name: "digests of two variants", code: `FROM node:24.19.0@${ONE} AS a\nFROM node:24.19.0-alpine@${OTHER}\n` },
    {
      name: "an image that a named context brings is not written in this file",
      code: "FROM node:24.19.0 AS build\nFROM base\n",
      contexts: { base: "docker-image://node:22.23.2" },
    },
  ],
  invalid: [
    {
      name: "two releases, at the second",
      code: "FROM node:24.19.0 AS build\nFROM node:22.23.2-alpine\n",
      errors: [
        {
          messageId: "tags",
          message:
            "`node:22.23.2-alpine` here, but `node:24.19.0` on line 1. Use one release in the whole file or, if both are meant, an ARG for each tag.",
          line: 2,
          column: 6,
          endColumn: 25,
        },
      ],
    },
    {
      name: "every use that differs from the first, once",
      code: "FROM node:24.19.0\nFROM node:22.23.2\nFROM node:24.19.0\nFROM node:22.23.2\n",
      errors: [
        { messageId: "tags", line: 2 },
        { messageId: "tags", line: 4 },
      ],
    },
    {
      name: "COPY --from and a mount count, too",
      code: "FROM node:24.19.0\nCOPY --from=node:22.23.2 /a /a\nRUN --mount=from=node:20.20.0,target=/b true\n",
      errors: [
        { messageId: "tags", line: 2 },
        { messageId: "tags", line: 3 },
      ],
    },
    {
      name: "the same repository by two spellings",
      code: "FROM docker.io/library/node:24.19.0\nFROM node:22.23.2\n",
      errors: [{ messageId: "tags", message: /`docker.io\/library\/node:24.19.0` on line 1/ }],
    },
    { name: "two codenames", code: "FROM debian:bookworm\nFROM debian:trixie-slim\n", errors: [{ messageId: "tags" }] },
    {
      name: "a looser tag of the same line",
      code: "FROM node:24\nFROM node:24.19.0\n",
      errors: [{ messageId: "tags" }],
    },
    {
      name: "one argument for both, with another text behind it",
      code: "ARG MAJOR=24\nFROM node:${MAJOR}.19.0\nFROM node:${MAJOR}.10.0\n",
      errors: [{ messageId: "tags", line: 3 }],
    },
    {
      name: "registries from arguments make no matrix",
      code: "ARG A=docker.io\nARG B=docker.io\nFROM ${A}/library/node:24.19.0\nFROM ${B}/library/node:22.23.2\n",
      errors: [{ messageId: "tags" }],
    },
    {
      name: "one tag, two digests",
      code: `FROM node:24.19.0@${ONE}\nFROM node:24.19.0@${OTHER}\n`,
      errors: [{ messageId: "digests", message: /^`node:24.19.0` has another digest on line 1/ }],
    },
    {
      name: "one tag, pinned by digest in one place only",
      code: `FROM node:24.19.0@${ONE}\nFROM node:24.19.0\n`,
      errors: [{ messageId: "unpinned" }],
    },
    {
      name: "two bare digests",
      code: `FROM node@${ONE}\nFROM node@${OTHER}\n`,
      errors: [{ messageId: "digests", message: /^`node` has/ }],
    },
    {
      name: "two builds of one release",
      code: "FROM debian:bookworm-20260803\nFROM debian:bookworm-20260701-slim\n",
      errors: [{ messageId: "tags" }],
    },
  ],
});
