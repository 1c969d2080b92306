import rule from "../../rules/copy-lockfile-with-manifest.js";
import { testRule } from "./rule-test.js";

const NODE = "FROM node:24.19.0\nWORKDIR /app\n";
const NPM = { "package.json": "{}", "package-lock.json": "{}" };

testRule("copy-lockfile-with-manifest", rule, {
  valid: [
    { name: "both", code: `${NODE}COPY package.json package-lock.json ./\nRUN npm ci\n`, files: NPM },
    { name: "in two steps", code: `${NODE}COPY package.json ./\nCOPY package-lock.json ./\nRUN npm ci\n`, files: NPM },
    { name: "a pattern", code: `${NODE}COPY package*.json ./\nRUN npm ci\n`, files: NPM },
    { name: "a pattern for lockfiles", code: `${NODE}COPY package.json *lock* ./\nRUN npm ci\n`, files: NPM },
    { name: "the whole folder besides", code: `${NODE}COPY package.json ./\nCOPY . .\nRUN npm ci\n`, files: NPM },
    {
      name: "no lockfile in the context",
      code: `${NODE}COPY package.json ./\nRUN npm install\n`,
      files: { "package.json": "{}" },
    },
    {
      name: "one that is ignored",
      code: `${NODE}COPY package.json ./\nRUN npm install\n`,
      files: { ...NPM, ".dockerignore": "package-lock.json" },
    },
    { name: "an unknown context", code: `${NODE}COPY package.json ./\nRUN npm install\nCOPY . .\n` },
    {
      name: "the lockfile of another package manager",
      code: `${NODE}COPY package.json ./\nRUN npm install\n`,
      files: { "package.json": "{}", "yarn.lock": "" },
    },
    {
      name: "a lockfile elsewhere",
      code: `${NODE}COPY web/package.json ./\nRUN npm install\n`,
      files: { "web/package.json": "{}", "package-lock.json": "{}" },
    },
    {
      name: "by bind mount",
      code: `${NODE}COPY package.json ./\nRUN --mount=type=bind,source=package-lock.json,target=package-lock.json npm ci\n`,
      files: NPM,
    },
    { name: "no install", code: `${NODE}COPY package.json ./\nRUN npm run build\n`, files: NPM },
    {
      name: "pip has none",
      code: "FROM python:3.14.2\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\n",
      files: { "requirements.txt": "" },
    },
    {
      name: "the RUN removes the lockfile before it installs",
      code: "FROM node:24.19.0\nWORKDIR /app\nCOPY package.json ./\nRUN rm -f package-lock.json && npm install\nCOPY . .\n",
      files: { "package.json": "{}", "package-lock.json": "{}" },
    },
  ],
  invalid: [
    {
      name: "npm install",
      code: `${NODE}COPY package.json ./\nRUN npm install\n`,
      files: NPM,
      errors: [
        {
          messageId: "resolves",
          message:
            "`COPY package.json ./` leaves package-lock.json behind, so `npm install` (line 4) resolves all versions anew. Copy both files.",
          line: 3,
          suggestions: [`${NODE}COPY package.json package-lock.json ./\nRUN npm install\n`],
        },
      ],
    },
    {
      name: "npm ci, which fails without it",
      code: `${NODE}COPY package.json ./\nRUN npm ci\n`,
      files: NPM,
      errors: [{ messageId: "fails", suggestions: [`${NODE}COPY package.json package-lock.json ./\nRUN npm ci\n`] }],
    },
    {
      name: "the lockfile is copied later",
      code: `${NODE}COPY ./package.json ./\nRUN yarn\nCOPY yarn.lock ./\n`,
      errors: [
        {
          messageId: "resolves",
          suggestions: [`${NODE}COPY ./package.json ./yarn.lock ./\nRUN yarn\nCOPY yarn.lock ./\n`],
        },
      ],
    },
    {
      name: "in a folder of the context",
      code: `${NODE}COPY web/package.json ./\nRUN npm install\n`,
      files: { "web/package.json": "{}", "web/package-lock.json": "{}" },
      errors: [
        {
          messageId: "resolves",
          suggestions: [`${NODE}COPY web/package.json web/package-lock.json ./\nRUN npm install\n`],
        },
      ],
    },
    {
      name: "to a file: no place for a second one",
      code: "FROM node:24.19.0\nCOPY package.json /app/package.json\nWORKDIR /app\nRUN npm install\n",
      files: NPM,
      errors: [{ messageId: "resolves", suggestions: [] }],
    },
    {
      name: "the JSON form",
      code: `${NODE}COPY ["package.json", "./"]\nRUN npm install\n`,
      files: NPM,
      errors: [{ messageId: "resolves", suggestions: [] }],
    },
    {
      name: "a manifest without an extension",
      code: "FROM ruby:3.4.7\nWORKDIR /app\nCOPY Gemfile ./\nRUN bundle install\nCOPY Gemfile.lock ./\n",
      errors: [{ messageId: "resolves", line: 3 }],
    },
    {
      name: "go.sum",
      code: "FROM golang:1.27.0\nWORKDIR /src\nCOPY go.mod ./\nRUN go mod download\nCOPY . .\n",
      files: { "go.mod": "", "go.sum": "" },
      errors: [{ messageId: "unchecked" }],
    },
    {
      name: "go.mod names the versions already, go.sum their sums",
      code: "FROM golang:1.27.0\nWORKDIR /src\nCOPY go.mod ./\nRUN go mod download\nCOPY . .\n",
      files: { "go.mod": "", "go.sum": "" },
      errors: [{ messageId: "unchecked", message: /takes modules unchecked\. Copy both files\.$/ }],
    },
  ],
});
