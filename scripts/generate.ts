/**
 * Writes what follows from the rules: their index, the schema of the policy file, their pages and the table in
 * README.md. With --check nothing is written and drift is exit status 1; --dry-run lists what would be written.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Rule } from "../src/rule.js";
import { rulesIndex } from "./generate/rules-index.js";
import { schemaFiles } from "./schema.js";

const root = resolve(import.meta.dirname, "..");
const isCheck = process.argv.includes("--check");
const isDryRun = process.argv.includes("--dry-run");
const drifted: string[] = [];

const names = readdirSync(join(root, "rules"))
  .filter((file) => file.endsWith(".ts") && file !== "index.ts")
  .map((file) => file.slice(0, -".ts".length))
  .sort();
const rules: Record<string, Rule> = {};
for (const name of names) {
  rules[name] = ((await import(`../rules/${name}.js`)) as { default: Rule }).default;
}

// First what the engine itself imports; the pages show what it prints.
update(new Map([["rules/index.ts", await rulesIndex(names)], ...schemaFiles(rules)]));
const { rulePages } = await import("./generate/rule-pages.js");
const pages = await rulePages(rules);
update(pages);
removeOthers("docs/rules", pages);
const { readmeFile } = await import("./generate/readme.js");
update(await readmeFile(root, rules));

if (isCheck && drifted.length > 0) {
  console.error(`These files have drifted from the rules; run \`npm run generate\`:\n${drifted.join("\n")}`);
  process.exitCode = 1;
} else if (!isCheck) {
  const verb = isDryRun ? "would write" : "wrote";
  for (const file of drifted) console.log(`${verb} ${file}`);
}

/** `files`: path from the root -> text. */
function update(files: ReadonlyMap<string, string>): void {
  for (const [file, text] of files) {
    if (current(file) === text) continue;
    drifted.push(file);
    if (isCheck || isDryRun) continue;
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

/** The pages of rules that are no more. */
function removeOthers(folder: string, kept: ReadonlyMap<string, string>): void {
  for (const name of readdirSync(join(root, folder))) {
    const file = `${folder}/${name}`;
    if (kept.has(file)) continue;
    drifted.push(file);
    if (!isCheck && !isDryRun) rmSync(join(root, file));
  }
}

function current(file: string): string | null {
  try {
    return readFileSync(join(root, file), "utf8");
  } catch {
    return null;
  }
}
