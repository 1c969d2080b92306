import { defineRule } from "../src/rule.js";
import { lineOf } from "../src/facts/layers/above.js";
import { unprivilegedInstalls } from "../src/facts/layer-findings/unprivileged-installs.js";
import { toldCommand } from "../src/facts/layers/told.js";

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "System packages installed under a USER who is not root.",
      reason:
        "apt, apk, dnf and the others write to places that only root may write to: such a build fails. Put the install " +
        "above the `USER`, or between `USER root` and the user's own. With sudo, doas and the like, or a USER that a " +
        "variable names, nothing is said.",
      category: "layers",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "node may not install",
            code: "FROM node:24.19.0\nUSER node\nRUN apt-get update && apt-get install -y curl\n",
          },
        ],
        good: [
          {
            title: "Root first",
            code: "FROM node:24.19.0\nRUN apt-get update && apt-get install -y curl\nUSER node\n",
          },
          {
            title: "Root for this step",
            code: "FROM jenkins/jenkins:2.541\nUSER root\nRUN apt-get update && apt-get install -y curl\nUSER jenkins\n",
          },
        ],
      },
    },
    messages: {
      notRoot:
        "`{{command}}` needs root, and runs as `{{user}}` (USER of line {{line}}). Put it above that line, or between `USER root` and `USER {{user}}`.",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      for (const { command, user, name } of unprivilegedInstalls(sourceCode.facts.layers)) {
        report({
          loc: sourceCode.locationOf(command.range),
          messageId: "notRoot",
          data: { command: toldCommand(command), user: name, line: lineOf(user) },
          related: [{ message: "The user of this step", loc: user.instruction.loc }],
        });
      }
    },
  }),
});
