import { defineRule, type Suggestion } from "../src/rule.js";
import { lineOf } from "../src/facts/layers/above.js";
import { joinRuns } from "../src/facts/layers/join.js";
import { splitIndexes, type SplitIndex } from "../src/facts/layer-findings/split-index.js";
import { toldCommand } from "../src/facts/layers/told.js";

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "Packages installed from an index that another RUN fetched.",
      reason:
        "`apt-get update` and `apt-get install` in two RUNs are cached apart. When the list of packages changes, only the " +
        "install runs again, with an index as old as the cache: it installs old versions, or fails with 404 because " +
        "they are gone. In one RUN the index is always as new as the install. `apk add --no-cache`, dnf, yum and zypper " +
        "fetch what they need themselves.",
      category: "layers",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "The index of some other day",
            code: "FROM debian:12.15\nRUN apt-get update\nRUN apt-get install -y --no-install-recommends curl\n",
          },
          {
            title: "The second install uses the first one's index",
            code: "FROM debian:12.15\nRUN apt-get update && apt-get install -y curl\nWORKDIR /app\nRUN apt-get install -y git\n",
          },
        ],
        good: [
          {
            title: "One RUN",
            code: "FROM debian:12.15\nRUN apt-get update \\\n    && apt-get install -y --no-install-recommends curl \\\n    && rm -rf /var/lib/apt/lists/*\n",
          },
          { title: "No index that is kept", code: "FROM alpine:3.24.1\nRUN apk add --no-cache curl\n" },
        ],
      },
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      split:
        "`{{install}}` uses an index as old as the cached layer of `{{update}}` (line {{line}}). Write `{{update}} && …` in this RUN.",
      fetchHere: "Fetch the index in this RUN: `{{update}} && …`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      for (const split of splitIndexes(sourceCode.facts.layers)) {
        const { update, updating, install, installing, alone } = split;
        const joined = alone ? joinRuns(sourceCode, update.instruction, install.instruction) : null;
        const data = { install: toldCommand(installing), update: toldCommand(updating), line: lineOf(update) };
        report({
          loc: sourceCode.locationOf(installing.range),
          messageId: "split",
          data,
          related: [{ message: "The index is fetched here", loc: sourceCode.locationOf(updating.range) }],
          fix: joined && (() => joined),
          suggest: joined ? null : suggestionsFor(split),
        });
      }
    },
  }),
});

function suggestionsFor({ install: { instruction }, installing }: SplitIndex): Suggestion[] {
  const { name, conditional, user, range } = installing;
  // Only where another command may stand before it as it is written.
  if (instruction.type !== "Run" || instruction.exec || conditional || user !== null) return [];
  const update = `${name} update`;
  const fix: Suggestion["fix"] = (fixer) => fixer.insertTextBeforeRange([range[0], range[1]], `${update} && `);
  return [{ messageId: "fetchHere", data: { update }, fix }];
}
