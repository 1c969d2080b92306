/** RuleTester's table style for our rules: `valid` is silent, `invalid` reports exactly what is listed. */
import { describe, expect, it } from "vitest";
import * as unbash from "unbash";
import { openCatalog } from "../../src/catalog.js";
import { filesInMemory } from "../../src/context.js";
import { fixText, lintText, type LintOptions } from "../../src/lint.js";
import type { RuleSetting } from "../../src/policy/policy.js";
import type { LintMessage } from "../../src/result.js";
import type { Example, Rule } from "../../src/rule.js";
import { exampleLock, exampleRegistry } from "../../scripts/generate/example-registry.js";
import { testPolicy } from "./test-policy.js";

interface Case {
  /** What the case shows; the code when left out. */
  readonly name?: string;
  readonly code: string;
  /** Keys of the policy file. */
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly options?: readonly unknown[];
  readonly date?: string;
  readonly filename?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly contexts?: Readonly<Record<string, string>>;
  readonly target?: string;
  /** The build context: path -> text. Left out: not known. */
  readonly files?: Readonly<Record<string, string>>;
  /** As in the examples of a rule. */
  readonly lock?: NonNullable<Example["lock"]>;
  readonly registry?: NonNullable<Example["registry"]>;
}

interface ExpectedError {
  readonly messageId: string;
  /** The whole message, or a part as a regular expression. */
  readonly message?: string | RegExp;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** What the code becomes with each suggestion applied, in order. */
  readonly suggestions?: readonly string[];
}

interface InvalidCase extends Case {
  readonly errors: readonly ExpectedError[];
  /** The code after all fixes; left out when nothing may be fixed. */
  readonly output?: string;
}

/** The day on which examples are linted unless they say another. */
const TODAY = "2026-11-21";

const catalog = openCatalog();

type Rules = Readonly<Record<string, Rule>>;

/** `others` run beside the rule, for what it says about them; their own findings are not looked at. */
export function testRule(
  name: string,
  rule: Rule,
  cases: { valid: readonly Case[]; invalid: readonly InvalidCase[] },
  others: Rules = {},
): void {
  const lint = (example: Case): readonly LintMessage[] => {
    const { messages } = lintText(example.code, optionsOf(name, rule, others, example)).result;
    return messages.filter(({ ruleId }) => ruleId === name);
  };
  describe(name, () => {
    describe("is silent on", () => {
      it.each(cases.valid.map(titled))("%s", (_title, example) => {
        expect(lint(example)).toEqual([]);
      });
    });
    describe("reports", () => {
      it.each(cases.invalid.map(titled))("%s", (_title, example) => {
        const messages = lint(example);
        expect(messages.map(({ messageId }) => messageId)).toEqual(example.errors.map(({ messageId }) => messageId));
        example.errors.forEach((expected, index) => matches(messages[index], expected, example.code));
        const { output } = fixText(example.code, optionsOf(name, rule, others, example)).result;
        expect(output ?? example.code).toBe(example.output ?? example.code);
      });
    });
  });
}

function titled<Example extends Case>(example: Example): [string, Example] {
  return [example.name ?? JSON.stringify(example.code), example];
}

function matches(message: LintMessage | undefined, expected: ExpectedError, code: string): void {
  if (!message) throw new Error("no message");
  expect(message.message).not.toMatch(/\{\{/);
  const { message: text, suggestions, ...position } = expected;
  if (typeof text === "string") expect(message.message).toBe(text);
  else if (text) expect(message.message).toMatch(text);
  expect(message).toMatchObject(position);
  if (suggestions) {
    const outputs = (message.suggestions ?? []).map(({ fix }) => {
      return code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
    });
    expect(outputs).toEqual(suggestions);
  }
}

function optionsOf(name: string, rule: Rule, others: Rules, example: Case): LintOptions {
  const settings: Record<string, RuleSetting> = { [name]: { severity: 2, options: example.options ?? [] } };
  for (const other of Object.keys(others)) settings[other] = { severity: 2, options: [] };
  return {
    filePath: example.filename ?? "/project/Dockerfile",
    rules: { ...others, [name]: rule },
    policies: [testPolicy(example.policy ?? {}, settings)],
    catalog,
    today: example.date ?? TODAY,
    target: example.target ?? null,
    buildArgs: example.buildArgs ?? {},
    contexts: example.contexts ?? {},
    shell: unbash,
    contextFor: () => (example.files ? filesInMemory(example.files) : null),
    lock: exampleLock(example.lock),
    registry: exampleRegistry(example.registry, catalog),
  };
}
