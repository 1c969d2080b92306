import rule from "../../rules/pin-precision.js";
import { testRule } from "./rule-test.js";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

const pinned = (require: string, more: object = {}): Record<string, unknown> => ({
  pinning: [{ image: "**", require, ...more }],
});

testRule("pin-precision", rule, {
  valid: [
    { name: "minor, which recommended asks for", code: "FROM node:24.19-alpine\n" },
    { name: "no tag is explicit-tag's", code: "FROM node\n" },
    { name: "latest is no-latest's", code: "FROM node:latest\n" },
    { name: "a digest without a tag", code: `FROM node@${DIGEST}\n`, policy: pinned("digest") },
    { name: "latest with a digest", code: `FROM node:latest@${DIGEST}\n`, policy: pinned("digest") },
    { name: "the Dockerfile syntax at its major version", code: "# syntax=docker/dockerfile:1\nFROM node:24.19\n" },
    { name: "patch: the full version", code: "FROM node:24.19.0-alpine3.24\n", policy: pinned("patch") },
    { name: "patch: two parts are all that postgres has", code: "FROM postgres:18.4\n", policy: pinned("patch") },
    { name: "patch: a date", code: "FROM debian:bookworm-20260803\n", policy: pinned("patch") },
    { name: "patch: a commit", code: "FROM acme/app:sha-1a2b3c4\n", policy: pinned("patch") },
    {
      name: "the first line that matches holds",
      code: "FROM golden/node:24\n",
      policy: {
        pinning: [
          { image: "golden/*", require: "major" },
          { image: "**", require: "patch" },
        ],
      },
    },
    {
      name: "the line of the origin holds for its mirror",
      code: "FROM harbor.example/hub/golden/node:24\n",
      policy: {
        pinning: [
          { image: "golden/*", require: "major" },
          { image: "**", require: "patch" },
        ],
        registries: { mirrors: { "docker.io": "harbor.example/hub" } },
      },
    },
    { name: "require: none", code: "FROM node:lts\n", policy: pinned("none") },
    { name: "a stage and scratch", code: "FROM node:24.19 AS lts\nFROM lts\nFROM scratch\n" },
  ],
  invalid: [
    {
      name: "major: the loosest alias that is tight enough, then the most exact",
      code: "FROM node:22\n",
      errors: [
        {
          messageId: "movesKnown",
          message:
            "`node:22` (major level) moves with every 22.x.y release; the policy wants minor. Use `node:22.23` or, exactly, `node:22.23.2` (catalog of 2026-08-21).",
          column: 6,
          endColumn: 13,
          suggestions: ["FROM node:22.23\n", "FROM node:22.23.2\n"],
        },
      ],
    },
    {
      name: "a policy that asks for the patch level",
      code: "FROM node:22.23-alpine\n",
      policy: pinned("patch"),
      errors: [
        {
          messageId: "movesKnown",
          message:
            "`node:22.23-alpine` (minor level) moves with every 22.23.x release; the policy wants patch. Use `node:22.23.2-alpine` (catalog of 2026-08-21).",
          suggestions: ["FROM node:22.23.2-alpine\n"],
        },
      ],
    },
    {
      name: "a word",
      code: "FROM debian:bookworm-slim\n",
      policy: pinned("major"),
      errors: [
        {
          messageId: "movesKnown",
          message: /\(tag level\) moves with every release; the policy wants major/,
          suggestions: ["FROM debian:12-slim\n", "FROM debian:bookworm-20260803-slim\n"],
        },
      ],
    },
    {
      name: "two parts that postgres has",
      code: "FROM postgres:18\n",
      errors: [
        { messageId: "movesKnown", message: /moves with every 18\.x release/, suggestions: ["FROM postgres:18.6\n"] },
      ],
    },
    {
      name: "Ubuntu's calendar: only a date is exact",
      code: "FROM ubuntu:24.04\n",
      policy: pinned("patch"),
      errors: [
        {
          messageId: "movesKnown",
          message: /\(minor level\) moves with every build under that tag/,
          suggestions: ["FROM ubuntu:noble-20260810\n"],
        },
      ],
    },
    {
      name: "an image that the catalog does not know",
      code: "FROM traefik/whoami:v1.10\n",
      policy: pinned("patch"),
      errors: [
        {
          messageId: "moves",
          message: /moves with every 1\.10\.x release; the policy asks for patch level\. Use a more exact tag\.$/,
          suggestions: [],
        },
      ],
    },
    {
      name: "a release past its end of life moves no more, and nobody should pin to it",
      code: "FROM debian:buster\n",
      errors: [
        {
          messageId: "loose",
          message: "`debian:buster` is pinned at tag level; the policy asks for minor level. Use a more exact tag.",
          suggestions: [],
        },
      ],
    },
    {
      name: "the Dockerfile syntax",
      code: "# syntax=docker/dockerfile:experimental\nFROM node:24.19\n",
      errors: [{ messageId: "movesSyntax", line: 1, suggestions: ["# syntax=docker/dockerfile:1\nFROM node:24.19\n"] }],
    },
    {
      name: "a digest is asked for: no catalog can say which",
      code: "FROM node:24.19.0\n",
      policy: pinned("digest"),
      errors: [
        {
          messageId: "digest",
          message:
            "`node:24.19.0` is pinned at patch level, and tags can be moved; the policy asks for a digest. Run `fromlint lock`, then `--fix`.",
          suggestions: [],
        },
      ],
    },
    {
      name: "a digest is asked for: the lock file says which, at every use",
      code: [
        "# syntax=docker/dockerfile:1",
        "ARG NODE=22",
        "ARG BASE=registry.example/team/base:1.4",
        "FROM node:${NODE} AS build",
        "FROM node:${NODE}",
        'COPY --from="nginx:1.31" /a /b',
        "RUN --mount=type=bind,from=nginx:1.31,target=/x true",
        "FROM ${BASE}",
        "",
      ].join("\n"),
      policy: pinned("digest"),
      lock: {
        "docker.io/docker/dockerfile:1": DIGEST,
        "docker.io/library/node:22": `${DIGEST} 22.23.2`,
        "docker.io/library/nginx:1.31": DIGEST,
        "registry.example/team/base:1.4": DIGEST,
      },
      errors: [
        { messageId: "digestLocked", line: 1 },
        {
          messageId: "digestLocked",
          line: 4,
          message:
            "`node:22` is pinned at major level; the policy asks for a digest. In fromlint.lock it is `node:22@sha256:0123456789ab…`.",
        },
        { messageId: "digestLocked", line: 5 },
        { messageId: "digestLocked", line: 6 },
        { messageId: "digestLocked", line: 7 },
        { messageId: "digestLocked", line: 8 },
      ],
      output: [
        `# syntax=docker/dockerfile:1@${DIGEST}`,
        `ARG NODE=22@${DIGEST}`,
        `ARG BASE=registry.example/team/base:1.4@${DIGEST}`,
        "FROM node:${NODE} AS build",
        "FROM node:${NODE}",
        `COPY --from="nginx:1.31@${DIGEST}" /a /b`,
        `RUN --mount=type=bind,from=nginx:1.31@${DIGEST},target=/x true`,
        "FROM ${BASE}",
        "",
      ].join("\n"),
    },
    {
      name: "a tag from an ARG that other images share: its digest has no place to stand",
      code: "ARG NODE=22\nFROM node:${NODE} AS build\nFROM node:${NODE}-alpine\n",
      policy: pinned("digest"),
      lock: { "docker.io/library/node:22": DIGEST, "docker.io/library/node:22-alpine": DIGEST.replace("0", "f") },
      errors: [
        { messageId: "digestLocked", line: 2, suggestions: [] },
        {
          messageId: "digestLocked",
          line: 3,
          // A fix would take the choice from --build-arg without a word.
          suggestions: [
            `ARG NODE=22\nFROM node:\${NODE} AS build\nFROM node:\${NODE}-alpine@${DIGEST.replace("0", "f")}\n`,
          ],
        },
      ],
    },
    {
      name: "a tag from --build-arg: nothing in the file can be changed",
      code: "ARG NODE\nFROM node:${NODE}\n",
      buildArgs: { NODE: "22" },
      policy: pinned("digest"),
      lock: { "docker.io/library/node:22": DIGEST },
      errors: [{ messageId: "digestLocked", suggestions: [] }],
    },
    {
      name: "a golden image is to take its place",
      code: "FROM node:22\n",
      policy: { ...pinned("digest"), bases: { golden: [{ image: "golden/node", replaces: ["node"] }] } },
      lock: { "docker.io/library/node:22": DIGEST },
      errors: [{ messageId: "digest", suggestions: [] }],
    },
    {
      name: "the exact release is asked for: the lock file's, which is the same image",
      code: "FROM traefik/whoami:v1 AS a\nFROM node:22-alpine\n",
      policy: pinned("patch"),
      lock: {
        "docker.io/traefik/whoami:v1": `${DIGEST} v1.10.3`,
        "docker.io/library/node:22-alpine": `${DIGEST} 22.4.1-alpine`,
      },
      errors: [
        {
          messageId: "movesLocked",
          message:
            "`traefik/whoami:v1` moves with every 1.x.y release; the policy asks for patch level. " +
            "In fromlint.lock: `traefik/whoami:v1.10.3`.",
        },
        { messageId: "movesLocked", line: 2 },
      ],
      output: "FROM traefik/whoami:v1.10.3 AS a\nFROM node:22.4.1-alpine\n",
    },
    {
      name: "less would do: the lock's release is one suggestion among others",
      code: "FROM node:22 AS a\nFROM traefik/whoami:v1\n",
      policy: pinned("minor"),
      lock: {
        "docker.io/library/node:22": `${DIGEST} 22.4.1`,
        "docker.io/traefik/whoami:v1": `${DIGEST} v1.10.3`,
      },
      errors: [
        {
          messageId: "movesKnown",
          suggestions: ["22.23", "22.4.1", "22.23.2"].map((tag) => `FROM node:${tag} AS a\nFROM traefik/whoami:v1\n`),
        },
        { messageId: "movesLocked", suggestions: ["FROM node:22 AS a\nFROM traefik/whoami:v1.10.3\n"] },
      ],
    },
    {
      name: "a digest that the policy forbids",
      code: `FROM node:24.19.0@${DIGEST}\n`,
      policy: pinned("patch", { digest: "forbid" }),
      errors: [
        {
          messageId: "forbidden",
          message:
            "`node:24.19.0@sha256:0123456789ab…` has a digest; the policy forbids that for `**`. Write the tag alone.",
          suggestions: ["FROM node:24.19.0\n"],
        },
      ],
    },
    {
      name: "a forbidden digest that stands alone",
      code: `FROM node@${DIGEST}\n`,
      policy: pinned("patch", { digest: "forbid" }),
      errors: [{ messageId: "forbidden", suggestions: [] }],
    },
    {
      name: "one ARG for two variants of an image: both ask for the same edit",
      code: "ARG NODE=24\nFROM node:${NODE} AS build\nFROM node:${NODE}-alpine\n",
      errors: [
        {
          messageId: "movesKnown",
          line: 2,
          suggestions: [
            "ARG NODE=24.19\nFROM node:${NODE} AS build\nFROM node:${NODE}-alpine\n",
            "ARG NODE=24.19.0\nFROM node:${NODE} AS build\nFROM node:${NODE}-alpine\n",
          ],
        },
        { messageId: "movesKnown", line: 3 },
      ],
    },
    {
      name: "one ARG for the distribution of two images: the edit would break the other",
      code: "ARG ALPINE=3.24\nFROM golang:1.27.0-alpine${ALPINE} AS build\nFROM alpine:${ALPINE}\n",
      policy: pinned("patch"),
      errors: [{ messageId: "movesKnown", line: 3, suggestions: [] }],
    },
  ],
});
