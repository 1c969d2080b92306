/** `fromlint explain RULE`: what a rule wants and why, as text or as JSON. */
import { abridged } from "../digests.js";
import type { Example } from "../rule.js";
import type { Colors } from "./colors.js";
import type { OptionRow } from "./rule-options.js";
import { inert, safe, safeJson } from "./safe.js";
import { wrapped } from "./wrap.js";

export interface ExplainedRule {
  readonly rule: string;
  readonly description: string;
  readonly category: string;
  /** Why it matters; what stands between backticks is code. */
  readonly reason: string;
  /** Severities in the presets, in words. */
  readonly recommended: string;
  readonly strict: string;
  /** What holds here, policy by policy, the outer one first. */
  readonly here: readonly RuleHere[];
  readonly fixable: boolean;
  readonly hasSuggestions: boolean;
  /** Codes of other linters: `hadolint DL3006`. */
  readonly related: readonly string[];
  /** The address of its page. */
  readonly page: string;
  readonly options: readonly OptionRow[];
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
}

export interface RuleHere {
  readonly severity: string;
  /** Where that stands: `fromlint.yaml:3:5`, a preset. */
  readonly from: string;
  /** Where it is locked; null where it is not. */
  readonly locked: string | null;
  /** The options as they hold, the rule's own merged in; empty where the rule has none. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface ExplainOptions {
  /** In columns. */
  readonly width: number;
  readonly colors: Colors;
  /** YAML of plain data. */
  readonly yaml: (data: unknown) => string;
}

const LABEL = 13;

export function ruleJson(rules: readonly ExplainedRule[]): string {
  return `${safeJson(JSON.stringify(rules.length === 1 ? rules[0] : rules))}\n`;
}

/** Lines with their line ends. */
export function ruleText(rule: ExplainedRule, options: ExplainOptions): string {
  const { colors, width } = options;
  const { bad, good } = rule.examples;
  const heading = (text: string): string => `\n${colors.bold(text)}\n`;
  const text = [
    ...wrapped(`${rule.rule}: ${rule.description}`, width).map((line, index) => {
      return index === 0 ? `${colors.bold(rule.rule)}${line.slice(rule.rule.length)}\n` : `${line}\n`;
    }),
    "\n",
    ...facts(rule, width, colors),
    heading("Why"),
    ...wrapped(rule.reason, width - 2).map((line) => `  ${line}\n`),
    heading("What it reports"),
    bad.map((example) => exampleText(rule.rule, example, options)).join("\n"),
    heading("What it leaves alone"),
    good.map((example) => exampleText(rule.rule, example, options)).join("\n"),
    heading("Options"),
    ...(rule.options.length === 0 ? ["  none\n"] : rule.options.map((option) => optionText(option, rule, width))),
  ];
  return inert(text.join(""));
}

function facts(rule: ExplainedRule, width: number, colors: Colors): string[] {
  const { recommended, strict, fixable, hasSuggestions, related, page } = rule;
  const fixes = [
    ...(fixable ? ["--fix corrects what is certain"] : []),
    ...(hasSuggestions ? [`--fix --apply ${rule.rule} takes the first suggestion`] : []),
  ];
  const rows: [label: string, text: string][] = [
    ["Presets", `recommended: ${recommended}; strict: ${strict}`],
    ...rule.here.map(({ severity, from, locked }): [string, string] => {
      return ["Here", `${severity} (${from})${locked === null ? "" : `, locked (${locked})`}`];
    }),
    ["Fixes", fixes.length === 0 ? "none; what to write is for people to decide" : fixes.join("; ")],
    ...(related.length > 0 ? [["Elsewhere", related.join(", ")] as [string, string]] : []),
    ["Page", page],
  ];
  return rows.flatMap(([label, text]) => labelled(label, safe(text), width, colors));
}

/** `label` before the first line of a text, the others below it. */
export function labelled(label: string, text: string, width: number, colors: Colors): string[] {
  return wrapped(text, width - LABEL - 2).map((line, index) => {
    return `  ${index === 0 ? colors.dim(label.padEnd(LABEL)) : " ".repeat(LABEL)}${line}\n`;
  });
}

function exampleText(name: string, example: Example, { colors, yaml }: ExplainOptions): string {
  const { title, code, policy, options, date, filename, files, lock, registry } = example;
  const keys = { ...policy, ...(options === undefined ? {} : { rules: { [name]: ["error", ...options] } }) };
  const where = [...(filename === undefined ? [] : [`in ${filename}`]), ...(date === undefined ? [] : [`on ${date}`])];
  const block = (text: string): string =>
    text
      .replace(/\n*$/, "")
      .split("\n")
      .map((line) => `${`      ${line}`.trimEnd()}\n`)
      .join("");
  return [
    `  ${title}${where.length > 0 ? ` (${where.join(", ")})` : ""}\n`,
    ...(Object.keys(keys).length === 0 ? [] : [colors.dim("    with this policy\n"), block(yaml(keys))]),
    ...(files === undefined ? [] : [colors.dim("    with these files\n"), block(Object.keys(files).join("\n"))]),
    ...(lock === undefined
      ? []
      : [colors.dim("    with this fromlint.lock\n"), block(Object.entries(lock).flat().join(" "))]),
    ...(registry === undefined ? [] : [colors.dim("    where the registry holds\n"), block(held(registry))]),
    ...(Object.keys(example).length > 2 ? [colors.dim("    the Dockerfile\n")] : []),
    colors.cyan(block(code)),
  ].join("");
}

function held(registry: NonNullable<Example["registry"]>): string {
  const lines = Object.entries(registry).flatMap(([repository, manifests]) => {
    if (manifests === null) return [`no repository ${repository}`];
    return manifests.map(({ tag, digest, created }) => {
      const name = tag === null ? abridged(`${repository}@${digest}`) : `${repository}:${tag}`;
      return created === undefined ? name : `${name}, made on ${created}`;
    });
  });
  return lines.join("\n");
}

function optionText(
  { name, type, default: value, description }: OptionRow,
  rule: ExplainedRule,
  width: number,
): string {
  const usual = value === undefined ? "" : `, ${JSON.stringify(value)} when left out`;
  const here = rule.here
    .flatMap(({ options }) => (Object.hasOwn(options, name) ? [JSON.stringify(options[name])] : []))
    .filter((text) => text !== JSON.stringify(value));
  const set = here.length === 0 ? "" : `; here: ${here.join(" and ")}`;
  const lines = [
    ...wrapped(`${name} (${type.replaceAll("`", "")}${usual}${set})`, width - 2),
    ...wrapped(description, width - 4).map((line) => `  ${line}`),
  ];
  return lines.map((line) => `  ${safe(line)}\n`).join("");
}
