import rule from "../../rules/explicit-tag.js";
import { expect } from "vitest";
import { testRule } from "./rule-test.js";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

testRule("explicit-tag", rule, {
  valid: [
    { name: "a tag, however loose", code: "FROM node:lts\n" },
    { name: "latest is no-latest's", code: "FROM node:latest\n" },
    { name: "a digest without a tag", code: `FROM node@${DIGEST}\n` },
    { name: "a port is no tag, but here stands one behind it", code: "FROM registry.example:5000/node:24\n" },
    { name: "a stage", code: "FROM golang:1.27.0 AS build\nFROM build\n" },
    { name: "scratch", code: "FROM scratch\n" },
    { name: "a build context of that name", code: "FROM node\n", contexts: { node: "./base" } },
    { name: "an argument without a value is unresolved-base's", code: "ARG BASE\nFROM ${BASE}\n" },
    {
      name: "an image for which the policy requires nothing",
      code: "FROM team/base\nCOPY --from=team/tools /a /a\n",
      policy: { pinning: [{ image: "team/*", require: "none" }] },
    },
    {
      name: "an image behind a mirror, whose own name requires nothing",
      code: "FROM harbor.example/hub/team/base\n",
      policy: {
        pinning: [{ image: "team/*", require: "none" }],
        registries: { mirrors: { "docker.io": "harbor.example/hub" } },
      },
    },
  ],
  invalid: [
    {
      name: "what the lock file has behind latest comes first",
      code: "FROM node\n",
      lock: { "docker.io/library/node:latest": `sha256:${"a".repeat(64)} 26.4.0` },
      errors: [
        {
          messageId: "noTagLocked",
          message: /fromlint\.lock has for it: `node:26\.4\.0`\.$/,
          suggestions: ["FROM node:26.4.0\n", expect.stringMatching(/^FROM node:26\.\d+\.\d+\n$/) as string],
        },
      ],
    },
    {
      name: "the lock file has no release for it",
      code: "FROM acme/app\n",
      lock: { "docker.io/acme/app:latest": `sha256:${"a".repeat(64)}` },
      errors: [{ messageId: "noTag" }],
    },
    {
      name: "an image of the catalog: the release behind latest",
      code: "FROM node AS build\n",
      errors: [
        {
          messageId: "noTagKnown",
          message:
            "`node` has no tag: each build takes that day's `latest`. Name a release, e.g. `node:26.7.0` (catalog of 2026-08-21).",
          line: 1,
          column: 6,
          endColumn: 10,
          suggestions: ["FROM node:26.7.0 AS build\n"],
        },
      ],
    },
    {
      name: "an image that the catalog does not know",
      code: "FROM acme/base\n",
      errors: [
        {
          messageId: "noTag",
          message:
            "`acme/base` has no tag: each build takes that day's `latest`. Name the release that this was made for: `acme/base:TAG`.",
          suggestions: [],
        },
      ],
    },
    {
      name: "a registry with a port",
      code: "FROM registry.example:5000/base\n",
      errors: [{ messageId: "noTag", column: 6, endColumn: 32 }],
    },
    {
      name: "the whole name, which stays as it is spelt",
      code: "FROM docker.io/library/alpine\n",
      errors: [{ messageId: "noTagKnown", suggestions: ["FROM docker.io/library/alpine:3.24.1\n"] }],
    },
    {
      name: "a copy of the official image",
      code: "FROM public.ecr.aws/docker/library/alpine\n",
      errors: [{ messageId: "noTagKnown", suggestions: ["FROM public.ecr.aws/docker/library/alpine:3.24.1\n"] }],
    },
    {
      name: "COPY --from and a mount",
      code: "FROM alpine:3.24.1\nCOPY --from=busybox /a /a\nRUN --mount=type=bind,from=golang,target=/go true\n",
      errors: [
        { messageId: "noTagKnown", line: 2, column: 13 },
        { messageId: "noTagKnown", line: 3, column: 28 },
      ],
    },
    {
      name: "ONBUILD",
      code: "FROM alpine:3.24.1\nONBUILD COPY --from=busybox /a /a\n",
      errors: [{ messageId: "noTagKnown", line: 2, column: 21 }],
    },
    {
      name: "the Dockerfile syntax",
      code: "# syntax=docker/dockerfile\nFROM alpine:3.24.1\n",
      errors: [
        {
          messageId: "noTagSyntax",
          line: 1,
          column: 10,
          suggestions: ["# syntax=docker/dockerfile:1\nFROM alpine:3.24.1\n"],
        },
      ],
    },
    {
      name: "an ARG default, where the suggestion writes",
      code: "ARG BASE=node\nFROM ${BASE}\n",
      errors: [{ messageId: "noTagKnown", line: 2, column: 6, suggestions: ["ARG BASE=node:26.7.0\nFROM ${BASE}\n"] }],
    },
    {
      name: "a value from outside: nothing in the file to change",
      code: "ARG BASE=node:24\nFROM ${BASE}\n",
      buildArgs: { BASE: "node" },
      errors: [{ messageId: "noTagKnown", suggestions: [] }],
    },
    {
      name: "a golden image takes its place: no other tag of it is offered",
      code: "FROM node\n",
      policy: { bases: { golden: [{ image: "golden/node", replaces: ["node"], tags: ["24"] }] } },
      errors: [{ messageId: "noTag", suggestions: [] }],
    },
  ],
});
