import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { colorsFor } from "../../src/report/colors.js";
import { unifiedDiff } from "../../src/report/diff.js";
import { folderWith } from "../cli/folder.js";

const plain = await colorsFor(false);
const diff = (before: string, after: string, path = "Dockerfile"): string => unifiedDiff(path, before, after, plain);

it("is a unified diff with three lines of context", () => {
  const before = "1\n2\n3\n4\nFROM node\n6\n7\n8\n9\n";
  expect(diff(before, before.replace("node", "node:22"))).toBe(
    "--- a/Dockerfile\n+++ b/Dockerfile\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-FROM node\n+FROM node:22\n 6\n 7\n 8\n",
  );
});

describe("git apply makes the fixed file of it", () => {
  const many = Array.from({ length: 3000 }, (_, index) => `FROM node AS s${index}\n`).join("");
  it.each([
    ["an ordinary file", "FROM node\nRUN a\n", "FROM node:22\nRUN a\n"],
    ["no line end at the end", "RUN a\nFROM node", "RUN a\nFROM node:22"],
    ["CRLF", "FROM node\r\nRUN a\r\n", "FROM node:22\r\nRUN a\r\n"],
    ["a byte order mark", "\ufeffFROM node\n", "\ufeffFROM node:22\n"],
    ["emoji and wide characters", "# 👩‍🚀 日本\nFROM node\n", "# 👩‍🚀 日本\nFROM node:22\n"],
    ["two places far apart", `FROM a\n${"x\n".repeat(50)}FROM b\n`, `FROM a:1\n${"x\n".repeat(50)}FROM b:1\n`],
    ["a line gone", "FROM a\nMAINTAINER b\nRUN c\n", "FROM a\nRUN c\n"],
    ["more edits than a smallest diff is sought for", many, many.replaceAll("node", "node:22")],
    ["the same without a line end", many.trimEnd(), many.replaceAll("node", "node:22").trimEnd()],
  ])("%s", (_title, before, after) => {
    const folder = folderWith({ "app/Dockerfile": before });
    execFileSync("git", ["apply", "--whitespace=nowarn", "-"], {
      cwd: folder,
      input: diff(before, after, "app/Dockerfile"),
    });
    expect(readFileSync(join(folder, "app/Dockerfile"), "utf8")).toBe(after);
  });
});

it("cannot forge output", () => {
  const text = diff(
    "FROM node\nRUN \x1b[2J\r+++ b/forged\u202e\x9b\n",
    "FROM node:22\nRUN \x1b[2J\r+++ b/forged\u202e\x9b\n",
    "a\n\x1b/D",
  );
  expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(text.split("\n").filter((line) => line.startsWith("+++ b/"))).toEqual([]);
});

it("is coloured line by line", async () => {
  const colored = unifiedDiff("Dockerfile", "FROM a\n", "FROM b\n", await colorsFor(true));
  expect(colored).toContain("\x1b[31m-FROM a\x1b[39m\n\x1b[32m+FROM b\x1b[39m\n");
});
