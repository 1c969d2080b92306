import { defineRule, type FixFunction } from "../src/rule.js";
import { lineOf } from "../src/facts/layers/above.js";
import { lateInstalls, type LateInstall } from "../src/facts/layer-findings/late-installs.js";
import { moveStep } from "../src/facts/layers/move.js";
import { canMove } from "../src/facts/layers/swap.js";
import { toldCommand, toldStep } from "../src/facts/layers/told.js";

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "System packages and global tools that are installed below the application's source.",
      reason:
        "Every change of the source re-runs what stands below its `COPY`. An install of packages or tools that are named " +
        "on the command line reads nothing of it, and above the `COPY` it would stay in the cache. Installs of local " +
        "packages, those that read a list from a copied file, and those whose sources, keys or settings were just " +
        "copied are left alone.",
      category: "layers",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "Every change of the source downloads ffmpeg again",
            code: "FROM debian:12.15\nWORKDIR /app\nCOPY . .\nRUN apt-get update && apt-get install -y ffmpeg\n",
          },
          {
            title: "A tool for the whole image",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY . .\nRUN npm install -g pm2\n",
          },
        ],
        good: [
          {
            title: "Packages first",
            code: "FROM debian:12.15\nRUN apt-get update && apt-get install -y ffmpeg\nWORKDIR /app\nCOPY . .\n",
          },
          {
            title: "A list that comes with the source",
            code: "FROM debian:12.15\nCOPY . /app\nRUN apt-get update && apt-get install -y $(cat /app/packages.txt)\n",
          },
        ],
      },
    },
    fixable: "code",
    messages: {
      late: "Any edit under `{{source}}` (line {{from}}) re-runs `{{command}}`, which reads none of it. Put it above line {{from}}.",
      inherited:
        "Any edit under `{{source}}` (line {{from}}, stage `{{stage}}`) re-runs `{{command}}` for nothing. Put it above that, or use a stage without it.",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { layers } = sourceCode.facts;
      for (const late of lateInstalls(layers)) {
        const { step, cause, commands } = late;
        const [command] = commands;
        if (!command) continue;
        const data = {
          source: toldStep(cause),
          from: lineOf(cause),
          command: toldCommand(command),
          stage: cause.stage.name ?? cause.stage.index,
        };
        const messageId = step.stage === cause.stage ? "late" : "inherited";
        const related = [{ message: "What changes with every commit", loc: cause.instruction.loc }];
        report({ loc: step.instruction.loc, messageId, data, related, fix: fixFor(late) });
      }

      function fixFor({ step, cause }: LateInstall): FixFunction | null {
        if (step.stage !== cause.stage || !canMove(step, cause, layers.steps).ok) return null;
        return () => moveStep(sourceCode, step.instruction, "before", cause.instruction);
      }
    },
  }),
});
