import type { Plugin } from "esbuild";
import { readFileSync } from "node:fs";
import ts from "typescript";
import { ruleTexts } from "../../src/cli/rule-texts.js";

/** What stands in place of a rule's prose. Its one-line description stays: `--list-rules` shows it. */
const EMPTY: Readonly<Record<string, string>> = { reason: '""', examples: "{ bad: [], good: [] }" };

/**
 * Leaves the reasons and examples of rules out of a bundle, as every start would read them, and puts them into the one
 * module that reports and explanations load when they show them.
 */
export const withoutProse: Plugin = {
  name: "without-prose",
  setup: (build) => {
    build.onLoad({ filter: /[\\/]rules[\\/][\w-]+\.ts$/ }, ({ path }) => {
      return { contents: withoutProseOf(readFileSync(path, "utf8")), loader: "ts" };
    });
    build.onLoad({ filter: /[\\/]src[\\/]cli[\\/]rule-texts\.ts$/ }, () => {
      return { contents: `export const ruleTexts = ${JSON.stringify(ruleTexts)};`, loader: "js" };
    });
  },
};

/** The source of a rule with an empty `reason` and empty `examples` in `docs`. */
export function withoutProseOf(source: string): string {
  const file = ts.createSourceFile("rule.ts", source, ts.ScriptTarget.Latest, true);
  const cuts: { start: number; end: number; text: string }[] = [];
  const visit = (node: ts.Node, inDocs: boolean): void => {
    if (ts.isPropertyAssignment(node)) {
      const name = node.name.getText();
      const text = inDocs && Object.hasOwn(EMPTY, name) ? EMPTY[name] : undefined;
      if (text !== undefined) {
        cuts.push({ start: node.initializer.getStart(), end: node.initializer.getEnd(), text });
        return;
      }
      ts.forEachChild(node, (child) => visit(child, name === "docs"));
      return;
    }
    ts.forEachChild(node, (child) => visit(child, inDocs));
  };
  visit(file, false);
  return cuts.reduceRight((text, cut) => text.slice(0, cut.start) + cut.text + text.slice(cut.end), source);
}
