/** Rules as SARIF describes them: what a dashboard shows beside a finding. */
import { rulePage } from "../rule-page.js";
import type { Example, RuleDocs } from "../rule.js";
import type { ReportedRule, RuleText } from "./report.js";

const LEVELS = { 1: "warning", 2: "error" } as const;

/** GitHub shows ten tags at most. */
const TAGS: Readonly<Record<RuleDocs["category"], readonly string[]>> = {
  bases: ["dockerfile", "base-image", "supply-chain"],
  layers: ["dockerfile", "build-cache", "performance"],
  file: ["dockerfile", "correctness"],
};

/** How seldom a finding is wrong: what an image is, is a fact; what a command does, is read from its text. */
const PRECISION: Readonly<Record<RuleDocs["category"], string>> = {
  bases: "very-high",
  layers: "high",
  file: "very-high",
};

/** `reportingDescriptor` objects, in the order of `rules`. */
export function sarifRules(
  rules: readonly ReportedRule[],
  docs: Readonly<Record<string, RuleText>>,
): readonly object[] {
  return rules.map(({ name, severity, meta }) => {
    const { description, category } = meta.docs;
    const text = docs[name];
    const level = LEVELS[severity];
    return {
      id: name,
      name,
      shortDescription: { text: description },
      fullDescription: { text: text?.reason ?? description },
      help: { text: `${description}\n\n${text?.reason ?? ""}`.trim(), markdown: helpPage(name, description, text) },
      helpUri: rulePage(name),
      defaultConfiguration: { enabled: true, level },
      properties: { tags: TAGS[category], precision: PRECISION[category], "problem.severity": level },
    };
  });
}

function helpPage(name: string, description: string, text: RuleText | undefined): string {
  const { bad = [], good = [] } = text?.examples ?? {};
  const parts = [
    description,
    ...(text ? ["## Why", text.reason] : []),
    ...(bad.length > 0 ? ["## What it reports", ...bad.map(exampleText)] : []),
    ...(good.length > 0 ? ["## What it leaves alone", ...good.map(exampleText)] : []),
    `[More about ${name}](${rulePage(name)})`,
  ];
  return parts.join("\n\n");
}

function exampleText({ title, code, policy }: Example): string {
  const parts = [`${title}:`, fenced("dockerfile", code)];
  if (policy) parts.push("with this policy:", fenced("json", JSON.stringify(policy, null, 2)));
  return parts.join("\n\n");
}

/** The fence is longer than any in the text. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}
