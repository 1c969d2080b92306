import { defineRule, type Suggestion } from "../src/rule.js";
import { undeclaredGlobals, type UndeclaredGlobal } from "../src/facts/layer-findings/undeclared-globals.js";

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "A global ARG used in a stage that does not declare it.",
      reason:
        "An `ARG` above the first `FROM` holds for the FROM lines alone. In a stage it has no value, and the builder puts " +
        "in nothing without a word, until the stage says `ARG NAME` again (or is built FROM one that does); the default " +
        "is then taken over. A variable of that name which ENV or the shell sets is another one, as may be one that the " +
        "base image brings, such as `NODE_VERSION` on `node`.",
      category: "layers",
      recommended: "warn",
      related: ["buildkit:UndefinedVar"],
      examples: {
        bad: [
          {
            title: "An empty version",
            code: 'ARG APP_VERSION=1.4.2\nFROM alpine:3.24.1\nLABEL org.opencontainers.image.version="$APP_VERSION"\n',
          },
          {
            title: "In a shell",
            code: "ARG RELEASE=1.4.2\nFROM alpine:3.24.1\nRUN wget https://example.com/tool-${RELEASE}.tgz\n",
          },
        ],
        good: [
          {
            title: "Declared again",
            code: "ARG RELEASE=1.4.2\nFROM alpine:3.24.1\nARG RELEASE\nRUN wget https://example.com/tool-${RELEASE}.tgz\n",
          },
          {
            title: "With a word for the case that it is not set",
            code: "ARG RELEASE=1.4.2\nFROM alpine:3.24.1\nRUN wget https://example.com/tool-${RELEASE:-1.4.2}.tgz\n",
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      outOfScope:
        "`{{name}}` has no value here: the ARG of line {{line}} stands above the first FROM and holds for FROM lines alone. Write `ARG {{name}}` in this stage.",
      declare: "Declare `ARG {{name}}` below the FROM",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { declared } = sourceCode.facts.globals;
      for (const found of undeclaredGlobals(sourceCode)) {
        const { name, range } = found;
        const pair = declared.get(name);
        if (!pair) continue;
        report({
          loc: sourceCode.locationOf(range),
          messageId: "outOfScope",
          data: { name, line: pair.loc.start.line },
          related: [{ message: "The global ARG", loc: pair.loc }],
          suggest: suggestionsFor(found),
        });
      }

      function suggestionsFor({ name, stage: { from } }: UndeclaredGlobal): Suggestion[] {
        const { text } = sourceCode;
        const end = text.indexOf("\n", from.range[1]);
        if (end < 0) return [];
        const eol = text.charAt(end - 1) === "\r" ? "\r\n" : "\n";
        const fix: Suggestion["fix"] = (fixer) => fixer.insertTextAfterRange([end, end + 1], `ARG ${name}${eol}`);
        return [{ messageId: "declare", data: { name }, fix }];
      }
    },
  }),
});
