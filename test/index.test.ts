/** The public API. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyse, findingsAbout, fix, lint, presetPolicy, type Options } from "../src/index.js";
import { folderWith } from "./cli/folder.js";

const LATE = "FROM debian:13.3\nCOPY . /app\nRUN apt-get update && apt-get install -y curl\n";
const FIXED = "FROM debian:13.3\nRUN apt-get update && apt-get install -y curl\nCOPY . /app\n";

it("lints a text at once, RUN read", () => {
  expect(lint(LATE).messages.map(({ ruleId }) => ruleId)).toContain("system-packages-before-source");
});

it("fixes it", () => {
  expect(fix(LATE).output).toBe(FIXED);
  expect(fix(FIXED)).not.toHaveProperty("output");
});

it("lists the images", () => {
  expect(analyse(LATE)).toMatchObject([{ reference: "docker.io/library/debian:13.3", tier: "official" }]);
});

it("says what the rules would say about an image", () => {
  expect(findingsAbout("node:latest")?.messages.map(({ ruleId }) => ruleId)).toEqual(["no-latest"]);
  expect(findingsAbout("no image")).toBeNull();
});

describe("the build context", () => {
  const rules = { "require-dockerignore": { severity: 2 as const, options: [] } };
  const policies = [{ ...presetPolicy("recommended"), rules }];
  const count = (options: Options): number => lint(LATE, { policies, ...options }).messages.length;

  it("is the folder of the file, or another one, or not to be looked at", () => {
    const folder = folderWith({ Dockerfile: LATE, "package.json": "{}", "ignored/.dockerignore": "x\n" });
    const filePath = join(folder, "Dockerfile");
    expect(count({ filePath })).toBe(1);
    expect(count({ filePath, context: join(folder, "ignored") })).toBe(0);
    expect(count({ filePath, context: null })).toBe(0);
    expect(count({})).toBe(0);
    expect(count({ context: folder })).toBe(1);
  });
});
