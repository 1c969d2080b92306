/** Our rules as ESLint's: the same objects, silent where the policy says that a finding does not count. */
import { isDeepStrictEqual } from "node:util";
import { rules } from "../../rules/index.js";
import { withDefaults } from "../engine.js";
import { placeOf, type Policy } from "../policy/policy.js";
import { rulePage } from "../rule-page.js";
import type { Report, Rule, RuleContext, Visitor } from "../rule.js";
import { waive } from "../waive.js";
import type { HostedSource } from "./source-code.js";

type HostedContext = RuleContext & { readonly sourceCode: HostedSource };

/** Every rule for the language `dockerfile`. */
export const eslintRules: Readonly<Record<string, Rule>> = Object.fromEntries(
  Object.entries(rules).map(([name, rule]) => [name, eslintRule(name, rule)]),
);

function eslintRule(name: string, rule: Rule): Rule {
  const docs = { ...rule.meta.docs, url: rulePage(name) };
  const meta = { ...rule.meta, docs, languages: ["fromlint/dockerfile"] };
  const create = (context: RuleContext): Visitor => {
    const hosted = context as HostedContext;
    const { sourceCode } = hosted;
    const { policy } = sourceCode.facts.inputs;
    if (sourceCode.host.isIgnored || isTurnedOff(name, policy)) return {};
    return rule.create({
      id: context.id,
      options: optionsFor(name, rule, hosted.options, policy),
      filename: context.filename,
      sourceCode,
      report: (report) => isWaived(name, report, sourceCode) || context.report(report),
    });
  };
  return { meta, create };
}

/** By a policy file: what the presets have is the config's to choose. */
function isTurnedOff(name: string, policy: Policy): boolean {
  return policy.rules[name]?.severity === 0 && placeOf(policy, `rules/${name}`) !== null;
}

/** The config's options, or the policy's where the config gives none. */
function optionsFor(
  name: string,
  { meta: { defaultOptions } }: Rule,
  options: readonly unknown[],
  policy: Policy,
): readonly unknown[] {
  const own = policy.rules[name]?.options ?? [];
  if (own.length === 0 || !isDeepStrictEqual(options, defaultOptions)) return options;
  return withDefaults(defaultOptions, own);
}

function isWaived(name: string, { loc, messageId }: Report, source: HostedSource): boolean {
  const place = {
    line: loc.start.line,
    column: loc.start.column,
    endLine: loc.end.line,
    endColumn: loc.end.column,
  };
  const message = { ruleId: name, severity: 1, message: "", messageId, ...place } as const;
  const { policy, today } = source.facts.inputs;
  const options = { rules, today, filePath: source.host.filePath };
  return waive(message, source, policy, options, new Map(), new Set()) !== null;
}
