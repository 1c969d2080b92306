import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { withoutProseOf } from "../../scripts/build/without-prose.js";

const folder = resolve(import.meta.dirname, "../../rules");

describe("a rule without its prose", () => {
  it("keeps what a run needs", () => {
    const source = `export default defineRule({
  meta: {
    docs: { description: "What.", reason: "Why " + "so.", examples: { bad: [{ title: "a", code: "b" }], good: [] } },
    messages: { reason: "kept" },
  },
});`;
    expect(withoutProseOf(source, "a-rule")).toBe(`import { prose } from "rule-prose";
export default defineRule({
  meta: {
    docs: { description: "What.", get reason() { return prose("a-rule").reason; }, get examples() { return prose("a-rule").examples; } },
    messages: { reason: "kept" },
  },
});`);
  });

  it.each(readdirSync(folder).filter((name) => name !== "index.ts"))("%s is shorter and still parses", (name) => {
    const source = readFileSync(join(folder, name), "utf8");
    const short = withoutProseOf(source, name);
    expect(short.length).toBeLessThan(source.length);
    expect(ts.transpileModule(short, { reportDiagnostics: true }).diagnostics).toEqual([]);
  });
});
