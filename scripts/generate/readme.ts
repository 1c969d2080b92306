/** The generated parts of README.md: what examples print, and the tables of the rules. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openCatalog } from "../../src/catalog.js";
import { run } from "../../src/cli/run.js";
import type { Output } from "../../src/cli/output/streams.js";
import type { Rule } from "../../src/rule.js";
import { formatted } from "./formatted.js";
import { rulesTable } from "./rules-table.js";

export async function readmeFile(root: string, rules: Readonly<Record<string, Rule>>): Promise<Map<string, string>> {
  const text = readFileSync(join(root, "README.md"), "utf8");
  // The day of the newest facts: nearest to what a reader sees, and the same until the catalog is refreshed.
  const today = Object.values(openCatalog().asOf).sort().at(-1) ?? "";
  const findings = fill(text, "sample", await printed(root, ["examples/", "--date", today], 1));
  const image = fill(findings, "explain", await printed(root, ["explain", "node:22-alpine", "--date", today], 0));
  const layers = fill(
    image,
    "layers",
    await printed(root, ["layers", "examples/web/Dockerfile", "--change", "source"], 0),
  );
  const filled = fill(layers, "rules", rulesTable(rules, "docs/rules/"));
  return new Map([["README.md", await formatted("README.md", filled)]]);
}

/** What the command prints, fenced; throws when it does not end with `expected`. */
async function printed(root: string, argv: readonly string[], expected: number): Promise<string> {
  const written: string[] = [];
  const output = (write: (text: string) => void): Output => ({
    isTerminal: false,
    columns: 120,
    write: (data) => write(String(data)),
  });
  const failures: string[] = [];
  const code = await run(argv, {
    stdout: output((text) => written.push(text)),
    stderr: output((text) => failures.push(text)),
    stdin: () => {
      throw new Error("examples are files");
    },
    env: {},
    cwd: root,
  });
  if (code !== expected) throw new Error(`fromlint ${argv.join(" ")} ended with ${code}: ${failures.join("")}`);
  return `\`\`\`text\n${written.join("").trim()}\n\`\`\``;
}

/** Puts `content` between `<!-- name:start -->` and `<!-- name:end -->`. */
function fill(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from === -1 || to < from) throw new Error(`README.md has no place for ${name}`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}
