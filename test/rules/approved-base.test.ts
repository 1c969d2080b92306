import rule from "../../rules/approved-base.js";
import { testRule } from "./rule-test.js";

const SDK = "mcr.microsoft.com/dotnet/core/sdk";
const GOLDEN_SDK = "registry.local:5000/golden/dotnetcore-sdk";

const golden = {
  bases: { golden: [{ image: GOLDEN_SDK, replaces: [SDK], tags: ["3.0", "3.1"] }, { image: "golden/*" }] },
};

testRule("approved-base", rule, {
  valid: [
    { name: "official images, without a policy", code: "FROM node:24.19.0\n" },
    { name: "a vendor's own registry", code: `FROM ${SDK}:3.1\n` },
    { name: "a Verified Publisher on Docker Hub", code: "FROM grafana/grafana:12.1.0\n" },
    { name: "Docker's own syntax image", code: "# syntax=docker/dockerfile:1\nFROM alpine:3.24.1\n" },
    { name: "copies of the official set", code: "FROM public.ecr.aws/docker/library/node:24\nFROM arm64v8/node:24\n" },
    {
      name: "an official image behind the policy's mirror",
      code: "FROM harbor.example/hub/library/node:24\n",
      policy: { registries: { mirrors: { "docker.io": "harbor.example/hub" } } },
    },
    {
      name: "a publisher that the policy trusts",
      code: "FROM acme/base:1\n",
      policy: { bases: { verified: ["acme/*"] } },
    },
    {
      name: "a golden image in every role",
      code: `FROM golden/build:1 AS build\nFROM ${GOLDEN_SDK}:3.1\n`,
      policy: golden,
    },
    {
      name: "golden in the end, official to build with, verified to copy from",
      code: `FROM golang:1.27.0 AS build\nFROM golden/base:1\nCOPY --from=${SDK}:3.1 /a /a\n`,
      policy: golden,
    },
    {
      name: "what --target leaves out is a build stage",
      code: "FROM golden/a:1 AS a\nFROM node:24\n",
      target: "a",
      policy: golden,
    },
    {
      name: "an override for the folder where golden images are made",
      code: "FROM node:24\n",
      filename: "/project/images/golden/node/Dockerfile",
      policy: { bases: { ...golden.bases, allow: { final: ["official", "golden"] } } },
    },
    {
      name: "neither stages nor scratch nor what is unknown",
      code: "FROM scratch AS a\nFROM a\nFROM ${X}\n",
      policy: golden,
    },
    { name: "a build context of that name", code: "FROM acme/base:1\n", contexts: { "acme/base:1": "./base" } },
  ],
  invalid: [
    {
      name: "without a policy: neither official nor of a known publisher",
      code: "FROM somebody/node:24\n",
      errors: [
        {
          messageId: "unknownPublisher",
          message:
            "`somebody/node:24` is neither official nor from a known publisher. Take one that is, or list it under " +
            "`bases: verified` if you trust who makes it.",
          column: 6,
          endColumn: 22,
          suggestions: [],
        },
      ],
    },
    {
      name: "an official name on another registry is nobody's",
      code: "FROM quay.io/library/node:24\n",
      errors: [{ messageId: "unknownPublisher" }],
    },
    {
      name: "an image that left the official set",
      code: "FROM centos:7\n",
      errors: [{ messageId: "unknownPublisher" }],
    },
    {
      name: "the golden image that replaces it, at the same tag",
      code: `FROM ${SDK}:3.1 AS build\n`,
      policy: golden,
      errors: [
        {
          messageId: "tierReplaced",
          message:
            `\`${SDK}:3.1\` is by Microsoft (verified); the policy wants golden in the exported image. ` +
            `Use \`${GOLDEN_SDK}:3.1\`.`,
          suggestions: [`FROM ${GOLDEN_SDK}:3.1 AS build\n`],
        },
      ],
    },
    {
      name: "the golden image has no such tag: its nearest of the same major version",
      code: `FROM ${SDK}:3.0.103\n`,
      policy: golden,
      errors: [
        {
          messageId: "tierReplacedTag",
          message: /Use `registry\.local:5000\/golden\/dotnetcore-sdk:3\.0`; it has no tag `3\.0\.103`\.$/,
          suggestions: [`FROM ${GOLDEN_SDK}:3.0\n`],
        },
      ],
    },
    {
      name: "nothing of that major version: no replacement",
      code: `FROM ${SDK}:2.1\n`,
      policy: golden,
      errors: [{ messageId: "tier", suggestions: [] }],
    },
    {
      name: "verified is not enough for a build stage, where the policy has golden images",
      code: `FROM ${SDK}:3.1 AS build\nFROM golden/base:1\n`,
      policy: golden,
      errors: [
        {
          messageId: "tierReplaced",
          message: /the policy wants golden or official in a build stage/,
          line: 1,
        },
      ],
    },
    {
      name: "a stage that the exported one is built on counts as exported",
      code: "FROM node:24 AS base\nFROM base\n",
      policy: golden,
      errors: [
        {
          messageId: "tier",
          message: /^`node:24` is a Docker Official Image; the policy wants golden in the exported image/,
          line: 1,
        },
      ],
    },
    {
      name: "an image to copy from, and ONBUILD",
      code: "FROM golden/base:1\nCOPY --from=acme/tools:1 /a /a\nONBUILD COPY --from=acme/tools:1 /a /a\n",
      policy: golden,
      errors: [
        {
          messageId: "tier",
          message:
            /is by no known publisher; the policy wants golden, official or verified to copy from \(`bases\.allow\.copied`\)/,
          line: 2,
          column: 13,
        },
        { messageId: "tier", line: 3, column: 21 },
      ],
    },
    {
      name: "a role in which the policy allows no tier",
      code: "# syntax=docker/dockerfile:1\nFROM node:24\n",
      policy: { bases: { allow: { copied: [] } } },
      errors: [
        { messageId: "noTier", message: /allows nothing to copy from, as `bases\.allow\.copied` is empty/, line: 1 },
      ],
    },
    {
      name: "deny beats every tier, and names its pattern",
      code: "FROM alpine:3.12\n",
      policy: { bases: { deny: ["docker.io/library/alpine:3.1?"] } },
      errors: [
        {
          messageId: "denied",
          message:
            "`alpine:3.12` is denied by the policy (`bases.deny` has `docker.io/library/alpine:3.1?`). Take a release or an image that is not.",
          suggestions: [],
        },
      ],
    },
    {
      name: "a denied image with a golden one in its place",
      code: "FROM node:16\n",
      policy: {
        bases: {
          golden: [{ image: "golden/node", replaces: ["node"] }],
          allow: { final: ["golden", "official"] },
          deny: ["node:16*"],
        },
      },
      errors: [{ messageId: "deniedReplaced", suggestions: ["FROM golden/node:16\n"] }],
    },
    {
      name: "several golden images in the policy's order",
      code: "FROM node:24-alpine\n",
      policy: {
        bases: {
          golden: [
            { image: "golden/node", replaces: ["node"] },
            { image: "golden/js", replaces: ["node", "bun"] },
          ],
        },
      },
      errors: [
        { messageId: "tierReplaced", suggestions: ["FROM golden/node:24-alpine\n", "FROM golden/js:24-alpine\n"] },
      ],
    },
    {
      name: "no golden image is offered where none may stand",
      code: "FROM node:24\n",
      policy: { bases: { golden: [{ image: "golden/node", replaces: ["node"] }], allow: { final: ["verified"] } } },
      errors: [{ messageId: "tier", suggestions: [] }],
    },
    {
      name: "a digest is the old image's: it goes",
      code: `FROM ${SDK}:3.1@sha256:${"0123456789abcdef".repeat(4)}\n`,
      policy: golden,
      errors: [
        {
          messageId: "tierReplaced",
          message: /^`mcr\.microsoft\.com\/dotnet\/core\/sdk:3\.1@sha256:0123456789ab…` is/,
          suggestions: [`FROM ${GOLDEN_SDK}:3.1\n`],
        },
      ],
    },
    {
      name: "the name in an ARG default, the tag in the line: each is edited where it stands",
      code: `ARG SDK=${SDK}\nFROM \${SDK}:3.1\n`,
      policy: golden,
      errors: [{ messageId: "tierReplaced", line: 2, suggestions: [`ARG SDK=${GOLDEN_SDK}\nFROM \${SDK}:3.1\n`] }],
    },
  ],
});
