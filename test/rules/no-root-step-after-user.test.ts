import rule from "../../rules/no-root-step-after-user.js";
import { testRule } from "./rule-test.js";

const INSTALL = "RUN apt-get update && apt-get install -y curl\n";

testRule("no-root-step-after-user", rule, {
  valid: [
    { name: "above the USER", code: `FROM node:24.19.0\n${INSTALL}USER node\n` },
    { name: "root for this step", code: `FROM node:24.19.0\nUSER node\nUSER root\n${INSTALL}USER node\n` },
    { name: "root by number, with a group", code: `FROM node:24.19.0\nUSER 0:1000\n${INSTALL}` },
    { name: "sudo", code: "FROM node:24.19.0\nUSER node\nRUN sudo apt-get update && sudo apt-get install -y curl\n" },
    { name: "a USER that a variable names", code: `FROM node:24.19.0\nARG WHO=node\nUSER $WHO\n${INSTALL}` },
    { name: "the base image's user is not known", code: `FROM jenkins/jenkins:2.541\n${INSTALL}` },
    { name: "downloading needs no root", code: "FROM debian:12.15\nUSER app\nRUN apt-get download curl\n" },
    { name: "another root", code: "FROM alpine:3.24.1\nUSER app\nRUN apk add --root /tmp/root --initdb curl\n" },
    { name: "only if it works", code: "FROM debian:12.15\nUSER app\nRUN test -x /x || apt-get install -y curl\n" },
    { name: "a language's packages", code: "FROM node:24.19.0\nUSER node\nRUN npm ci && pip install --user httpie\n" },
    { name: "another stage", code: `FROM node:24.19.0 AS a\nUSER node\nFROM node:24.19.0\n${INSTALL}` },
  ],
  invalid: [
    {
      name: "a user by name, told once for the RUN",
      code: `FROM node:24.19.0\nUSER node:node\nWORKDIR /app\n${INSTALL}`,
      errors: [
        {
          messageId: "notRoot",
          message:
            "`apt-get update` needs root, and runs as `node` (USER of line 2). Put it above that line, or between `USER root` and `USER node`.",
          line: 4,
          column: 5,
        },
      ],
    },
    {
      name: "by number, in the stage that this one is built on",
      code: "FROM alpine:3.24.1 AS base\nUSER 1000\nFROM base\nRUN apk add --no-cache curl\n",
      errors: [{ messageId: "notRoot", message: /runs as `1000` \(USER of line 2\)/ }],
    },
  ],
});
