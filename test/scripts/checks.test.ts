/** The checks of `npm run check` that are our own. */
import { describe, expect, it } from "vitest";
import { lengthProblem } from "../../scripts/check/lengths.js";
import { findTraces } from "../../scripts/check/revealing.js";

const lines = (count: number): string => "x\n".repeat(count);

describe("file lengths", () => {
  it.each([
    ["src/a.ts", lines(300), null],
    ["src/a.ts", lines(301), 'src/a.ts: 301 lines, more than 300 need a line "// length: why"'],
    ["src/a.ts", `// length: one table\n${lines(400)}`, null],
    ["src/a.ts", `// length:\n${lines(300)}`, 'src/a.ts: 301 lines, more than 300 need a line "// length: why"'],
    ["rules/a.ts", lines(120), null],
    ["rules/a.ts", `// length: one table\n${lines(120)}`, "rules/a.ts: 121 lines, a rule has at most 120"],
  ])("%s of %#", (file, text, problem) => {
    expect(lengthProblem(file, text)).toBe(problem);
  });
});

describe("traces of a machine", () => {
  const traces = ["/somewhere/fromlint", "registry.example"];

  it("finds them by line", () => {
    const text = "one\nsee /somewhere/fromlint/src\nthree\nfrom https://registry.example/x\n";
    expect(findTraces("docs/a.md", text, traces)).toEqual([
      "docs/a.md:2: names /somewhere/fromlint",
      "docs/a.md:4: names registry.example",
    ]);
  });

  it("finds addresses in the lock file, whatever the registry", () => {
    const text = '{ "resolved": "https://elsewhere.example/a.tgz" }';
    expect(findTraces("package-lock.json", text, traces)).toHaveLength(1);
    expect(findTraces("other.json", text, traces)).toEqual([]);
  });

  it("is silent on everything else", () => {
    expect(findTraces("docs/a.md", "WORKDIR /somewhere\n", traces)).toEqual([]);
  });
});
