import rule from "../../rules/no-lookalike-base.js";
import { testRule } from "./rule-test.js";

testRule("no-lookalike-base", rule, {
  valid: [
    { name: "the official images themselves", code: "FROM nginx:1.31.4\nFROM node:24\nFROM library/redis:8\n" },
    { name: "short names: too many are a slip from another", code: "FROM nod:1\nFROM pyp:1\n" },
    { name: "words that are near by chance", code: "FROM unity:1\n" },
    { name: "a namespace of somebody's own", code: "FROM acme/ngnix:1\n" },
    { name: "another registry", code: "FROM registry.example/library/ngnix:1\n" },
    { name: "a name that the policy trusts", code: "FROM ngnix:1\n", policy: { bases: { verified: ["ngnix"] } } },
    {
      name: "one that it lists as golden",
      code: "FROM ngnix:1\n",
      policy: { bases: { golden: [{ image: "ngnix" }] } },
    },
    {
      name: "one that a golden image replaces",
      code: "FROM ngnix:1\n",
      policy: { bases: { golden: [{ image: "golden/web", replaces: ["ngnix"] }] } },
    },
    {
      name: "one that it denies: approved-base says so",
      code: "FROM ngnix:1\n",
      policy: { bases: { deny: ["ngnix"] } },
    },
    { name: "a stage", code: "FROM nginx:1 AS ngnix\nFROM ngnix\n" },
  ],
  invalid: [
    {
      name: "two letters swapped; the tag stays",
      code: "FROM ngnix:1.31-alpine AS web\n",
      errors: [
        {
          messageId: "lookalike",
          message:
            "`ngnix` is one slip from the official `nginx`; such names trap typos. Use `nginx:1.31-alpine` or list it under `bases: verified`.",
          column: 6,
          endColumn: 23,
          suggestions: ["FROM nginx:1.31-alpine AS web\n"],
        },
      ],
    },
    {
      name: "a letter dropped",
      code: "FROM postgrs\n",
      errors: [{ messageId: "lookalike", suggestions: ["FROM postgres\n"] }],
    },
    {
      name: "a letter doubled",
      code: "FROM pythonn:3\n",
      errors: [{ messageId: "lookalike", suggestions: ["FROM python:3\n"] }],
    },
    {
      name: "a neighbouring key",
      code: "FROM ubunti:24.04\n",
      errors: [{ messageId: "lookalike", suggestions: ["FROM ubuntu:24.04\n"] }],
    },
    {
      name: "a slip in the namespace",
      code: "FROM docker.io/libary/redis:8\n",
      errors: [
        {
          messageId: "lookalike",
          message: /^`docker\.io\/libary\/redis` is one slip from the official `redis`/,
          suggestions: ["FROM docker.io/library/redis:8\n"],
        },
      ],
    },
    {
      name: "the digest is the wrong image's: it goes",
      code: `FROM ngnix:1@sha256:${"0123456789abcdef".repeat(4)}\n`,
      errors: [{ messageId: "lookalike", suggestions: ["FROM nginx:1\n"] }],
    },
    {
      name: "behind a mirror",
      code: "FROM harbor.example/hub/library/ngnix:1\n",
      policy: { registries: { mirrors: { "docker.io": "harbor.example/hub" } } },
      errors: [{ messageId: "lookalike", suggestions: ["FROM harbor.example/hub/library/nginx:1\n"] }],
    },
    {
      name: "COPY --from",
      code: "FROM alpine:3.24\nCOPY --from=busybxo:1 /a /a\n",
      errors: [{ messageId: "lookalike", line: 2, suggestions: ["FROM alpine:3.24\nCOPY --from=busybox:1 /a /a\n"] }],
    },
  ],
});
