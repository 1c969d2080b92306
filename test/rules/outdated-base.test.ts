import rule from "../../rules/outdated-base.js";
import { testRule } from "./rule-test.js";

const A = `sha256:${"a".repeat(64)}`;
const B = `sha256:${"b".repeat(64)}`;
const NODE = "docker.io/library/node";
const registry = {
  [NODE]: [
    { tag: "22", digest: B },
    { tag: "22.4.1", digest: A, created: "2024-07-11" },
    { tag: "22.23.2", digest: B },
    { tag: "22.4.1-alpine", digest: A, created: "1970-01-01" },
    { tag: "22.23.2-alpine", digest: B },
    { tag: "24.19.0", digest: B },
  ],
};

testRule("outdated-base", rule, {
  valid: [
    { name: "nobody asked", code: "FROM node:22.4.1\n" },
    { name: "nobody asked for this one", code: "FROM redis:8.0.1\n", registry },
    { name: "the newest of its line", code: "FROM node:22.23.2\nFROM node:22.23.2-alpine\n", registry },
    { name: "a tag that follows its line", code: "FROM node:22\n", registry },
    { name: "a tag that is what was locked", code: "FROM node:22\n", registry, lock: { [`${NODE}:22`]: B } },
    { name: "a digest alone", code: `FROM node@${A}\n`, registry },
    { name: "a tag that is gone", code: "FROM node:18\n", registry, lock: { [`${NODE}:18`]: A } },
  ],
  invalid: [
    {
      name: "a newer release of the line, and how old this one is",
      code: "ARG V=22.4.1\nFROM node:${V}\n",
      date: "2026-11-21",
      registry,
      errors: [
        {
          messageId: "newerAged",
          message:
            "`node:22.4.1` was made 2 years ago, on 2024-07-11, and lacks later fixes. Use `node:22.23.2`, the newest release of its line.",
          line: 2,
          suggestions: ["ARG V=22.23.2\nFROM node:${V}\n"],
        },
      ],
    },
    {
      name: "an image made without a clock",
      code: "FROM node:22.4.1-alpine\n",
      registry,
      errors: [
        {
          messageId: "newer",
          message:
            "`node:22.4.1-alpine` is not the newest release of its line and lacks later fixes. Use `node:22.23.2-alpine`.",
          suggestions: ["FROM node:22.23.2-alpine\n"],
        },
      ],
    },
    {
      name: "a written digest goes along",
      code: `FROM node:22.4.1@${A}\n`,
      registry,
      errors: [{ messageId: "newerAged", suggestions: [`FROM node:22.23.2@${B}\n`] }],
    },
    {
      name: "the tag has moved since it was locked",
      code: "FROM node:22\n",
      registry,
      lock: { [`${NODE}:22`]: A },
      errors: [
        {
          messageId: "movedLocked",
          message:
            "`node:22` has moved since it was locked, from sha256:aaaaaaaaaaaa… to sha256:bbbbbbbbbbbb…. To take it, run " +
            "`fromlint lock --update=node:22` and look at the change.",
          suggestions: [],
        },
      ],
    },
    {
      name: "the tag has moved since its digest was written",
      code: `FROM node:22@${A}\n`,
      registry,
      errors: [{ messageId: "movedWritten", suggestions: [`FROM node:22@${B}\n`] }],
    },
    {
      name: "an image that a golden one replaces gets no other tag",
      code: "FROM node:22.4.1\n",
      registry,
      policy: { bases: { golden: [{ image: "golden/node", replaces: ["node"] }] } },
      errors: [{ messageId: "newerAged", suggestions: [] }],
    },
  ],
});
