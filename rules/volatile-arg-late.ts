import { defineRule, type FixFunction } from "../src/rule.js";
import { lineOf } from "../src/facts/layers/above.js";
import { volatileNames, type VolatileName } from "../src/facts/layer-findings/build-metadata.js";
import { moveStep } from "../src/facts/layers/move.js";
import { canMove } from "../src/facts/layers/swap.js";
import { toldCost, toldStep } from "../src/facts/layers/told.js";

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "Build numbers, commits and dates that are declared above RUNs which do not need them.",
      reason:
        "An `ARG` with a value, and every `ENV`, is in the cache key of all RUNs below it, also of those that never use " +
        "it. Where each build gives another value (a commit, a date, a build number), none of them is ever taken from " +
        "the cache. Declared directly above its first use it costs nothing; a `LABEL` that uses it is in no key and can come along. A default that pins something is another " +
        "matter, and so is the version of a tool: those change when somebody wants them to.",
      category: "layers",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "Each commit downloads the modules again",
            code:
              "FROM golang:1.27.0\nWORKDIR /src\nARG GIT_SHA\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\n" +
              'RUN go build -ldflags "-X main.commit=$GIT_SHA" -o /app .\n',
          },
          {
            title: "An ENV made of it",
            code: "FROM debian:12.15\nARG BUILD_DATE\nENV BUILD_DATE=$BUILD_DATE\nRUN apt-get update && apt-get install -y curl\n",
          },
        ],
        good: [
          {
            title: "Directly above its first use",
            code:
              "FROM golang:1.27.0\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nARG GIT_SHA\n" +
              'RUN go build -ldflags "-X main.commit=$GIT_SHA" -o /app .\n',
          },
          {
            title: "A version that the next RUN needs",
            code: "FROM debian:12.15\nARG NODE_VERSION=24.19.0\nRUN curl -fsSLo /node.tgz https://nodejs.org/dist/v$NODE_VERSION/node.tgz\n",
          },
          {
            title: "Only COPY below it",
            code: "FROM alpine:3.24.1\nARG BUILD_NUMBER\nLABEL build=$BUILD_NUMBER\nCOPY . /app\n",
          },
        ],
      },
    },
    fixable: "code",
    messages: {
      early:
        "Every build with another `{{name}}` re-runs `{{command}}` (line {{line}}){{more}}, without use for it. Declare it directly above line {{user}}, {{use}}.",
      unused:
        "Every build with another `{{name}}` re-runs `{{command}}` (line {{line}}){{more}}, and no step below uses it. Put it behind the last RUN, if anybody needs it.",
      labelled:
        "Every build with another `{{name}}` re-runs `{{command}}` (line {{line}}){{more}}, without use for it. Move it and `{{label}}` (line {{labelLine}}) {{place}}.",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { steps } = sourceCode.facts.layers;
      for (const found of volatileNames(sourceCode.facts)) {
        const { name, step, wasted, user, label } = found;
        const [first] = wasted;
        if (!first) continue;
        const more = wasted.length - 1;
        const shared = {
          name,
          command: toldCost(first),
          line: lineOf(first),
          more: more === 0 ? "" : ` and ${more} more step${more > 1 ? "s" : ""}`,
        };
        const related = wasted.map(({ instruction }) => ({ message: "Re-run for nothing", loc: instruction.loc }));
        const { loc } = step.instruction;
        if (label) {
          const place = user ? `directly above line ${lineOf(user)}` : "behind the last RUN";
          const data = { ...shared, place, label: toldStep(label), labelLine: lineOf(label) };
          report({ loc, messageId: "labelled", data, related });
        } else if (user) {
          const isNamed = user.instruction.args?.text.includes(name) === true;
          const use = isNamed ? "its first use" : "the first step that may read it";
          const data = { ...shared, user: lineOf(user), use };
          report({ loc, messageId: "early", data, related, fix: fixFor(found) });
        } else report({ loc, messageId: "unused", data: shared, related });
      }

      /** Moves it to directly above its first use. */
      function fixFor({ step, user }: VolatileName): FixFunction | null {
        const last = user && steps[user.index - 1];
        if (!last || last.triggered || last.stage !== step.stage || !canMove(step, last, steps).ok) return null;
        return () => moveStep(sourceCode, step.instruction, "behind", last.instruction);
      }
    },
  }),
});
