import rule from "../../rules/no-constant-platform.js";
import { testRule } from "./rule-test.js";

testRule("no-constant-platform", rule, {
  valid: [
    { name: "no flag", code: "FROM node:24.19.0\n" },
    { name: "the platform that builds", code: "FROM --platform=$BUILDPLATFORM golang:1.27.0 AS build\n" },
    {
      name: "an argument, even with a constant default",
      code: "ARG P=linux/amd64\nFROM --platform=${P} node:24.19.0\n",
    },
    { name: "a constant as the default of an expansion", code: "FROM --platform=${P:-linux/amd64} node:24.19.0\n" },
    { name: "the architecture in the stage's name", code: "FROM --platform=linux/arm64 debian:12.15 AS build_arm64\n" },
    { name: "the system in the stage's name", code: "FROM --platform=windows/amd64 debian:12.15 AS windows-tools\n" },
    {
      name: "by the name that images use: x86_64 is amd64",
      code: "FROM --platform=linux/x86_64 debian:12.15 AS tools-amd64\n",
    },
    { name: "a text that is no platform: BuildKit will say so", code: "FROM --platform=nonsense debian:12.15\n" },
    { name: "four parts are no platform either", code: "FROM --platform=linux/arm/v7/x debian:12.15\n" },
    {
      name: "TARGETPLATFORM with a default of its own is not the default platform",
      code: "ARG TARGETPLATFORM=linux/s390x\nFROM --platform=$TARGETPLATFORM node:24.19.0\n",
    },
    {
      name: "TARGETPLATFORM from outside",
      code: "FROM --platform=$TARGETPLATFORM node:24.19.0\n",
      buildArgs: { TARGETPLATFORM: "linux/s390x" },
    },
    { name: "more than TARGETPLATFORM", code: "FROM --platform=$TARGETPLATFORM/v8 node:24.19.0\n" },
    { name: "two variables", code: "FROM --platform=$TARGETOS/$TARGETARCH node:24.19.0\n" },
  ],
  invalid: [
    {
      name: "a constant, at the flag",
      code: "FROM --platform=linux/amd64 node:24.19.0 AS build\n",
      errors: [
        {
          messageId: "constant",
          message:
            "`--platform=linux/amd64` ties this stage to linux/amd64 whatever the build asks for. Leave it out, or, if that is meant, put amd64 into the stage's name.",
          line: 1,
          column: 6,
          endColumn: 28,
          suggestions: ["FROM node:24.19.0 AS build\n"],
        },
      ],
    },
    {
      name: "a constant in a stage without a name",
      code: "FROM --platform=linux/amd64 node:24.19.0\n",
      errors: [{ messageId: "constant", suggestions: ["FROM node:24.19.0\n"] }],
    },
    {
      name: "another platform than the stage's name says",
      code: "FROM --platform=linux/amd64 node:24.19.0 AS build-arm64\n",
      errors: [{ messageId: "constant" }],
    },
    {
      name: "an architecture alone",
      code: "FROM --platform=arm64 node:24.19.0\n",
      errors: [{ messageId: "constant" }],
    },
    { name: "a system alone", code: "FROM --platform=linux node:24.19.0\n", errors: [{ messageId: "constant" }] },
    { name: "with quotes", code: 'FROM --platform="linux/amd64" node:24.19.0\n', errors: [{ messageId: "constant" }] },
    {
      name: "$TARGETPLATFORM, which goes with the blank behind it",
      code: "FROM --platform=$TARGETPLATFORM node:24.19.0 AS build\n",
      errors: [{ messageId: "redundant", line: 1, column: 6, endColumn: 32 }],
      output: "FROM node:24.19.0 AS build\n",
    },
    {
      name: "${TARGETPLATFORM} on a line of its own, whose line end stays",
      code: "FROM \\\n  --platform=${TARGETPLATFORM} \\\n  node:24.19.0\n",
      errors: [{ messageId: "redundant", line: 2, column: 3 }],
      output: "FROM \\\n  \\\n  node:24.19.0\n",
    },
    {
      name: "declared as an argument without a default it stays what BuildKit sets",
      code: "ARG TARGETPLATFORM\nFROM --platform=$TARGETPLATFORM node:24.19.0\n",
      errors: [{ messageId: "redundant" }],
      output: "ARG TARGETPLATFORM\nFROM node:24.19.0\n",
    },
  ],
});
