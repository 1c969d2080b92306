import { defineRule, type Suggestion } from "../src/rule.js";
import { lineOf } from "../src/facts/layers/above.js";
import { linesOf } from "../src/facts/layers/move.js";
import { recursiveOwnership, type RecursiveOwnership } from "../src/facts/layer-findings/recursive-ownership.js";
import { toldCommand, toldStep } from "../src/facts/layers/told.js";

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "`chown -R` and `chmod -R` over files that an earlier layer brought.",
      reason:
        "A file whose owner or mode changes is written again, whole, into the new layer: `chown -R` over the application " +
        "stores all of it twice. `COPY --chown` and `COPY --chmod` write it once, as it shall be. Folders made in the " +
        "same RUN and empty ones cost nothing and are left alone; so are stages that are not exported.",
      category: "layers",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "The application, twice",
            code: "FROM node:24.19.0\nCOPY . /app\nRUN chown -R node:node /app\nUSER node\n",
          },
          {
            title: "With everything that was installed",
            code: "FROM node:24.19.0\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nRUN chown -R node /app\nUSER node\n",
          },
        ],
        good: [
          { title: "Copied for its owner", code: "FROM node:24.19.0\nCOPY --chown=node:node . /app\nUSER node\n" },
          {
            title: "A folder of the same RUN",
            code: "FROM node:24.19.0\nCOPY . /app\nRUN mkdir -p /data/cache && chown -R node:node /data\nUSER node\n",
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      copied:
        "`{{command}}` writes all that `{{source}}` (line {{line}}) brought into a second layer. Set it while copying: `{{keyword}} --{{flag}}…`.",
      installed:
        "`{{command}}` writes all that `{{source}}` (line {{line}}) installed into a second layer. Do it in that RUN{{or}}.",
      useFlag: "Write `{{keyword}} --{{flag}}` and remove this RUN",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { facts } = sourceCode;
      for (const found of recursiveOwnership(facts.layers, () => facts.files)) {
        const { command, source } = found;
        const data = {
          command: toldCommand(command),
          source: toldStep(source),
          line: lineOf(source),
          keyword: source.instruction.keyword.text.toUpperCase(),
          flag: command.name === "chmod" ? "chmod=" : "chown=",
          or: command.name === "chmod" ? "" : ", or install as that user",
        };
        report({
          loc: sourceCode.locationOf(command.range),
          messageId: source.copied ? "copied" : "installed",
          data,
          related: [{ message: "Brought here", loc: source.instruction.loc }],
          suggest: suggestionsFor(found),
        });
      }

      /** Where the COPY alone can do all that the RUN does. */
      function suggestionsFor({ step, command, value, source, only }: RecursiveOwnership): Suggestion[] {
        const { script } = step.work;
        const isOneCommand = script?.kind === "commands" && script.complete && script.commands.length === 1;
        const lines = linesOf(sourceCode, step.instruction);
        const name = command.name === "chmod" ? "chmod" : "chown";
        const written = value === null ? null : asFlag(command.name, value);
        const isPlain =
          /^[\w.-]*(?::[\w.-]*)?$/.test(written ?? "$") && (name === "chown" || /^[0-7]{3,4}$/.test(value ?? ""));
        const isSet = source.instruction.flags.some((flag) => flag.name === name);
        const wholes = command.args.filter(({ prefix }) => !prefix.startsWith("-")).length === 2;
        if (!source.copied || !only || !isOneCommand || !lines || !isPlain || isSet || !wholes || source.triggered)
          return [];
        const { keyword } = source.instruction;
        const flag = `${name}=${written ?? ""}`;
        const fix: Suggestion["fix"] = (fixer) => [
          fixer.insertTextAfterRange([keyword.range[0], keyword.range[1]], ` --${flag}`),
          fixer.removeRange([lines[0], lines[1]]),
        ];
        return [{ messageId: "useFlag", data: { keyword: keyword.text.toUpperCase(), flag }, fix }];
      }
    },
  }),
});

/**
 * What `--chown` has to say for the same owner: `chown 1001` leaves the group, which is root's behind a COPY, while
 * `--chown=1001` also means the group 1001, and `--chown=node` the user's own one (BuildKit, ops/user_linux.go).
 */
function asFlag(command: string, value: string): string {
  if (command === "chgrp") return `0:${value}`;
  if (command !== "chown") return value;
  return value.includes(":") ? value.replace(/:$/, "").replace(/^:/, "0:") : `${value}:0`;
}
