/** Which paths an ignore file leaves out, as BuildKit decides it. */
import { describe, expect, it } from "vitest";
import { ignoreOf } from "../../src/context/ignore.js";

describe("ignore file", () => {
  it.each<[lines: string, path: string, out: boolean]>([
    // A line is seen from the root; it does not match in other folders.
    ["node_modules", "node_modules", true],
    ["node_modules", "node_modules/a/b.js", true],
    ["node_modules", "web/node_modules", false],
    ["/dist/", "dist/a", true],
    ["./a/../b", "b", true],
    ["a", "ab", false],
    // `*` and `?` stay within a name.
    ["*.md", "README.md", true],
    ["*.md", "docs/README.md", false],
    ["*/*.md", "docs/README.md", true],
    ["?.txt", "a.txt", true],
    ["?.txt", "ab.txt", false],
    ["a?b", "a/b", false],
    ["*", "anything/below", true],
    // `**` goes over folders.
    ["**/*.md", "README.md", true],
    ["**/*.md", "a/b/README.md", true],
    ["**/node_modules", "node_modules", true],
    ["**/node_modules", "web/node_modules/x", true],
    ["**/node_modules", "my_node_modules", false],
    ["a/**/b", "a/b", true],
    ["a/**/b", "a/x/y/b", true],
    ["a/**/b", "a/xb", false],
    ["a/**", "a/x/y", true],
    ["a/**", "a", false],
    ["**", "a", true],
    ["**foo", "a/xfoo", true],
    // Character classes and escapes.
    ["[a-c].js", "b.js", true],
    ["[a-c].js", "d.js", false],
    ["[^a].js", "a.js", false],
    ["[^a].js", "b.js", true],
    ["\\*.md", "*.md", true],
    ["\\*.md", "a.md", false],
    // Exceptions: the last line that fits counts.
    ["*.md\n!README.md", "README.md", false],
    ["*.md\n!README.md", "a.md", true],
    ["!README.md\n*.md", "README.md", true],
    ["*\n!src", "src/main.c", false],
    ["*\n!src\nsrc/*.o", "src/main.o", true],
    ["docs\n!docs/api", "docs/api/x", false],
    ["docs\n!docs/api", "docs/other", true],
    ["*\n! src", "src", false],
    // Comments and blanks.
    ["# a\n\n  b  ", "b", true],
    ["#a", "#a", false],
    [" #a", "#a", true],
    ["\uFEFFa", "a", true],
    ["a\r\nb\r\n", "a", true],
    ["!\na", "a", true],
    // A line that BuildKit refuses.
    ["[a\nb", "b", true],
    ["[a\nb", "a", false],
  ])("%j leaves out %s: %s", (lines, path, out) => {
    expect(ignoreOf(lines).leavesOut(path)).toBe(out);
  });

  it("is quick with a pattern that has many ways to match", () => {
    const ignore = ignoreOf(`${"**/a*".repeat(200)}b`);
    expect(ignore.leavesOut("a/".repeat(500) + "a")).toBe(false);
  });
});
