/** The examples in the rules' docs, linted as a run would. */
import { resolve } from "node:path";
import * as unbash from "unbash";
import { openCatalog } from "../../src/catalog.js";
import { filesInMemory } from "../../src/context.js";
import { lintText, type LintOptions } from "../../src/lint.js";
import { loadPolicyText } from "../../src/policy/load.js";
import { resolvePolicy } from "../../src/policy/resolve.js";
import type { LintMessage } from "../../src/result.js";
import type { Example, Rule } from "../../src/rule.js";
import { exampleLock, exampleRegistry } from "./example-registry.js";

type Rules = Readonly<Record<string, Rule>>;

/** The folder that examples lie in; nothing is read from there. */
const FOLDER = "/project";
/** For examples that do not say their day. */
const catalog = openCatalog();
const TODAY = catalog.asOf.endOfLife;

/**
 * What linting `example` takes: all `rules` as they are in `recommended`, because one may be about the others, and
 * rule `name` with the example's options at level error. Throws when the example's policy is wrong.
 */
export function exampleOptions(name: string, rules: Rules, example: Omit<Example, "title" | "code">): LintOptions {
  const filePath = resolve(FOLDER, example.filename ?? "Dockerfile");
  const { policy, errors } = loadPolicyText(`${FOLDER}/fromlint.yaml`, JSON.stringify(example.policy ?? {}));
  if (errors)
    throw new Error(`the policy of an example of ${name}: ${errors.map(({ message }) => message).join("; ")}`);
  const resolved = resolvePolicy(policy, filePath);
  const settings = { ...resolved.rules, [name]: { severity: 2 as const, options: example.options ?? [] } };
  const { files } = example;
  return {
    filePath,
    rules,
    policies: [{ ...resolved, rules: settings }],
    catalog,
    today: example.date ?? TODAY,
    shell: unbash,
    contextFor: () => (files ? filesInMemory(files) : null),
    lock: exampleLock(example.lock),
    registry: exampleRegistry(example.registry, catalog),
  };
}

/** What rule `name` finds in the example. */
export function findingsOf(name: string, rules: Rules, example: Example): readonly LintMessage[] {
  const { messages } = lintText(example.code, exampleOptions(name, rules, example)).result;
  return messages.filter(({ ruleId }) => ruleId === name);
}
