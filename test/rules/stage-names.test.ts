import rule from "../../rules/stage-names.js";
import { testRule } from "./rule-test.js";

testRule("stage-names", rule, {
  valid: [
    { name: "no names at all", code: "FROM debian:12.15\nFROM alpine:3.24.1\n" },
    { name: "names of their own", code: "FROM debian:12.15 AS deb\nFROM golang:1.27.0 AS go\n" },
    { name: "a name that only holds a reserved word", code: "FROM alpine:3.24.1 AS from-scratch\n" },
    { name: "FROM a stage that is named for what it does", code: "FROM golang:1.27.0 AS build\nFROM build\n" },
    {
      name: "FROM a stage named like another image than its own: somebody wanted that name",
      code: "FROM alpine:3.24.1 AS node\nRUN apk add nodejs\nFROM node\n",
    },
    {
      name: "FROM a stage named like its image's last part: the short name would be another image",
      code: "FROM registry.example.com/golden/golang:1.27.0 AS golang\nFROM golang\n",
    },
    {
      name: "FROM a stage that several build on: a base on purpose",
      code: "FROM golang:1.27.0 AS golang\nRUN apk add git\nFROM golang AS build\nFROM golang AS test\n",
    },
    { name: "the image again, with its tag", code: "FROM golang:1.27.0 AS golang\nFROM golang:1.27.0\n" },
    { name: "an untagged image: stage or image, nobody can tell", code: "FROM golang AS golang\nFROM golang\n" },
    {
      name: "COPY --from the stage: copying is what stages are for",
      code: "FROM golang:1.27.0 AS golang\nFROM scratch\nCOPY --from=golang /a /a\n",
    },
  ],
  invalid: [
    {
      name: "two stages of one name, at the second",
      code: "FROM debian:12.15 AS build\nFROM golang:1.27.0 AS build\n",
      errors: [
        {
          messageId: "duplicate",
          message:
            "There is a stage `build` already, on line 1. Below here `build` means this one; give it a name of its own.",
          line: 2,
          column: 23,
          endColumn: 28,
        },
      ],
    },
    {
      name: "names that differ in case only",
      code: "FROM debian:12.15 AS Build\nFROM golang:1.27.0 as BUILD\n",
      errors: [{ messageId: "duplicate", line: 2 }],
    },
    {
      name: "a third one, against the first",
      code: "FROM a:1 AS x\nFROM b:1 AS x\nFROM c:1 AS x\n",
      errors: [
        { messageId: "duplicate", message: /on line 1/, line: 2 },
        { messageId: "duplicate", message: /on line 1/, line: 3 },
      ],
    },
    {
      name: "scratch as a name",
      code: "FROM alpine:3.24.1 AS Scratch\n",
      errors: [{ messageId: "reserved", message: /stands for the empty image/, line: 1, column: 23 }],
    },
    {
      name: "context as a name",
      code: "FROM alpine:3.24.1 AS context\n",
      errors: [{ messageId: "reserved", message: /stands for the build context/ }],
    },
    {
      name: "FROM the stage where the image of the same name was meant",
      code: "FROM golang:1.27.0 AS golang\nRUN go build\nFROM golang\n",
      errors: [
        {
          messageId: "imageMeant",
          message: /is the stage `golang` of line 1, not the image `golang`. Write `golang:1.27.0`/,
          line: 3,
          column: 6,
          endColumn: 12,
          suggestions: ["FROM golang:1.27.0 AS golang\nRUN go build\nFROM golang:1.27.0\n"],
        },
      ],
    },
    {
      name: "the same with the tag from an ARG, which the suggestion keeps",
      code: "ARG GO=1.27.0\nFROM golang:${GO} AS golang\nFROM golang AS final\n",
      errors: [
        {
          messageId: "imageMeant",
          suggestions: ["ARG GO=1.27.0\nFROM golang:${GO} AS golang\nFROM golang:${GO} AS final\n"],
        },
      ],
    },
    {
      name: "the stage's name from a variable: there is nothing to replace",
      code: "ARG BASE=golang\nFROM golang:1.27.0 AS golang\nFROM ${BASE}\n",
      errors: [{ messageId: "imageMeant", suggestions: [] }],
    },
  ],
});
