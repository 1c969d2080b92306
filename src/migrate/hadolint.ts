/** A .hadolint.yaml as a fromlint.yaml that asks for the same, as far as both know it. */
import { registryProblem } from "../policy/hosts.js";
import { safe } from "../report/safe.js";
import type { Rule } from "../rule.js";
import { isNeverWaived } from "../waive.js";

type Rules = Readonly<Record<string, Rule>>;

/** hadolint's levels (README, "Configure"), as ours. `info` and `style` are said and fail nothing. */
const SEVERITIES = { error: "error", warning: "warn", info: "warn", style: "warn" } as const;
type Level = keyof typeof SEVERITIES;

/** What the other settings of a .hadolint.yaml are here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "failure-threshold": "`--max-warnings 0` fails on warnings, too; without it only errors fail",
  "no-fail": "in CI, `fromlint || true`",
  "no-color": "the flag `--no-color`",
  format: "the flag `--format`",
  "disable-ignore-pragma": "`locked:` names the rules that no comment silences",
};

/**
 * The text of the policy for the data of a .hadolint.yaml. Settings for which there is no rule stand in comments, so
 * that nothing is lost in silence. `rules` are those that there are: their docs name the codes of hadolint that they
 * stand for.
 */
export function policyFromHadolint(data: unknown, rules: Rules): string {
  const config = isObject(data) ? data : {};
  const sections = [
    ["# yaml-language-server: $schema=./node_modules/fromlint/schema.json", "extends: [recommended]"],
    registries(config.trustedRegistries),
    ruleSettings(config, rules),
    others(config),
  ];
  const texts = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${texts.join("\n\n")}\n`;
}

function registries(value: unknown): string[] {
  const all = texts(value);
  const known = all.filter((each) => registryProblem(each) === null);
  const unknown = all.filter((each) => registryProblem(each) !== null);
  return [
    ...(known.length > 0 ? ["registries:", `  allow: [${known.map(scalar).join(", ")}]`] : []),
    ...unknown.map(
      (each) => `# trustedRegistries has ${code(each)}: name its registries one by one in registries.allow.`,
    ),
  ];
}

/** `ignored`, `override` and the labels, each at the rule that stands for the code. */
function ruleSettings(config: Readonly<Record<string, unknown>>, rules: Rules): string[] {
  const byCode = codesOf(rules);
  const settings = new Map<string, { readonly text: string; readonly from: string }>();
  const unknown: string[] = [];
  const partly: string[] = [];
  const set = (found: string, text: string): void => {
    const names = byCode.get(found);
    if (!names) unknown.push(found);
    for (const name of names ?? []) settings.set(name, { text, from: found });
  };
  const override = isObject(config.override) ? config.override : {};
  for (const level of Object.keys(SEVERITIES) as Level[]) {
    for (const each of texts(override[level])) set(each, SEVERITIES[level]);
  }
  const labels = labelOptions(config);
  if (labels !== null) settings.set("require-labels", { text: `[error, ${labels}]`, from: "label-schema" });
  // A rule that stands for several codes goes when all of them do, and the one about syntax stays: it finds hidden images.
  const ignored = texts(config.ignored);
  const isKept = (name: string): boolean =>
    isNeverWaived(name) || [...byCode].some(([id, names]) => names.includes(name) && !ignored.includes(id));
  for (const each of ignored) {
    if (!(byCode.get(each) ?? []).some(isKept)) set(each, "off");
    else if (!partly.includes(each)) partly.push(each);
  }
  const lines = [...settings]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { text, from }]) => {
      return `  ${name}: ${text} # ${code(from)}`;
    });
  const foreign = [...new Set(unknown)].sort();
  return [
    ...(lines.length > 0 ? ["rules:", ...lines] : []),
    ...partly.map((each) => `# ${code(each)} is a part of ${(byCode.get(each) ?? []).join(", ")}, which stays on.`),
    ...(foreign.length > 0
      ? [`# No rule of fromlint is about ${foreign.map(code).join(", ")}: hadolint still is.`]
      : []),
  ];
}

/** `DL3006` -> the rules that stand for it. */
function codesOf(rules: Rules): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, { meta }] of Object.entries(rules)) {
    for (const related of meta.docs.related ?? []) {
      const [tool, id = ""] = related.split(":");
      if (tool === "hadolint") found.set(id, [...(found.get(id) ?? []), name]);
    }
  }
  return found;
}

/** Kinds of labels have the same names in both, but for the plain one. */
function labelOptions(config: Readonly<Record<string, unknown>>): string | null {
  const schema = config["label-schema"];
  if (!isObject(schema) || Object.keys(schema).length === 0) return null;
  const labels = Object.entries(schema).map(([name, kind]) => {
    return `${scalar(name)}: ${scalar(kind === "rawtext" ? "text" : String(kind))}`;
  });
  const strict = config["strict-labels"] === true ? ", strict: true" : "";
  return `{ labels: { ${labels.join(", ")} }${strict} }`;
}

function others(config: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(config).flatMap((key) => {
    const where = Object.hasOwn(ELSEWHERE, key) ? ELSEWHERE[key] : undefined;
    return where === undefined ? [] : [`# ${key}: ${where}.`];
  });
}

/** The texts of a list; other values are passed over, as hadolint would refuse them. */
function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

/** A YAML scalar: plain where that is safe, else in JSON's quotes, which YAML reads as well. */
function scalar(text: string): string {
  return /^[a-zA-Z][\w./:-]*[\w/]$/.test(text) && !/^(?:true|false|yes|no|on|off|null)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

/** A text from the file for a comment: one line. */
function code(text: string): string {
  return safe(text.slice(0, 100));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
