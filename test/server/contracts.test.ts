/** What holds for the actions on every example of every rule. */
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { exampleOptions } from "../../scripts/generate/example.js";
import { codeActionsOf } from "../../server/code-actions.js";
import { inspectDocument, type InspectedDocument } from "../../server/document.js";
import type { LintMessage, Options } from "../../src/index.js";
import { ALL, applied } from "./marked.js";

const examples = Object.entries(rules).flatMap(([name, { meta }]) =>
  meta.docs.examples.bad.map((example) => [`${name}: ${example.title}`, name, example] as const),
);

describe.each(examples)("%s", (_title, name, example) => {
  const { filePath, policies, today } = exampleOptions(name, rules, example);
  const options: Options = { filePath, policies, today, context: null };
  const read = (text: string): InspectedDocument =>
    inspectDocument({ uri: "file:///project/Dockerfile", version: 1, text }, options, "utf-16");
  const document = read(example.code);
  const { messages } = document.result;
  const actions = messages.flatMap((message) => {
    const range = document.positions.rangeAt(
      [0, 0].map(() => document.source.getIndexFromLoc(message)) as [number, number],
    );
    return codeActionsOf(document, { range, diagnostics: [] }, ALL, () => false).map((action) => ({ message, action }));
  });
  const count = (found: readonly LintMessage[], rule: string): number =>
    found.filter(({ ruleId }) => ruleId === rule).length;

  it("each comment that disables a rule makes fewer findings of it, and no other", () => {
    for (const { action } of actions) {
      const [, rule] = /^Disable (\S+) /.exec(action.title) ?? [];
      if (rule === undefined) continue;
      const after = read(applied(example.code, action.edit)).result.messages;
      expect(count(after, rule), action.title).toBeLessThan(count(messages, rule));
      const others = (found: readonly LintMessage[]): string[] =>
        found
          .map(({ ruleId }) => ruleId)
          .filter((id) => id !== rule)
          .sort();
      expect(others(after), action.title).toEqual(others(messages));
    }
  });

  it("each edit leaves no more syntax errors than there were", () => {
    for (const { action } of actions) {
      const after = read(applied(example.code, action.edit));
      expect(after.source.ast.problems.length, action.title).toBeLessThanOrEqual(document.source.ast.problems.length);
    }
  });
});
