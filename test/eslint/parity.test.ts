/** Every case of every rule through our engine and through the real ESLint: the same findings, edits and all. */
import { Linter, type Linter as LinterTypes } from "eslint";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as unbash from "unbash";
import { afterAll, describe, expect, it, vi } from "vitest";
import { rules } from "../../rules/index.js";
import { openCatalog } from "../../src/catalog.js";
import { contextOf } from "../../src/context/context-of.js";
import { lockText } from "../../scripts/generate/example-registry.js";
import plugin, { loadPolicy } from "../../src/eslint.js";
import { loadLock } from "../../src/lock/load.js";
import { lintText } from "../../src/lint.js";
import { loadPolicyFile, loadPolicyText } from "../../src/policy/load.js";
import { isIgnored, resolvePolicy } from "../../src/policy/resolve.js";
import type { Rule } from "../../src/rule.js";
import type { testRule } from "../rules/rule-test.js";
import { root } from "../support/imports.js";

type Cases = Parameters<typeof testRule>[2];
type Case = Cases["valid"][number];

const { collected } = vi.hoisted(() => ({ collected: [] as [rule: string, example: unknown][] }));
vi.mock("../rules/rule-test.js", async (original) => ({
  ...(await original<object>()),
  testRule: (name: string, _rule: Rule, { valid, invalid }: Cases) => {
    for (const each of [...valid, ...invalid]) collected.push([name, each]);
  },
}));
for (const name of Object.keys(rules)) await import(join(root, "test/rules", `${name}.test.ts`));

