import { defineRule } from "../src/rule.js";
import { placedInstalls } from "../src/facts/layer-findings/dependency-installs.js";
import { broughtLockfile } from "../src/facts/layer-findings/lockfiles.js";
import { freeze, frozenFormOf, isDecided } from "../src/facts/layer-findings/unfrozen.js";
import { writtenCommand } from "../src/facts/layers/written.js";

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "An install that may change the lockfile instead of keeping to it.",
      reason:
        "`npm install` and its like take the lockfile as a start: where it does not fit the manifest they resolve anew, " +
        "write another lockfile into the image, and the build goes on. The frozen form installs exactly what was tested, " +
        "and fails where that is not possible, which is when somebody should know. Reported only where the lockfile is " +
        "known to be copied before the install.",
      category: "layers",
      recommended: "strict",
      examples: {
        bad: [
          {
            title: "npm",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm install --omit=dev\n",
          },
          {
            title: "Yarn",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn\n",
          },
          {
            title: "A pattern, and the lockfile is in the build context",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY package*.json ./\nRUN npm i\n",
            files: { "package.json": "{}", "package-lock.json": "{}" },
          },
        ],
        good: [
          {
            title: "The frozen form",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\n",
          },
          {
            title: "Nobody knows whether there is a lockfile",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY package*.json ./\nRUN npm install\n",
          },
          {
            title: "A setting does the same",
            code: "FROM ruby:3.4.7\nWORKDIR /app\nENV BUNDLE_FROZEN=1\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\n",
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      option:
        "`{{install}}` may take other versions than {{lockfile}} has. Add `{{form}}`, with which it keeps to it or fails.",
      command:
        "`{{install}}` may take other versions than {{lockfile}} has. Write `{{form}}`, which keeps to it or fails.",
      freeze: "Write the frozen form, `{{form}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { layers, files } = sourceCode.facts;
      // `bundle config set frozen true`, or deployment, in any RUN.
      const configured = layers.steps.some(({ instruction }) =>
        /\bbundle config\b[^&;|]*(?:frozen|deployment)/.test(instruction.args?.text ?? ""),
      );
      for (const placed of placedInstalls(layers)) {
        const { install, mayBeMade } = placed;
        const { frozenForm, command } = install;
        if (frozenForm === null || install.kind !== "install" || mayBeMade || isDecided(placed, configured)) continue;
        const lockfile = broughtLockfile(placed, files);
        if (!lockfile) continue;
        const folder = lockfile.path.slice(0, lockfile.path.length - lockfile.name.length);
        const form = frozenFormOf(install, (name) => files?.has(folder + name) === true) ?? frozenForm;
        const data = { install: writtenCommand(command, sourceCode), lockfile: lockfile.name, form };
        const edit = freeze(placed, form, sourceCode.text);
        report({
          loc: sourceCode.locationOf(command.range),
          messageId: /^-|=/.test(form) ? "option" : "command",
          data,
          suggest: edit && [{ messageId: "freeze", data, fix: () => edit }],
        });
      }
    },
  }),
});
