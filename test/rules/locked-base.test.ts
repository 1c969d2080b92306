import rule from "../../rules/locked-base.js";
import { testRule } from "./rule-test.js";

const A = `sha256:${"a".repeat(64)}`;
const B = `sha256:${"b".repeat(64)}`;
const lock = {
  "docker.io/library/node:22": `${A} 22.23.2`,
  "docker.io/library/nginx:latest": A,
  "localhost:5000/gallery/ui:v1": A,
};

testRule("locked-base", rule, {
  valid: [
    { name: "without a lock file", code: "FROM node:23\n" },
    {
      name: "what the lock holds, however it is spelt",
      code: "FROM docker.io/library/node:22\nFROM index.docker.io/node:22\n",
      lock,
    },
    { name: "the exact tag of a locked one", code: "FROM node:22.23.2\n", lock },
    { name: "no tag is latest", code: "FROM nginx\n", lock },
    { name: "the lock's digest", code: `FROM node:22@${A}\n`, lock },
    { name: "a digest alone cannot move", code: `FROM redis@${B}\n`, lock },
    { name: "stages, scratch and what is unknown", code: "FROM node:22 AS a\nFROM a\nFROM scratch\nFROM ${X}\n", lock },
    { name: "required: there is a lock file", code: "FROM node:22\n", lock, options: [{ required: true }] },
    { name: "required: a digest alone", code: `FROM node@${A}\n`, options: [{ required: true }] },
    { name: "required: no image", code: "FROM scratch\n", options: [{ required: true }] },
  ],
  invalid: [
    {
      name: "an image that the lock lacks, wherever it stands",
      code: [
        "# syntax=docker/dockerfile:1",
        "ARG TAG=24",
        "FROM node:${TAG}",
        "COPY --from=redis:8.2 /a /b",
        "RUN --mount=type=bind,from=alpine:3.24,target=/x true",
        "ONBUILD COPY --from=busybox:1.37 /a /b",
        "",
      ].join("\n"),
      lock,
      errors: [
        { messageId: "missing", line: 1, column: 10 },
        {
          messageId: "missing",
          line: 3,
          message:
            "`node:24` is not in fromlint.lock, so nothing says which image this was tested with. Run `fromlint lock`.",
        },
        { messageId: "missing", line: 4 },
        { messageId: "missing", line: 5 },
        { messageId: "missing", line: 6 },
      ],
    },
    {
      name: "the same name in another registry",
      code: "FROM localhost:5001/gallery/ui:v1\n",
      lock,
      errors: [{ messageId: "missing" }],
    },
    {
      name: "a written digest that is not the lock's is brought in step",
      code: `FROM node:22@${B} AS build\nFROM localhost:5000/gallery/ui:v1@${B}\n`,
      lock,
      errors: [
        {
          messageId: "differs",
          message:
            "`node:22@sha256:bbbbbbbbbbbb…` is not what was locked and tested, sha256:aaaaaaaaaaaa…. `--fix` writes that; or lock this anew: `fromlint lock --update=node:22`.",
        },
        { messageId: "differs", line: 2 },
      ],
      output: `FROM node:22@${A} AS build\nFROM localhost:5000/gallery/ui:v1@${A}\n`,
    },
    {
      name: "in the ARG default, for every image that rests on it",
      code: `ARG BASE=node:22@${B}\nFROM \${BASE} AS build\nFROM \${BASE}\n`,
      lock,
      errors: [
        { messageId: "differs", line: 2 },
        { messageId: "differs", line: 3 },
      ],
      output: `ARG BASE=node:22@${A}\nFROM \${BASE} AS build\nFROM \${BASE}\n`,
    },
    {
      name: "an ARG default that another image shares is left alone",
      code: `ARG D=@${B}\nFROM node:22\${D} AS build\nFROM redis:8.2\${D}\n`,
      lock: { ...lock, "docker.io/library/redis:8.2": B },
      errors: [{ messageId: "differs", line: 2 }],
    },
    {
      name: "required: once a file",
      code: "FROM node:22 AS a\nFROM redis:8.2\n",
      options: [{ required: true }],
      errors: [
        {
          messageId: "noLock",
          message:
            "No fromlint.lock says which image `node:22` was when this was tested. Run `fromlint lock` and " +
            "commit what it writes.",
        },
      ],
    },
  ],
});
