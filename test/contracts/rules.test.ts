/** What holds for every rule, over its examples and the cases of its own tests. */
import { Ajv } from "ajv";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { rules } from "../../rules/index.js";
import { exampleOptions } from "../../scripts/generate/example.js";
import { applyFixes } from "../../src/fix.js";
import { fixText, lintText, type LintOptions } from "../../src/lint.js";
import type { LintMessage } from "../../src/result.js";
import type { Example, Rule } from "../../src/rule.js";
import { parse } from "../../src/syntax/parse.js";
import type { testRule } from "../rules/rule-test.js";
import { root } from "../support/imports.js";

type Cases = Parameters<typeof testRule>[2];
type Case = Cases["valid"][number];

/** The cases of test/rules/<name>.test.ts, which are only collected here. */
const { collected } = vi.hoisted(() => ({
  collected: { valid: [] as [string, unknown][], invalid: [] as [string, unknown][] },
}));
vi.mock("../rules/rule-test.js", async (original) => ({
  ...(await original<object>()),
  testRule: (name: string, _rule: Rule, { valid, invalid }: Cases) => {
    collected.valid.push(...valid.map((each): [string, Case] => [name, each]));
    collected.invalid.push(...invalid.map((each): [string, Case] => [name, each]));
  },
}));
const casesOf = (kind: keyof typeof collected, name: string): Case[] =>
  collected[kind].flatMap(([rule, each]) => (rule === name ? [each as Case] : []));
/** Messages about the bytes of a file and about policy files: no example can lead to them, the command's tests do. */
const NOT_FROM_TEXT: Readonly<Record<string, readonly string[]>> = {
  "valid-syntax": ["unreadable", "notUtf8", "notUtf8As", "notUtf8Binary"],
  "valid-waiver": ["expiredExemption", "unusedExemption"],
};

/** Two lines of 100 columns. */
const TWO_LINES = 200;
/** What stands in a placeholder of a message that no example leads to. */
const USUAL_NAME = 14;
/** Of a name that is longer, only so much counts: it is the user's own, and no rule can make it shorter. */
const LONG_NAME = 32;

for (const name of Object.keys(rules)) {
  if (existsSync(testFile(name))) await import(testFile(name));
}

it("every file in rules/ is a rule of that name", () => {
  const files = readdirSync(join(root, "rules")).filter((file) => file !== "index.ts");
  expect(Object.keys(rules)).toEqual(files.map((file) => file.replace(/\.ts$/, "")).sort());
});

