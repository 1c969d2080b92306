import { defineRule } from "../src/rule.js";
import { lineOf } from "../src/facts/layers/above.js";
import { linesOf } from "../src/facts/layers/move.js";
import { repeatedWorkdirs } from "../src/facts/layer-findings/workdirs.js";

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "The same WORKDIR twice in a row.",
      reason:
        "A `WORKDIR` holds until the next one, also for the container. The same absolute folder again changes nothing; " +
        "often it is left over from a step that was moved away. Relative folders add up, so `WORKDIR app` twice is " +
        "`app/app` and is left alone.",
      category: "layers",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "Set again though it holds",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY . .\nWORKDIR /app\nRUN npm ci\n",
          },
        ],
        good: [
          { title: "Once", code: "FROM node:24.19.0\nWORKDIR /app\nCOPY . .\nRUN npm ci\n" },
          {
            title: "There and back",
            code: "FROM node:24.19.0\nWORKDIR /app/web\nRUN npm ci\nWORKDIR /app\nRUN npm ci\n",
          },
        ],
      },
    },
    fixable: "code",
    messages: {
      repeated: "The folder is `{{path}}` already since line {{line}}, so this changes nothing. Remove this WORKDIR.",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      for (const { step, previous, path, kept } of repeatedWorkdirs(sourceCode.facts.layers, sourceCode.escape)) {
        const lines = kept ? linesOf(sourceCode, step.instruction) : null;
        report({
          loc: step.instruction.loc,
          messageId: "repeated",
          data: { path, line: lineOf(previous) },
          related: [{ message: "Set here", loc: previous.instruction.loc }],
          fix: lines && ((fixer) => fixer.removeRange([lines[0], lines[1]])),
        });
      }
    },
  }),
});
