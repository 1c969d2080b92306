import rule from "../../rules/unresolved-base.js";
import { testRule } from "./rule-test.js";

testRule("unresolved-base", rule, {
  valid: [
    { name: "a default", code: "ARG TAG=24\nFROM node:${TAG}\n" },
    { name: "a default where it is used", code: "ARG TAG\nFROM node:${TAG:-24}\n" },
    { name: "--build-arg", code: "ARG TAG\nFROM node:$TAG\n", buildArgs: { TAG: "24" } },
    { name: "the policy's args", code: "ARG TAG\nFROM node:$TAG\n", policy: { args: { TAG: "24" } } },
    {
      name: "platform arguments are always there",
      code: "FROM golang:1.27.0 AS build-amd64\nFROM build-${TARGETARCH}\n",
    },
    {
      name: "a stage for each platform, named by an argument that rests on one",
      code: "ARG BASE=build-${TARGETARCH}\nFROM golang:1.27.0 AS build-arm64\nFROM golang:1.27.0 AS build-amd64\nFROM ${BASE}\n",
    },
    { name: "a default from another argument", code: "ARG A=24\nARG B=${A}-alpine\nFROM node:${B}\n" },
    { name: "a dollar sign that is escaped is invalid, not unknown", code: "FROM node:\\$TAG\n" },
    { name: "a variable in what a stage copies", code: "FROM node:24\nARG DIR\nCOPY ${DIR} /app\n" },
  ],
  invalid: [
    {
      name: "an ARG without a default",
      code: "ARG TAG\nFROM node:${TAG}\n",
      errors: [
        {
          messageId: "noDefault",
          message:
            "`TAG` has no value, so nobody knows which image `node:${TAG}` is. Give it one: `ARG TAG=…`, `args:` in " +
            "fromlint.yaml, or `--build-arg`.",
          line: 2,
          column: 6,
          endColumn: 17,
          suggestions: [],
        },
      ],
    },
    {
      name: "an ARG whose default rests on one without",
      code: "ARG VERSION\nARG TAG=${VERSION}-alpine\nFROM node:${TAG}\n",
      errors: [
        {
          messageId: "noDefault",
          message: /^`VERSION` has no value, so nobody knows which image `node:\$\{TAG\}` is/,
          line: 3,
        },
      ],
    },
    {
      name: "two ARGs without defaults: one finding each",
      code: "ARG HUB\nARG TAG\nFROM ${HUB}/node:${TAG}\n",
      errors: [
        { messageId: "noDefault", message: /^`HUB`/ },
        { messageId: "noDefault", message: /^`TAG`/ },
      ],
    },
    {
      name: "no ARG of that name",
      code: "FROM node:${TAG}\n",
      errors: [
        {
          messageId: "notDeclared",
          message:
            "`TAG` is not declared before the first `FROM`, so it is empty in `node:${TAG}`. Write `ARG TAG=…` above the " +
            "first `FROM`.",
        },
      ],
    },
    {
      name: "a value from outside counts only for a declared ARG",
      code: "FROM node:${TAG}\n",
      buildArgs: { TAG: "24" },
      errors: [{ messageId: "notDeclared" }],
    },
    {
      name: "a slip in the name: in every form, and only that name",
      code: "ARG NODE_VERSION=24\nFROM node:$NODE_VERSON-${NODE_VERSON}-${NODE_VERSION}\n",
      errors: [
        {
          messageId: "misspelt",
          message: /Did you mean `NODE_VERSION`\?$/,
          suggestions: ["ARG NODE_VERSION=24\nFROM node:$NODE_VERSION-${NODE_VERSION}-${NODE_VERSION}\n"],
        },
      ],
    },
    {
      name: "the case of a name counts",
      code: "ARG tag=24\nFROM node:${TAG}\n",
      errors: [{ messageId: "misspelt", suggestions: ["ARG tag=24\nFROM node:${tag}\n"] }],
    },
    {
      name: "a slip in an ARG default",
      code: "ARG VERSION=24\nARG TAG=${VERSIN}-alpine\nFROM node:${TAG}\n",
      errors: [
        {
          messageId: "misspelt",
          line: 3,
          suggestions: ["ARG VERSION=24\nARG TAG=${VERSION}-alpine\nFROM node:${TAG}\n"],
        },
      ],
    },
    {
      name: "near to a name that `$` does not read whole",
      code: "ARG VERSION-1=24\nFROM node:$VERSION1\n",
      errors: [{ messageId: "notDeclared", suggestions: [] }],
    },
    {
      name: "a slip in a platform argument",
      code: "FROM build-${TARGETARC}\n",
      errors: [{ messageId: "misspelt", suggestions: ["FROM build-${TARGETARCH}\n"] }],
    },
    {
      name: "an ARG of a stage, which FROM does not see",
      code: "FROM golang:1.27.0 AS build\nARG TAG=24\nFROM node:${TAG}\n",
      errors: [{ messageId: "insideStage", message: /`TAG` is declared in a stage \(line 2\)/, line: 3 }],
    },
    {
      name: "a variable in COPY --from",
      code: "ARG TOOLS=busybox:1\nFROM alpine:3.24\nCOPY --from=${TOOLS} /a /a\n",
      errors: [
        {
          messageId: "notExpanded",
          message:
            "BuildKit expands no variables in `COPY --from`, and refuses `${TOOLS}`. Name the image in a stage, " +
            "`FROM ${TOOLS} AS tools`, and write `tools` here.",
          line: 3,
          column: 13,
          endColumn: 21,
        },
      ],
    },
    {
      name: "a variable in a mount, and in a trigger",
      code: "FROM alpine:3.24\nRUN --mount=type=bind,from=$TOOLS,target=/t true\nONBUILD COPY --from=$TOOLS /a /a\n",
      errors: [
        { messageId: "notExpanded", message: /no variables in `RUN --mount=from=`/, line: 2, column: 28 },
        { messageId: "notExpanded", message: /no variables in `COPY --from`/, line: 3 },
      ],
    },
    {
      name: "a long text is cut in the message",
      code: `FROM \${X}${"a".repeat(500)}\n`,
      errors: [{ messageId: "notDeclared", message: /^.{0,260}$/ }],
    },
  ],
});