const folder = mkdtempSync(join(tmpdir(), "fromlint-parity-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const linter = new Linter({ cwd: folder });
const catalog = openCatalog();
const TODAY = "2026-11-21";

/** What both hosts decide alike; severity and waivers are each host's own. */
interface Finding {
  readonly messageId: string;
  readonly message: string;
  readonly place: readonly unknown[];
  readonly fix: unknown;
  readonly suggestions: readonly unknown[];
}

describe.each(Object.entries(rules))("%s", (name, { meta }) => {
  const { bad, good } = meta.docs.examples;
  const own = collected.flatMap(([rule, each]) => (rule === name ? [each as Case] : []));
  const cases: Case[] = [...bad, ...good, ...own];

  it("says the same in both hosts, with the same edits", () => {
    expect(own).not.toHaveLength(0);
    for (const each of cases) {
      const project = projectFor(each);
      expect(fromEslint(name, each, project), each.code).toEqual(fromEngine(name, each, project));
    }
  });
});

interface Project {
  readonly dockerfile: string;
  readonly policy: string;
  readonly context: string | null;
}

let projects = 0;

/** The policy and the build context of a case as files. */
function projectFor({ filename = "Dockerfile", policy = {}, files, lock }: Case): Project {
  const project = join(folder, String((projects += 1)));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  write("fromlint.yaml", JSON.stringify(policy));
  if (lock) write("fromlint.lock", lockText(lock));
  for (const [path, text] of Object.entries(files ?? {})) write(`context/${path}`, text);
  if (files) mkdirSync(join(project, "context"), { recursive: true });
  return {
    dockerfile: join(project, "images", filename.replace(/^\/project\//, "")),
    policy: join(project, "fromlint.yaml"),
    context: files ? join(project, "context") : null,
  };
}

function fromEngine(name: string, each: Case, { dockerfile, policy: file, context }: Project): Finding[] {
  const { policy: loaded, errors } = loadPolicyFile(file);
  if (errors) throw new Error(errors.map(({ message }) => message).join("\n"));
  if (isIgnored(loaded, dockerfile)) return [];
  const policy = resolvePolicy(loaded, dockerfile);
  const settings = { ...policy.rules, [name]: { severity: 2 as const, options: each.options ?? [] } };
  const { messages } = lintText(each.code, {
    filePath: dockerfile,
    rules,
    policies: [{ ...policy, rules: settings, ...(context === null ? {} : { context }) }],
    catalog,
    today: each.date ?? TODAY,
    target: each.target ?? null,
    buildArgs: each.buildArgs ?? {},
    contexts: each.contexts ?? {},
    shell: unbash,
    contextFor: contextOf(dockerfile),
    // ESLint asks no registry, so neither host is told what one holds.
    lock: each.lock ? loadLock(join(dirname(file), "fromlint.lock")).lock : null,
  }).result;
  return messages
    .filter(({ ruleId, messageId }) => ruleId === name && !(name === "valid-waiver" && messageId === "unused"))
    .map(({ messageId, message, line, column, endLine, endColumn, fix = null, suggestions = [] }) => {
      return { messageId, message, place: [line, column, endLine, endColumn], fix, suggestions };
    });
}

function fromEslint(name: string, each: Case, { dockerfile, policy, context }: Project): Finding[] {
  const messages = linter.verify(each.code, configFor(name, each, policy, context), { filename: dockerfile });
  expect(messages.filter(({ ruleId }) => ruleId === null).map(({ message }) => message)).toEqual([]);
  // Of several at one place ESLint keeps the order in which they were reported.
  const sorted = messages.toSorted(
    (a, b) => a.line - b.line || a.column - b.column || (a.message < b.message ? -1 : 1),
  );
  return sorted.map(({ messageId = "", message, line, column, endLine, endColumn, fix = null, suggestions = [] }) => {
    return { messageId, message, place: [line, column, endLine, endColumn], fix, suggestions: suggestions.map(plain) };
  });
}

/** A suggestion as results have it: ESLint keeps the data of its text as well. */
function plain({ messageId, desc, fix }: LinterTypes.LintSuggestion): object {
  return { messageId, desc, fix };
}

function configFor(name: string, each: Case, policy: string, context: string | null): LinterTypes.Config[] {
  const languageOptions = {
    policy: loadPolicy(policy),
    date: each.date ?? TODAY,
    ...(each.target === undefined ? {} : { target: each.target }),
    ...(each.buildArgs ? { buildArgs: { ...each.buildArgs } } : {}),
    ...(each.contexts ? { contexts: { ...each.contexts } } : {}),
    ...(context === null ? {} : { context }),
  };
  return [
    {
      files: ["**/*[a-zA-Z]*"],
      plugins: { fromlint: plugin },
      language: "fromlint/dockerfile",
      languageOptions,
      linterOptions: { reportUnusedDisableDirectives: "off" },
      rules: { [`fromlint/${name}`]: [2, ...(each.options ?? [])] },
    },
  ];
}

describe("options", () => {
  const withOptions = Object.entries(rules).filter(([, { meta }]) => meta.schema.length > 0);

  it.each(withOptions)("%s: both hosts take and refuse the same", (name, { meta }) => {
    const [schema] = meta.schema as [{ properties?: Record<string, unknown> }];
    const properties = Object.keys(schema.properties ?? {});
    const values = [true, -1, 1.5, 3, "text", "", [], ["a", "a"], [1], {}, { a: "b" }, { a: 1 }, null];
    const candidates: unknown[][] = [
      [],
      [{}],
      [{}, {}],
      [{ thereIsNoSuchOption: 1 }],
      ...values.map((value) => [value]),
      ...properties.flatMap((property) => values.map((value) => [{ [property]: value }])),
    ];
    const verdicts = candidates.map((options) => [acceptedByPolicy(name, options), acceptedByEslint(name, options)]);
    expect(verdicts.map(([policy]) => policy)).toEqual(verdicts.map(([, eslint]) => eslint));
    expect(new Set(verdicts.flat())).toEqual(new Set([true, false]));
  });
});

function acceptedByPolicy(name: string, options: readonly unknown[]): boolean {
  const policy = { rules: { [name]: ["error", ...options] } };
  return loadPolicyText(join(folder, "fromlint.yaml"), JSON.stringify(policy)).errors === null;
}

function acceptedByEslint(name: string, options: readonly unknown[]): boolean {
  const config = {
    files: ["**/*[a-zA-Z]*"],
    plugins: { fromlint: plugin },
    language: "fromlint/dockerfile",
    rules: { [`fromlint/${name}`]: ["error", ...options] as LinterTypes.RuleEntry },
  };
  try {
    linter.verify("FROM scratch\n", [config], { filename: join(folder, "Dockerfile") });
    return true;
  } catch (error) {
    expect(String(error)).toContain(`fromlint/${name}`);
    return false;
  }
}
