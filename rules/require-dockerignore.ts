import { defineRule } from "../src/rule.js";
import { contextCopy } from "../src/facts/layer-findings/context-copies.js";
import { isLikelyContext } from "../src/facts/layer-findings/likely-context.js";
import { inWords } from "../src/facts/layer-findings/source-first.js";
import { written } from "../src/facts/layers/written.js";

/** What hardly anybody wants in an image, in the order in which it hurts. */
const UNWANTED = [
  ...[
    ".env",
    ".git",
    ".ssh",
    ".aws",
    "node_modules",
    ".venv",
    "venv",
    "__pycache__",
    "target",
    "build",
    "dist",
    "bin",
    "obj",
  ],
  ...[".idea", ".vscode", ".github", "Dockerfile", "compose.yaml", "docker-compose.yml", "README.md"],
];

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "The whole build context is copied, and no ignore file leaves anything out.",
      reason:
        "`COPY . .` takes what lies there: `.git`, local builds, `node_modules` for another system, files with secrets. " +
        "They end up in the image, are sent with every build, and each change of one of them, a commit for example, " +
        "makes the copy and all steps below it run again. A `.dockerignore` beside the Dockerfile leaves them out; one " +
        "named after it (`prod.Dockerfile.dockerignore`) comes first. Needs the build context, so it says nothing " +
        "where that is not known.",
      category: "layers",
      recommended: "strict",
      examples: {
        bad: [
          {
            title: "No ignore file",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY . .\n",
            files: { "server.js": "", ".git/HEAD": "", "node_modules/x/index.js": "" },
          },
        ],
        good: [
          {
            title: "With one",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY . .\n",
            files: { "server.js": "", ".dockerignore": ".git\nnode_modules\n" },
          },
          {
            title: "A folder alone",
            code: "FROM nginx:1.31.1\nCOPY public /usr/share/nginx/html\n",
            files: { "public/index.html": "" },
          },
          { title: "An unknown build context", code: "FROM node:24.19.0\nCOPY . .\n" },
        ],
      },
    },
    messages: {
      unwanted:
        "`{{copy}}` takes the whole build context, also {{names}}, and there is no .dockerignore. Write one that leaves them out.",
      none: "`{{copy}}` takes the whole build context, and there is no .dockerignore. Write one, so that later files do not slip in.",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { layers, files } = sourceCode.facts;
      if (files?.ignoreFile !== null || !isLikelyContext(sourceCode.facts, files)) return;
      const step = layers.steps.find((one) => !one.triggered && contextCopy(one)?.sources.includes("") === true);
      if (!step) return;
      const names = UNWANTED.filter((name) => files.has(name)).slice(0, 3);
      const data = { copy: written(step.instruction, sourceCode), names: inWords(names) };
      report({ loc: step.instruction.loc, messageId: names.length > 0 ? "unwanted" : "none", data });
    },
  }),
});
