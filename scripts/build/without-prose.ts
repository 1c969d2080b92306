import type { Plugin } from "esbuild";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { brotliCompressSync } from "node:zlib";
import ts from "typescript";
import { ruleTexts } from "../../src/cli/rule-texts.js";

/** The prose of a rule. Its one-line description stays: `--list-rules` shows it. */
const PROSE: ReadonlySet<string> = new Set(["reason", "examples"]);

/** Where the prose goes: a file beside the bundle, as JSON in Brotli in Base64, which is a third of the text. */
export const PROSE_FILE = "rule-texts.txt";
export const proseText = (): string => brotliCompressSync(JSON.stringify(ruleTexts)).toString("base64");

/**
 * Leaves the reasons and examples of rules out of a bundle, as every start would read them. They stay what they were,
 * properties of `docs`, and are read from `rule-texts.txt` when somebody asks.
 */
export const withoutProse: Plugin = {
  name: "without-prose",
  setup: (build) => {
    build.onLoad({ filter: /[\\/]rules[\\/][\w-]+\.ts$/ }, ({ path }) => {
      return { contents: withoutProseOf(readFileSync(path, "utf8"), basename(path, ".ts")), loader: "ts" };
    });
    build.onResolve({ filter: /^rule-prose$/ }, ({ path }) => ({ path, namespace: "prose" }));
    build.onLoad({ filter: /./, namespace: "prose" }, () => ({ contents: READER, loader: "js" }));
  },
};

const READER = `
  import { readFileSync } from "node:fs";
  import { join } from "node:path";
  const read = () => {
    // Not imported: every start would load it.
    const { brotliDecompressSync } = process.getBuiltinModule("node:zlib");
    const packed = readFileSync(join(import.meta.dirname, "${PROSE_FILE}"), "latin1");
    return JSON.parse(brotliDecompressSync(Buffer.from(packed, "base64")).toString());
  };
  let texts;
  export const prose = (rule) => (texts ??= read())[rule];
`;

/** The source of a rule in which `reason` and `examples` of `docs` are looked up under `rule`. */
export function withoutProseOf(source: string, rule: string): string {
  const file = ts.createSourceFile("rule.ts", source, ts.ScriptTarget.Latest, true);
  const cuts: { start: number; end: number; text: string }[] = [];
  const visit = (node: ts.Node, inDocs: boolean): void => {
    if (ts.isPropertyAssignment(node)) {
      const name = node.name.getText();
      if (inDocs && PROSE.has(name)) {
        const text = `get ${name}() { return prose(${JSON.stringify(rule)}).${name}; }`;
        cuts.push({ start: node.getStart(), end: node.getEnd(), text });
        return;
      }
      ts.forEachChild(node, (child) => visit(child, name === "docs"));
      return;
    }
    ts.forEachChild(node, (child) => visit(child, inDocs));
  };
  visit(file, false);
  const short = cuts.reduceRight((text, cut) => text.slice(0, cut.start) + cut.text + text.slice(cut.end), source);
  return cuts.length === 0 ? source : `import { prose } from "rule-prose";\n${short}`;
}
