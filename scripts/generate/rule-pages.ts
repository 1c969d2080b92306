/** docs/rules/: one page a rule and the list of them, all from the rule's own file. */
import { stringify } from "yaml";
import { severityText, strictSeverity } from "../../src/policy/severity-words.js";
import type { Example, Rule } from "../../src/rule.js";
import { lockText } from "./example-registry.js";
import { findingsOf } from "./example.js";
import { formatted } from "./formatted.js";
import { optionsTable } from "./options-table.js";
import { rulesTable } from "./rules-table.js";

type Rules = Readonly<Record<string, Rule>>;

/** Path from the root -> text. */
export async function rulePages(rules: Rules): Promise<Map<string, string>> {
  const pages = new Map([["docs/rules/README.md", indexPage(rules)]]);
  for (const [name, rule] of Object.entries(rules)) pages.set(`docs/rules/${name}.md`, rulePage(name, rule, rules));
  for (const [file, text] of pages) pages.set(file, await formatted(file, text));
  return pages;
}

function indexPage(rules: Rules): string {
  return `${header("rules/")}
# Rules

${rulesTable(rules, "")}
`;
}

function header(source: string): string {
  return `<!-- Written by \`npm run generate\` from ${source} -->\n`;
}

function rulePage(name: string, rule: Rule, rules: Rules): string {
  const { docs, schema, defaultOptions } = rule.meta;
  const { bad, good } = docs.examples;
  return [
    header(`rules/${name}.ts`),
    `# ${name}`,
    docs.description,
    factsList(name, rule),
    "## Why",
    docs.reason,
    "## What it reports",
    ...bad.map((example) => exampleText(name, example, findingsText(name, rules, example))),
    "## What it leaves alone",
    ...good.map((example) => exampleText(name, example, "")),
    "## Options",
    optionsTable(schema, defaultOptions) ?? "None.",
  ].join("\n\n");
}

function factsList(name: string, { meta: { docs, fixable, hasSuggestions } }: Rule): string {
  return [
    `- Severity: ${severityText(name, docs.recommended)}; in \`strict\`: ${strictSeverity(name)}`,
    ...(fixable ? ["- `--fix` corrects what is certain"] : []),
    ...(hasSuggestions ? [`- offers suggestions; \`--fix --apply ${name}\` takes the first`] : []),
    ...(docs.related ? [`- elsewhere: ${docs.related.map(relatedLink).join(", ")}`] : []),
  ].join("\n");
}

/** `hadolint:DL3006` and `buildkit:FromAsCasing` with where they are described. */
function relatedLink(related: string): string {
  const [tool, code = ""] = related.split(":", 2);
  if (tool === "hadolint") return `[hadolint ${code}](https://github.com/hadolint/hadolint/wiki/${code})`;
  if (tool === "buildkit") {
    const page = code.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
    return `[BuildKit ${code}](https://docs.docker.com/reference/build-checks/${page}/)`;
  }
  throw new Error(`related: ${related} is neither hadolint:… nor buildkit:…`);
}

function exampleText(name: string, example: Example, findings: string): string {
  const { title, code, policy, options, date, filename, files, lock, registry } = example;
  const place = [
    ...(filename === undefined ? [] : [`in \`${filename}\``]),
    ...(date === undefined ? [] : [`on ${date}`]),
  ];
  const keys = { ...policy, ...(options === undefined ? {} : { rules: { [name]: ["error", ...options] } }) };
  return [
    `**${title}**${place.length > 0 ? ` (${place.join(", ")})` : ""}`,
    ...(Object.keys(keys).length === 0 ? [] : ["With this policy:", fenced("yaml", stringify(keys))]),
    fenced("dockerfile", code),
    ...(files === undefined ? [] : filesText(files)),
    ...(lock === undefined ? [] : ["With this `fromlint.lock`:", fenced("text", lockText(lock))]),
    ...(registry === undefined ? [] : registryText(registry)),
    ...(findings === "" ? [] : [fenced("text", findings)]),
  ].join("\n\n");
}

/** What the registry holds, repository by repository. */
function registryText(registry: NonNullable<Example["registry"]>): string[] {
  return Object.entries(registry).flatMap(([repository, manifests]) => {
    if (manifests === null) return [`The registry has no repository \`${repository}\`.`];
    const lines = manifests.map(({ tag, digest, created }) => {
      return `${tag ?? "(no tag)"}  ${digest.slice(0, 19)}…${created === undefined ? "" : `  made on ${created}`}`;
    });
    return [`The registry holds of \`${repository}\`:`, fenced("text", lines.join("\n"))];
  });
}

/** The build context: its files by name, then the text of those that are no placeholders. */
function filesText(files: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(files).map((path) => `\`${path}\``);
  const texts = Object.entries(files).filter(([, text]) => text.trim() !== "");
  return [
    names.length === 0 ? "The build context is empty." : `The build context holds ${names.join(", ")}.`,
    ...texts.flatMap(([path, text]) => [`\`${path}\`:`, fenced(languageOf(path), text)]),
  ];
}

function languageOf(path: string): string {
  const [, ending = "text"] = /\.(json|ya?ml|toml|js|ts|xml)$/.exec(path) ?? [];
  return ending;
}

/** What fromlint says about the example: `line:column  message`, with what it offers below. */
function findingsText(name: string, rules: Rules, example: Example): string {
  return findingsOf(name, rules, example)
    .flatMap(({ line, column, message, suggestions, fix }) => [
      `${line}:${column}  ${message}`,
      ...(fix ? ["     fix: --fix corrects this"] : []),
      ...(suggestions ?? []).map(({ desc }) => `     help: ${desc}`),
    ])
    .join("\n");
}

/** A fence longer than any in the text. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n*$/, "")}\n${fence}`;
}
