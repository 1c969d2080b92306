import rule from "../../rules/require-frozen-install.js";
import { testRule } from "./rule-test.js";

const NODE = "FROM node:24.19.0\nWORKDIR /app\n";
const NPM = { "package.json": "{}", "package-lock.json": "{}" };
const YARN = { "package.json": "{}", "yarn.lock": "" };

testRule("require-frozen-install", rule, {
  valid: [
    { name: "npm ci", code: `${NODE}COPY package.json package-lock.json ./\nRUN npm ci\n` },
    { name: "no lockfile known", code: `${NODE}COPY package*.json ./\nRUN npm install\n` },
    {
      name: "no lockfile there",
      code: `${NODE}COPY package*.json ./\nRUN npm install\n`,
      files: { "package.json": "{}" },
    },
    { name: "a lockfile that is not copied", code: `${NODE}COPY package.json ./\nRUN npm install\n`, files: NPM },
    { name: "named packages", code: `${NODE}COPY package.json package-lock.json ./\nRUN npm install express@5.2.1\n` },
    {
      name: "in CI yarn and pnpm do it by themselves",
      code: `${NODE}ENV CI=true\nCOPY package.json pnpm-lock.yaml ./\nRUN pnpm install\n`,
    },
    { name: "for one command", code: `${NODE}COPY package.json pnpm-lock.yaml ./\nRUN CI=1 pnpm install\n` },
    {
      name: "decided otherwise",
      code: `${NODE}COPY package.json package-lock.json ./\nRUN npm install --no-package-lock\n`,
    },
    {
      name: "bundle config",
      code: "FROM ruby:3.4.7\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle config set --local deployment true && bundle install\n",
    },
    {
      name: "poetry keeps to it",
      code: "FROM python:3.14.2\nWORKDIR /app\nCOPY pyproject.toml poetry.lock ./\nRUN poetry install --no-root\n",
    },
    {
      name: "a manifest made in the image",
      code: `${NODE}COPY package-lock.json ./\nRUN npm init -y && npm install\n`,
    },
    {
      name: "the RUN removes the lockfile before it installs",
      code: "FROM node:24.19.0\nWORKDIR /app\nCOPY package*.json ./\nRUN rm -f package-lock.json && npm install\n",
      files: { "package.json": "{}", "package-lock.json": "{}" },
    },
    {
      name: "one branch for development, the other keeps to the lockfile",
      code: 'FROM node:24.19.0\nARG BUILD_ENV\nWORKDIR /app\nCOPY package*.json ./\nRUN if [ "$BUILD_ENV" = dev ]; then npm install; else npm ci; fi\n',
      files: { "package.json": "{}", "package-lock.json": "{}" },
    },
  ],
  invalid: [
    {
      name: "npm install",
      code: `${NODE}COPY package.json package-lock.json ./\nRUN npm install --omit=dev\n`,
      errors: [
        {
          messageId: "command",
          message:
            "`npm install --omit=dev` may take other versions than package-lock.json has. Write `npm ci`, which keeps to it or fails.",
          line: 4,
          column: 5,
          suggestions: [`${NODE}COPY package.json package-lock.json ./\nRUN npm ci --omit=dev\n`],
        },
      ],
    },
    {
      name: "npm i, the lockfile known from the context",
      code: `${NODE}COPY . .\nRUN npm i && npm run build\n`,
      files: NPM,
      errors: [{ messageId: "command", suggestions: [`${NODE}COPY . .\nRUN npm ci && npm run build\n`] }],
    },
    {
      name: "in a folder",
      code: `${NODE}COPY . .\nRUN cd web && npm install\n`,
      files: { "web/package.json": "{}", "web/package-lock.json": "{}" },
      errors: [{ messageId: "command" }],
    },
    {
      name: "a bare yarn",
      code: `${NODE}COPY package.json yarn.lock ./\nRUN yarn && yarn cache clean\n`,
      errors: [
        {
          messageId: "option",
          message: /Add `--frozen-lockfile`/,
          suggestions: [
            `${NODE}COPY package.json yarn.lock ./\nRUN yarn install --frozen-lockfile && yarn cache clean\n`,
          ],
        },
      ],
    },
    {
      name: "a newer Yarn",
      code: `${NODE}COPY . .\nRUN yarn install\n`,
      files: { ...YARN, ".yarnrc.yml": "" },
      errors: [{ messageId: "option", suggestions: [`${NODE}COPY . .\nRUN yarn install --immutable\n`] }],
    },
    {
      name: "pnpm",
      code: `${NODE}COPY package.json pnpm-lock.yaml ./\nRUN pnpm i --prod\n`,
      errors: [
        {
          messageId: "option",
          suggestions: [`${NODE}COPY package.json pnpm-lock.yaml ./\nRUN pnpm i --frozen-lockfile --prod\n`],
        },
      ],
    },
    {
      name: "bundler",
      code: "FROM ruby:3.4.7\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install -j4\n",
      errors: [
        {
          messageId: "option",
          suggestions: [
            "FROM ruby:3.4.7\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN BUNDLE_FROZEN=true bundle install -j4\n",
          ],
        },
      ],
    },
    {
      name: "uv",
      code: "FROM python:3.14.2\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --no-install-project\n",
      errors: [{ messageId: "option", message: /Add `--locked`/ }],
    },
    {
      name: "an update in the image",
      code: "FROM php:8.5.0\nWORKDIR /app\nCOPY composer.json composer.lock ./\nRUN composer update\n",
      errors: [
        {
          messageId: "command",
          suggestions: ["FROM php:8.5.0\nWORKDIR /app\nCOPY composer.json composer.lock ./\nRUN composer install\n"],
        },
      ],
    },
  ],
});
