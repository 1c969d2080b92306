/** `--baseline`: an old repository in which only new findings count. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { LintResult } from "../../src/result.js";
import { folderWith } from "./folder.js";
import { runIn, type Ran } from "./run-in.js";

const OLD = "FROM golang:latest AS build\nFROM node\n";

let folder: string;
beforeEach(async () => {
  folder = folderWith({ "a/Dockerfile": OLD, "b/Dockerfile": OLD });
  const { code, stdout, stderr } = await run("--update-baseline");
  expect([code, stdout, stderr]).toEqual([0, "", "fromlint: the baseline holds 4 findings of these files.\n"]);
});

const run = (argv: string): Promise<Ran> => runIn(folder, `--baseline base.json --format compact ${argv}`);
const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
const baseline = (): string => readFileSync(join(folder, "base.json"), "utf8");

describe("a finding in the baseline", () => {
  it("does not count", async () => {
    expect(await run("")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("does not count either when its line moves or is written over several lines", async () => {
    write("a/Dockerfile", "# moved\n\nFROM golang:latest \\\n  AS   build\nFROM node\n");
    expect(await run("")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("is among the suppressed ones of the JSON report", async () => {
    const { stdout } = await runIn(folder, "--baseline base.json --format json");
    const [result] = JSON.parse(stdout) as LintResult[];
    expect(result).toMatchObject({ errorCount: 0, messages: [] });
    expect(result?.suppressedMessages.map(({ suppressions }) => suppressions)).toEqual([
      [{ kind: "baseline", justification: "in the baseline" }],
      [{ kind: "baseline", justification: "in the baseline" }],
    ]);
  });
});

describe("a new finding", () => {
  it("counts", async () => {
    write("a/Dockerfile", `${OLD}FROM python\n`);
    const { code, stdout } = await run("");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^a\/Dockerfile:3:6: error .*\n$/);
  });

  it("counts as well when it is one more of the same", async () => {
    write("a/Dockerfile", `${OLD}FROM node\n`);
    expect((await run("")).stdout).toMatch(/^a\/Dockerfile:3:6: error .*\n$/);
  });
});

describe("a finding that is gone", () => {
  beforeEach(() => write("a/Dockerfile", "FROM node\n"));

  it("is said", async () => {
    expect((await run("")).stderr).toBe("fromlint: 1 finding of the baseline is gone: --prune takes it out.\n");
  });

  it("is taken out with --prune, so that it counts when it comes back", async () => {
    const before = baseline();
    expect((await run("--prune")).stderr).toBe("fromlint: 1 finding of the baseline is gone, and taken out of it.\n");
    expect(baseline().length).toBeLessThan(before.length);
    write("a/Dockerfile", OLD);
    expect((await run("")).stdout).toMatch(/^a\/Dockerfile:1:6: error .*\n$/);
  });

  it("stays in the baseline for files that were not linted", async () => {
    expect((await run("b --prune")).stderr).toBe("");
    expect((await run("b --update-baseline")).stderr).toContain("2 findings");
    expect(Object.keys((JSON.parse(baseline()) as { findings: object }).findings)).toEqual([
      "a/Dockerfile",
      "b/Dockerfile",
    ]);
  });
});

describe("locked rules", () => {
  it("are not silenced, and not written down", async () => {
    write("fromlint.yaml", "locked: [no-latest]\n");
    expect((await run("")).stdout.match(/\[no-latest\]/g)).toHaveLength(2);
    expect((await run("--update-baseline")).code).toBe(1);
    expect(baseline()).not.toContain("no-latest");
  });

  it("nor is a file that cannot be read as it should be", async () => {
    write("a/Dockerfile", "FRUM node\n");
    await run("--update-baseline");
    expect((await run("")).code).toBe(1);
  });
});

describe("the file itself", () => {
  it("is sorted, a finding a line, with paths from its own folder", async () => {
    const { findings } = JSON.parse(baseline()) as { findings: Record<string, Record<string, string[]>> };
    expect(Object.keys(findings)).toEqual(["a/Dockerfile", "b/Dockerfile"]);
    expect(Object.keys(findings["a/Dockerfile"] ?? {})).toEqual(["explicit-tag", "no-latest"]);
    expect(baseline()).toMatch(/^ {8}"[0-9a-f]{32}"$/m);
    const below = await runIn(join(folder, "a"), "--baseline ../base.json --format compact");
    expect(below).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it.each([
    ["", "this is no JSON"],
    ["[]", "this is no baseline of fromlint"],
    ["<<<<<<< HEAD\n{}", "it has conflict markers of a merge"],
    ['{ "version": 2, "findings": {} }', "this is version 2 of the format, and 1 is known"],
    ['{ "version": 1, "findings": { "a": 1 } }', 'the findings of "a" are no object'],
    ['{ "version": 1, "findings": { "a": { "b": "c" } } }', 'the findings of b in "a" are no list of texts'],
    ['{ "version": 1, "findings": { "\\u001b[2J": 1 } }', 'the findings of "\\u001b[2J" are no object'],
    [`{ "version": 1, "findings": { "a": `, "this is no JSON"],
  ])("%j ends the run", async (text, said) => {
    write("base.json", text);
    const { code, stdout, stderr } = await run("");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(said);
  });

  it("is missing: the run says how to write it", async () => {
    const { code, stderr } = await runIn(folder, "--baseline none.json");
    expect([code, stderr]).toEqual([
      2,
      "fromlint: --baseline none.json: there is no such file; --update-baseline writes it.\n",
    ]);
  });

  it.each([
    "--update-baseline",
    "--prune",
    "--baseline b --prune --update-baseline",
    "--baseline b --changed --update-baseline",
  ])("%s makes no sense", async (argv) => {
    expect((await runIn(folder, argv)).code).toBe(2);
  });
});
