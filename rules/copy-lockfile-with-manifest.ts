import { defineRule, type Suggestion } from "../src/rule.js";
import type { LintSource } from "../src/facts/facts.js";
import { contextCopy } from "../src/facts/layer-findings/context-copies.js";
import { placedInstalls } from "../src/facts/layer-findings/dependency-installs.js";
import { lockfileLeftBehind, withoutLockfile, type LeftBehind } from "../src/facts/layer-findings/lockfiles.js";
import { written, writtenCommand } from "../src/facts/layers/written.js";

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "A manifest copied for an install without the lockfile that lies beside it.",
      reason:
        "Without its lockfile a package manager resolves all versions anew: the image then depends on the day of the " +
        "build, differs from what was tested, and the cached layer hides it until something above changes. The rule " +
        "reports only where the lockfile is known to be there: in the build context, or because the file copies it " +
        "elsewhere.",
      category: "layers",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "package-lock.json stays behind",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\n",
            files: { "package.json": "{}", "package-lock.json": "{}" },
          },
          {
            title: "It comes too late",
            code: "FROM ruby:3.4.7\nWORKDIR /app\nCOPY Gemfile ./\nRUN bundle install\nCOPY Gemfile.lock ./\n",
          },
        ],
        good: [
          {
            title: "Both",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n",
            files: { "package.json": "{}", "package-lock.json": "{}" },
          },
          {
            title: "A pattern for both",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n",
            files: { "package.json": "{}", "package-lock.json": "{}" },
          },
          {
            title: "A project without a lockfile",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\n",
            files: { "package.json": "{}" },
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      resolves:
        "`{{copy}}` leaves {{lockfile}} behind, so `{{install}}` (line {{line}}) resolves all versions anew. " +
        "Copy both files.",
      fails: "`{{copy}}` leaves {{lockfile}} behind, but `{{install}}` (line {{line}}) needs it. Copy both " + "files.",
      unchecked:
        "`{{copy}}` leaves {{lockfile}} behind, so `{{install}}` (line {{line}}) takes modules unchecked. " +
        "Copy both files.",
      copyBoth: "Copy {{lockfile}}, too",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { layers, files } = sourceCode.facts;
      const named = new Set(layers.steps.flatMap((step) => contextCopy(step)?.sources ?? []));
      const reported = new Set<unknown>();
      for (const placed of placedInstalls(layers)) {
        const { install, earlier, mayBeMade, step } = placed;
        if (earlier || mayBeMade || step.content.length > 0 || install.kind === "build") continue;
        const found = lockfileLeftBehind(placed, files, named);
        if (!found || found.copy.step.triggered || reported.has(found.copy.step.instruction)) continue;
        const { instruction } = found.copy.step;
        reported.add(instruction);
        const data = {
          copy: written(instruction, sourceCode),
          install: writtenCommand(install.command, sourceCode),
          line: sourceCode.getLocFromIndex(install.command.range[0]).line,
          manifest: found.manifest.name,
          lockfile: found.lockfile.name,
        };
        const related = [{ message: "Installed here", loc: sourceCode.locationOf(install.command.range) }];
        const suggest = suggestionsFor(found, data, sourceCode);
        report({ loc: instruction.loc, messageId: withoutLockfile(install), data, suggest, related });
      }
    },
  }),
});

/** The lockfile behind the manifest, where the destination is a folder already. */
function suggestionsFor(
  { copy, manifest, lockfile }: LeftBehind,
  data: Suggestion["data"] & object,
  source: LintSource,
): Suggestion[] {
  const { instruction } = copy.step;
  if ((instruction.type !== "Copy" && instruction.type !== "Add") || instruction.form !== "words" || !copy.intoFolder)
    return [];
  const word = instruction.words.find(({ text }) => text.replace(/^(?:\.?\/)+/, "") === manifest.path);
  const text = word && source.getText(word);
  if (!word || text !== word.text) return [];
  const path = text.slice(0, text.length - manifest.name.length) + lockfile.name;
  return [
    {
      messageId: "copyBoth",
      data,
      fix: (fixer) => fixer.insertTextAfterRange([word.range[0], word.range[1]], ` ${path}`),
    },
  ];
}
