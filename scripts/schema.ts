/**
 * Writes what follows from the rules for the policy file: schema.json, the same for the validator, and the severities
 * of the presets. With --check nothing is written: exit status 1 when a file has drifted.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { assertKnown } from "../src/policy/check-schema.js";
import type { Rule } from "../src/rule.js";
import { policySchema, type JsonSchema } from "../src/policy/schema.js";

const root = resolve(import.meta.dirname, "..");

/** The generated files for these rules: path from the project's root -> text. */
export function schemaFiles(rules: Readonly<Record<string, Rule>>): Map<string, string> {
  const schema = policySchema(rules);
  return new Map([
    ["schema.json", `${JSON.stringify(schema)}\n`],
    ["src/policy/schema.generated.ts", schemaModule(schema)],
    ["src/policy/rules.generated.ts", severities(rules)],
  ]);
}

/** A module that exports the schema as the validator needs it. JSON in a string is read faster than an object literal. */
function schemaModule(schema: JsonSchema): string {
  assertKnown(schema);
  const json = JSON.stringify(leanSchema(schema)).replace(/[\\']/g, "\\$&");
  return [
    "// Written by `npm run schema`.\n",
    'import type { JsonSchema } from "./schema.js";\n\n',
    "/** schema.json without what only people read. */\n",
    `export const POLICY_SCHEMA = JSON.parse('${json}') as JsonSchema;\n`,
  ].join("");
}

/** The shortest schema that accepts the same. */
export function leanSchema(schema: JsonSchema): JsonSchema {
  return withSharedSettings(withoutProse(schema));
}

/** The schema without what only people read. Titles stay: errors are told apart by them. */
function withoutProse(schema: JsonSchema): JsonSchema {
  const prose = new Set(["description", "examples", "default"]);
  const strip = (value: unknown, inMap: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => strip(item, false));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => inMap || !prose.has(key));
    return Object.fromEntries(
      entries.map(([key, item]) => [
        key,
        key === "enum" || key === "const"
          ? item
          : strip(item, !inMap && (key === "properties" || key === "definitions")),
      ]),
    );
  };
  return strip(schema, false) as JsonSchema;
}

/** With one definition for all rules that take no options, which without their prose are alike. */
function withSharedSettings(schema: JsonSchema): JsonSchema {
  const { definitions } = schema as { definitions: { rules: { properties: Readonly<Record<string, JsonSchema>> } } };
  const settings = Object.entries(definitions.rules.properties);
  const timesOf = (text: string): number => settings.filter(([, each]) => JSON.stringify(each) === text).length;
  const [plain] = settings.map(([, each]) => JSON.stringify(each)).sort((a, b) => timesOf(b) - timesOf(a));
  if (plain === undefined) return schema;
  const properties = settings.map(([name, each]): [string, JsonSchema] => {
    return [name, JSON.stringify(each) === plain ? { $ref: "#/definitions/plainSetting" } : each];
  });
  const rules = { ...definitions.rules, properties: Object.fromEntries(properties) };
  return { ...schema, definitions: { ...definitions, rules, plainSetting: JSON.parse(plain) as JsonSchema } };
}

/** The severity of each rule in the preset `recommended`. */
function severities(rules: Readonly<Record<string, Rule>>): string {
  const lines = Object.keys(rules)
    .sort()
    .map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(rules[name]?.meta.docs.recommended)},\n`);
  return [
    "// Written by `npm run schema` from the rules.\n",
    'import type { RuleDocs } from "../rule.js";\n\n',
    "/** Every rule, with its severity in the preset `recommended`. */\n",
    `export const RECOMMENDED: Readonly<Record<string, RuleDocs["recommended"]>> = {\n${lines.join("")}};\n`,
  ].join("");
}

async function main(): Promise<void> {
  const { rules } = await import("../rules/index.js");
  const check = process.argv.includes("--check");
  for (const [path, text] of schemaFiles(rules)) {
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
    if (!check) writeFileSync(file, text);
    else {
      console.error(`${path} has drifted from the rules: npm run schema`);
      process.exitCode = 1;
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
