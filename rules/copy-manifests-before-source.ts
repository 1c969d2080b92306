import { defineRule } from "../src/rule.js";
import { toldStep } from "../src/facts/layers/told.js";
import { writtenCommand } from "../src/facts/layers/written.js";
import { installFirst, isProven, manifestCopy } from "../src/facts/layer-findings/install-first.js";
import { alsoAt, sourceBeforeInstall } from "../src/facts/layer-findings/source-first.js";
import { splitOf } from "../src/facts/layer-findings/split-install.js";

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "Source copied before the dependencies are installed.",
      reason:
        "A step is built again when a step above it changes. Where the whole project is copied before `npm ci`, every " +
        "edit of the source downloads all dependencies again, though they rest on the manifest and the lockfile alone. " +
        "Copied first, these two keep the install in the cache until one of them changes. With the build context known, " +
        "the rule looks into the manifests: it is silent where installing needs more of the project, such as a " +
        "`postinstall` script or a local package, and fixes where the same image comes out.",
      category: "layers",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "Node.js",
            code: 'FROM node:24.19.0\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
          },
          {
            title: "Python",
            code: "FROM python:3.14.2\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n",
          },
          {
            title: "The manifests have a COPY of their own, but the source comes before the install, too",
            code: "FROM golang:1.27.0\nWORKDIR /src\nCOPY go.mod go.sum ./\nCOPY . .\nRUN go mod download\nRUN go build ./...\n",
          },
          {
            title: "An install that also builds the project, to be split",
            code: "FROM python:3.14.2\nWORKDIR /app\nCOPY . .\nRUN poetry install\n",
          },
        ],
        good: [
          {
            title: "Manifests, install, source",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n",
          },
          {
            title: "Packages named on the command line",
            code: "FROM python:3.14.2\nCOPY . /app\nRUN pip install flask==3.1.2\n",
          },
          {
            title: "A script of the project runs with the install",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY . .\nRUN npm ci\n",
            files: {
              "package.json": '{ "scripts": { "postinstall": "node scripts/icons.js" } }',
              "package-lock.json": "{}",
              "scripts/icons.js": "",
            },
          },
        ],
      },
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      source:
        "Any edit under `{{copy}}` (line {{copyLine}}) re-runs `{{install}}`. Copy only {{reads}} " +
        "first, install, then copy the rest.",
      order:
        "Any edit under `{{copy}}` (line {{copyLine}}) re-runs `{{install}}`, which reads only {{reads}}. " +
        "Move that copy below it{{others}}.",
      split: "Any edit under `{{copy}}` (line {{copyLine}}) re-runs this. Copy {{split}}.",
      copyFirst: "Write `{{manifests}}`, then the install, then `{{copy}}`",
      move: "Move `{{copy}}` below the install",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { layers, files } = sourceCode.facts;
      for (const found of sourceBeforeInstall(layers, files)) {
        const { copy, install, withManifests, reads } = found;
        const split = splitOf(install);
        const data = {
          copy: toldStep(copy.step),
          copyLine: copy.step.instruction.loc.start.line,
          install: writtenCommand(install.command, sourceCode),
          reads,
          split: split ?? "",
          others: alsoAt(found.others),
          manifests: withManifests && found.needed ? manifestCopy(found) : "",
        };
        const edit = split === null ? installFirst(found, layers, sourceCode) : null;
        const fix = edit && (() => edit);
        const suggestion = fix && { messageId: withManifests ? "copyFirst" : "move", data, fix };
        const isSure = fix !== null && isProven(found, layers, files);
        report({
          loc: sourceCode.locationOf(install.command.range),
          messageId: split !== null ? "split" : withManifests ? "source" : "order",
          data,
          fix: isSure ? fix : null,
          suggest: !isSure && suggestion ? [suggestion] : null,
          related: [{ message: "Copied here", loc: copy.step.instruction.loc }],
        });
      }
    },
  }),
});
