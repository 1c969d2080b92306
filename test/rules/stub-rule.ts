/** Rules for tests of the engine: they report where a pattern stands in the text. */
import { defineRule, type Rule, type RuleContext } from "../../src/rule.js";

interface Stub {
  /** What to write there instead, as a fix. */
  readonly fix?: (found: string) => string;
  /** The same as a suggestion. */
  readonly suggest?: (found: string) => string;
  /** Codes of other linters. */
  readonly related?: readonly string[];
}

/** Reports every place where `pattern` stands, with the message `found TEXT`. */
export function stubRule(pattern: RegExp, { fix, suggest, related = [] }: Stub = {}): Rule {
  return ruleOf(related, ({ sourceCode, report }) => ({
    Dockerfile() {
      for (const match of sourceCode.text.matchAll(new RegExp(pattern, "g"))) {
        const [found] = match;
        const range: [number, number] = [match.index, match.index + found.length];
        report({
          loc: sourceCode.locationOf(range),
          messageId: "found",
          data: { found },
          fix: fix ? (fixer) => fixer.replaceTextRange(range, fix(found)) : null,
          suggest: suggest
            ? [
                {
                  messageId: "instead",
                  data: { text: suggest(found) },
                  fix: (fixer) => fixer.replaceTextRange(range, suggest(found)),
                },
              ]
            : null,
        });
      }
    },
  }));
}

/** A rule with this `create`. */
export function ruleOf(related: readonly string[], create: (context: RuleContext) => ReturnType<Rule["create"]>): Rule {
  return defineRule({
    meta: {
      type: "problem",
      docs: {
        description: "",
        reason: "",
        category: "bases",
        recommended: "error",
        related,
        examples: { bad: [], good: [] },
      },
      messages: { found: "found {{ found }}", instead: "write {{ text }}" },
      schema: [],
      defaultOptions: [],
    },
    create,
  });
}
