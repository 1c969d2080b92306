/** The public API. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  analyse,
  findingsAbout,
  fix,
  lint,
  loadLock,
  lockFileOf,
  presetPolicy,
  type Options,
  type RegistryFacts,
} from "../src/index.js";
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

it("holds images against a lock file, and what registries were found to hold", () => {
  const digest = `sha256:${"a".repeat(64)}`;
  const text = `# fromlint.lock 1: any\ndocker.io/library/debian:13.3 ${digest}\n`;
  const folder = folderWith({ "fromlint.lock": text, "app/Dockerfile": LATE, ".git/HEAD": "" });
  const filePath = join(folder, "app/Dockerfile");
  const file = lockFileOf(filePath, [], "/");
  expect(file).toBe(join(folder, "fromlint.lock"));
  const { lock, errors } = loadLock(file);
  expect(errors).toBeNull();
  const ids = (options: Options, from: string): (string | undefined)[] =>
    lint(from, { filePath, ...options }).messages.map(({ ruleId }) => ruleId);
  expect(ids({ lock }, "FROM debian:13.3\n")).toEqual([]);
  expect(ids({ lock }, "FROM debian:13.2\n")).toContain("locked-base");
  const registry: RegistryFacts = {
    tag: () => ({ status: "gone", what: "tag" }),
    digest: () => null,
    newer: () => null,
  };
  expect(ids({ lock, registry }, "FROM debian:13.3\n")).toEqual(["base-exists"]);
  expect(loadLock(join(folder, "app/Dockerfile")).errors).toMatchObject([{ line: 1 }]);
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