describe.each(Object.entries(rules))("%s", (name, rule) => {
  const { meta } = rule;
  const { bad, good } = meta.docs.examples;
  const [valid, invalid] = [casesOf("valid", name), casesOf("invalid", name)];
  const cases: Case[] = [...bad, ...good, ...valid, ...invalid];
  const optionsOf = (example: Case): LintOptions => ({
    ...exampleOptions(name, rules, example),
    target: example.target ?? null,
    buildArgs: example.buildArgs ?? {},
    contexts: example.contexts ?? {},
  });
  const lint = (example: Case): readonly LintMessage[] =>
    lintText(example.code, optionsOf(example)).result.messages.filter(({ ruleId }) => ruleId === name);
  const found = cases.map((example) => ({ example, messages: lint(example) }));
  const messages = found.flatMap((each) => each.messages);

  it("has tests of its own, for what it reports and for what it leaves alone", () => {
    expect(existsSync(testFile(name))).toBe(true);
    expect(valid).not.toHaveLength(0);
    expect(invalid).not.toHaveLength(0);
  });

  it("says what it is for in one sentence, and why", () => {
    expect(meta.docs.description).toMatch(/^[A-Z`].*\.$/);
    expect(meta.docs.reason).toMatch(/\.$/);
    expect(bad).not.toHaveLength(0);
    expect(good).not.toHaveLength(0);
  });

  it.each(bad.map(titled))("reports: %s", (_title, example) => {
    expect(lint(example).map(({ ruleId }) => ruleId)).toContain(name);
  });

  it.each(good.map(titled))("leaves alone: %s", (_title, example) => {
    expect(lint(example)).toEqual([]);
  });

  it("uses every message", () => {
    const used = messages.flatMap(({ messageId, suggestions = [] }) => [
      messageId,
      ...suggestions.map((suggestion) => suggestion.messageId),
    ]);
    const declared = Object.keys(meta.messages);
    expect(used.filter((id) => !declared.includes(id))).toEqual([]);
    expect(declared.filter((id) => !used.includes(id))).toEqual(NOT_FROM_TEXT[name] ?? []);
  });

  it("leaves no placeholder in a message", () => {
    const texts = messages.flatMap(({ message, suggestions = [] }) => [
      message,
      ...suggestions.map(({ desc }) => desc),
    ]);
    expect(texts.filter((text) => /\{\{|undefined|\[object/.test(text))).toEqual([]);
  });

  it("says it in two lines of a terminal, and what to do about it in as many", () => {
    const shown = messages.flatMap(({ message, suggestions = [] }) => [
      `warning[${name}]: ${message}`,
      ...suggestions.map(({ desc }) => `   = help: ${desc}`),
    ]);
    const neverShown = NOT_FROM_TEXT[name] ?? [];
    const written = Object.entries(meta.messages).flatMap(([messageId, template]) => {
      const usual = template.replace(/\{\{[^}]*\}\}/g, "x".repeat(USUAL_NAME));
      return neverShown.includes(messageId) ? [`warning[${name}]: ${usual}`] : [];
    });
    const counted = (text: string): string => {
      return text.replace(/`([^`]*)`/g, (_quoted, quote: string) => `\`${quote.slice(0, LONG_NAME)}\``);
    };
    expect([...shown, ...written].filter((text) => counted(text).length > TWO_LINES)).toEqual([]);
  });

  it("points at places in the text", () => {
    for (const { example, messages: here } of found) {
      const lines = example.code.split(/\r?\n/);
      for (const { line, column, endLine, endColumn } of here) {
        expect(column).toBeGreaterThan(0);
        expect(endLine > line || (endLine === line && endColumn >= column)).toBe(true);
        expect(endColumn).toBeLessThanOrEqual((lines[endLine - 1] ?? "").length + 1);
      }
    }
  });

  it("declares the fixes and suggestions that it makes, and makes those that it declares", () => {
    expect(messages.some(({ fix }) => fix !== undefined)).toBe(meta.fixable === "code");
    expect(messages.some(({ suggestions }) => suggestions !== undefined)).toBe(meta.hasSuggestions === true);
  });

  it("has fixes that come to an end and leave a file that parses", () => {
    for (const example of cases) {
      const { output = example.code, messages: left } = fixText(example.code, optionsOf(example)).result;
      expect(left.filter(({ fix }) => fix !== undefined)).toEqual([]);
      expect(problemsOf(output)).toBeLessThanOrEqual(problemsOf(example.code));
    }
  });

  it("has suggestions that leave a file that parses", () => {
    for (const { example, messages: here } of found) {
      for (const { fix } of here.flatMap(({ suggestions = [] }) => suggestions)) {
        expect(problemsOf(applyFixes(example.code, [fix]))).toBeLessThanOrEqual(problemsOf(example.code));
      }
    }
  });

  it("has suggestions after which that finding is gone", () => {
    const key = ({ messageId, message }: LintMessage): string => `${messageId} ${message.replace(/\d+/g, "")}`;
    for (const { example, messages: here } of found) {
      for (const message of here) {
        for (const { fix, desc } of message.suggestions ?? []) {
          const code = applyFixes(example.code, [fix]);
          const before = here.filter((one) => key(one) === key(message)).length;
          const after = lint({ ...example, code }).filter((one) => key(one) === key(message)).length;
          expect({ code, desc, after: after < before }).toEqual({ code, desc, after: true });
        }
      }
    }
  });

  it("has options that are described, fit their schema, and change what is reported", () => {
    const ajv = new Ajv({ strict: true, strictTypes: false, strictTuples: false });
    const { length } = meta.schema;
    const isValid = ajv.compile({ type: "array", maxItems: length, ...(length > 0 ? { items: meta.schema } : {}) });
    for (const { options = [] } of cases) expect({ options, fits: isValid(options) }).toEqual({ options, fits: true });
    expect(isValid(meta.defaultOptions)).toBe(true);

    expect(undescribed(meta.schema)).toEqual([]);
    const unused = optionNames(meta.schema).filter(
      (option) => !cases.some((example) => makesADifference(option, example)),
    );
    expect(unused).toEqual([]);
  });

  /** Whether the findings are others without this option. */
  function makesADifference(option: string, example: Case): boolean {
    if (!example.options?.some((item) => isObject(item) && option in item)) return false;
    const without = example.options.map((item) => (isObject(item) ? omit(item, option) : item));
    return JSON.stringify(lint({ ...example, options: without })) !== JSON.stringify(lint(example));
  }
});

function testFile(name: string): string {
  return join(root, "test/rules", `${name}.test.ts`);
}

function titled(example: Example): [string, Example] {
  return [example.title, example];
}

function problemsOf(code: string): number {
  return parse(code).ast.problems.length;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function omit(value: Readonly<Record<string, unknown>>, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

function optionNames(schema: readonly object[]): string[] {
  return schema.flatMap((item) => Object.keys((item as { properties?: object }).properties ?? {}));
}

/** Paths of the properties in the schema, at any depth, that say nothing about themselves. */
function undescribed(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => undescribed(item, `${path}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    if (key !== "properties" || !isObject(child)) return undescribed(child, `${path}.${key}`);
    return Object.entries(child).flatMap(([name, property]) => [
      ...(isObject(property) && typeof property.description === "string" ? [] : [`${path}.${name}`]),
      ...undescribed(property, `${path}.${name}`),
    ]);
  });
}
