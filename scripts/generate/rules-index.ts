import { formatted } from "./formatted.js";

/** The text of rules/index.ts for rules of these names, which are sorted. */
export function rulesIndex(names: readonly string[]): Promise<string> {
  const imports = names.map((name) => `import ${identifier(name)} from "./${name}.js";`);
  const entries = names.map((name) => `  ${JSON.stringify(name)}: ${identifier(name)},`);
  const text = [
    "// Written by `npm run generate` from the files of this folder.",
    'import type { Rule } from "../src/rule.js";',
    ...imports,
    "",
    "/** Every rule, by its name. */",
    `export const rules: Readonly<Record<string, Rule>> = {`,
    ...entries,
    "};",
  ].join("\n");
  return formatted("rules/index.ts", text);
}

/** `no-latest` -> `noLatest`. */
function identifier(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
