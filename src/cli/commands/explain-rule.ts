/** `fromlint explain RULE`. */
import { rules } from "../../../rules/index.js";
import { withDefaults } from "../../engine.js";
import type { Policy } from "../../policy/policy.js";
import { printableRule } from "../../policy/print.js";
import { severityText, strictSeverity } from "../../policy/severity-words.js";
import { yamlText } from "../../policy/yaml-text.js";
import { ruleJson, ruleText, type ExplainedRule, type RuleHere } from "../../report/explain-rule.js";
import { optionRows } from "../../report/rule-options.js";
import { rulePage } from "../../rule-page.js";
import type { RuleMeta } from "../../rule.js";
import { ruleTexts } from "../rule-texts.js";
import type { Show } from "./explain.js";

/** Shows the rules of these names (all of them exist) under the policies that hold here. */
export async function explainRules(
  names: readonly string[],
  policies: readonly Policy[],
  cwd: string,
  show: Show,
): Promise<void> {
  const explained = names.flatMap((name) => {
    const meta = rules[name]?.meta;
    return meta ? [explainedRule(name, meta, policies, cwd)] : [];
  });
  await show({
    json: () => ruleJson(explained),
    text: ({ width, colors }) => explained.map((rule) => ruleText(rule, { width, colors, yaml: yamlText })).join("\n"),
  });
}

function explainedRule(name: string, meta: RuleMeta, policies: readonly Policy[], cwd: string): ExplainedRule {
  const { docs, schema, defaultOptions, fixable, hasSuggestions } = meta;
  const { reason = "", examples = { bad: [], good: [] } } = ruleTexts[name] ?? {};
  return {
    rule: name,
    description: docs.description,
    category: docs.category,
    reason,
    recommended: severityText(name, docs.recommended),
    strict: strictSeverity(name),
    here: policies.map((policy) => ruleHere(name, defaultOptions, policy, cwd)),
    fixable: fixable !== undefined,
    hasSuggestions: hasSuggestions === true,
    related: (docs.related ?? []).map((code) =>
      code.replace(/^hadolint:/, "hadolint ").replace(/^buildkit:/, "BuildKit "),
    ),
    page: rulePage(name),
    options: optionRows(schema, defaultOptions),
    examples,
  };
}

function ruleHere(name: string, defaults: readonly unknown[], policy: Policy, cwd: string): RuleHere {
  const { severity, from, locked = null, options = [] } = printableRule(policy, name, cwd);
  const [own = {}] = withDefaults(defaults, options) as [Readonly<Record<string, unknown>>?];
  return { severity, from: presetWords(from, policy), locked, options: own };
}

/** Without a policy file the preset holds of itself. */
function presetWords(from: string, { file }: Policy): string {
  if (from === "recommended" || from === "strict") {
    return file === null ? `the preset ${from}; there is no fromlint.yaml here` : `the preset ${from}`;
  }
  return from;
}
