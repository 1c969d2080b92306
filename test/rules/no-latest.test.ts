import rule from "../../rules/no-latest.js";
import { expect } from "vitest";
import { testRule } from "./rule-test.js";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

testRule("no-latest", rule, {
  valid: [
    { name: "no tag is explicit-tag's", code: "FROM node\n" },
    { name: "latest with a digest", code: `FROM node:latest@${DIGEST}\n` },
    { name: "a tag that only starts like it", code: "FROM node:latest-alpine\n" },
    { name: "a stage called latest", code: "FROM node:24.19.0 AS latest\nFROM latest\n" },
    {
      name: "an image for which the policy requires nothing",
      code: "FROM team/base:latest\n",
      policy: { pinning: [{ image: "team/*", require: "none" }] },
    },
  ],
  invalid: [
    {
      name: "what the lock file has behind latest comes first",
      code: "FROM node:latest\n",
      lock: { "docker.io/library/node:latest": `sha256:${"a".repeat(64)} 26.4.0` },
      errors: [
        {
          messageId: "latestLocked",
          message: /fromlint\.lock has for it: `node:26\.4\.0`\.$/,
          suggestions: ["FROM node:26.4.0\n", expect.stringMatching(/^FROM node:26\.\d+\.\d+\n$/) as string],
        },
      ],
    },
    {
      name: "the lock file has no release for it",
      code: "FROM acme/app:latest\n",
      lock: { "docker.io/acme/app:latest": `sha256:${"a".repeat(64)}` },
      errors: [{ messageId: "latest" }],
    },
    {
      name: "an image of the catalog: the release behind latest",
      code: "FROM --platform=linux/amd64 postgres:latest\n",
      errors: [
        {
          messageId: "latestKnown",
          message:
            "`postgres:latest` is another image after every release. Name one, e.g. `postgres:18.6`, which `latest` was " +
            "in the catalog of 2026-08-21.",
          column: 29,
          endColumn: 44,
          suggestions: ["FROM --platform=linux/amd64 postgres:18.6\n"],
        },
      ],
    },
    {
      name: "an image that the catalog does not know",
      code: "FROM acme/base:latest\n",
      errors: [
        {
          messageId: "latest",
          message:
            "`acme/base:latest` is another image after every release. Name the release that this was made for: " +
            "`acme/base:TAG`.",
          suggestions: [],
        },
      ],
    },
    {
      name: "the Dockerfile syntax",
      code: "# syntax=docker/dockerfile:latest\nFROM alpine:3.24.1\n",
      errors: [{ messageId: "latestSyntax", suggestions: ["# syntax=docker/dockerfile:1\nFROM alpine:3.24.1\n"] }],
    },
    {
      name: "a quoted image over two lines",
      code: 'FROM \\\n  "redis:latest" AS cache\n',
      errors: [{ messageId: "latestKnown", line: 2, column: 4, suggestions: ['FROM \\\n  "redis:8.10.1" AS cache\n'] }],
    },
    {
      name: "an ARG default that one image uses",
      code: "ARG TAG=latest\nFROM node:$TAG\n",
      errors: [{ messageId: "latestKnown", suggestions: ["ARG TAG=26.7.0\nFROM node:$TAG\n"] }],
    },
    {
      name: "an ARG default that two images share: no tag is right for both",
      code: "ARG TAG=latest\nFROM node:$TAG AS build\nFROM alpine:$TAG\n",
      errors: [
        { messageId: "latestKnown", line: 2, suggestions: [] },
        { messageId: "latestKnown", line: 3, suggestions: [] },
      ],
    },
    {
      name: "a context that is another image",
      code: "FROM base\n",
      contexts: { base: "docker-image://alpine:latest" },
      errors: [{ messageId: "latestKnown", message: /^`alpine:latest` is/, column: 6, suggestions: [] }],
    },
  ],
});
