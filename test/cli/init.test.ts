/** `fromlint init`: a first policy from what a project uses. */
import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith } from "./folder.js";
import { rows } from "./registry-project.js";
import { runIn } from "./run-in.js";

const SHOP = {
  "web/Dockerfile":
    "# syntax=docker/dockerfile:1\nFROM node:22.4.1 AS build\nFROM harbor.corp/base/nginx:1.29.0\nCOPY --from=build /a /b\n",
  "jobs/Dockerfile": "FROM golang:latest\nRUN go version\n",
  "docs/Dockerfile": "FROM squidfunk/mkdocs-material:9.5.1\n",
};

/** Findings by rule, as linting with the policy that is there counts them. */
async function linted(folder: string): Promise<Record<string, number>> {
  const { stdout } = await runIn(folder, "--format json --date 2026-11-21");
  const results = JSON.parse(stdout) as { messages: { ruleId: string }[] }[];
  const counts: Record<string, number> = {};
  for (const { ruleId } of results.flatMap(({ messages }) => messages)) counts[ruleId] = (counts[ruleId] ?? 0) + 1;
  return counts;
}

/** The same from the table of `fromlint init`. */
function told(text: string): Record<string, number> {
  const found = [...text.matchAll(/^(?:error|warning) +([a-z-]+) +(\d+) in /gm)];
  return Object.fromEntries(found.map(([, rule = "", count]) => [rule, Number(count)]));
}

describe("a project", () => {
  it("gets a policy, and is told what that still reports and what to do", async () => {
    const folder = folderWith(SHOP);
    const { code, stdout, stderr } = await runIn(folder, "init --date 2026-11-21");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(rows(stdout)).toEqual([
      "Wrote fromlint.yaml.",
      "The policy still reports 2 errors in 3 Dockerfiles. Errors fail a run (exit status 1); warnings do not.",
      "",
      "LEVEL  RULE  FINDINGS  FIRST",
      "error  approved-base  1 in 1 file  docs/Dockerfile:1",
      "  list it under bases, or take another image",
      "error  no-latest  1 in 1 file  jobs/Dockerfile:1",
      "  --fix --apply no-latest corrects 1 with its first suggestion; write a tag",
      "",
      "Fix what a rule reports, or lower the rule in the policy, such as",
      "  rules: { approved-base: warn }",
      "`fromlint` shows every finding, `fromlint explain RULE` why it matters. To start with these as they are:",
      "  fromlint --baseline fromlint-baseline.json --update-baseline",
    ]);
    const policy = readFileSync(join(folder, "fromlint.yaml"), "utf8");
    expect(policy).toMatch(/^# yaml-language-server: \$schema=/);
    expect(policy).toContain("- image: harbor.corp/base/nginx # 1 use;");
    expect(policy).toContain('#   - "squidfunk/mkdocs-material" # 1 use');
    expect(await linted(folder)).toEqual(told(stdout));
  });

  it("passes where nothing is wrong", async () => {
    const folder = folderWith({ Dockerfile: "FROM node:22.23.2\nUSER node\n" });
    const { stdout } = await runIn(folder, "init --date 2026-11-21");
    expect(stdout).toBe("Wrote fromlint.yaml.\nThe policy passes: no findings in 1 Dockerfile.\n");
    expect(await linted(folder)).toEqual({});
  });

  it("what it tells is what linting finds: many files, layers and broken ones among them", async () => {
    const folder = folderWith({
      ...SHOP,
      "a/Dockerfile": "FROM node:22\nCOPY . .\nRUN npm ci\n",
      "a/package.json": "{}",
      "a/package-lock.json": "{}",
      "b/Dockerfile": "FROM python:3.7-buster\nRUNN x\nFROM ${NOTHING}\n",
      "c/Dockerfile": "",
      "d/Dockerfile": "# fromlint-disable-next-line no-latest\nFROM node:latest\nLABEL \xff=1\n",
    });
    const { stdout } = await runIn(folder, "init --date 2026-11-21");
    const counts = await linted(folder);
    expect(told(stdout)).toEqual(counts);
    expect(Object.keys(counts)).toEqual(
      expect.arrayContaining(["copy-manifests-before-source", "no-eol-base", "unresolved-base", "valid-syntax"]),
    );
  });

  it("gives the same text again", async () => {
    const folder = folderWith(SHOP);
    const first = (await runIn(folder, "init --stdout")).stdout;
    await runIn(folder, "init");
    expect(readFileSync(join(folder, "fromlint.yaml"), "utf8")).toBe(first);
    await runIn(folder, "init --force");
    expect(readFileSync(join(folder, "fromlint.yaml"), "utf8")).toBe(first);
  });

  it("--stdout prints the policy alone there, and writes nothing", async () => {
    const folder = folderWith(SHOP);
    const { code, stdout, stderr } = await runIn(folder, "init --stdout");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# yaml-language-server: [^]*pinning:\n[^]*\n$/);
    expect(stdout).not.toContain("still reports");
    expect(stderr).toContain("The policy still reports 2 errors");
    expect(() => lstatSync(join(folder, "fromlint.yaml"))).toThrow("ENOENT");
  });

  it("of another folder, and without what is excluded", async () => {
    const folder = folderWith({
      "shop/web/Dockerfile": "FROM node:22.4.1\n",
      "shop/old/Dockerfile": "FROM centos:7\n",
    });
    const { stdout } = await runIn(folder, "init shop --exclude shop/old");
    expect(stdout).toMatch(/^Wrote shop\/fromlint\.yaml\.\n/);
    expect(readFileSync(join(folder, "shop/fromlint.yaml"), "utf8")).toContain("from 1 Dockerfile with 1 image use.");
  });

  it("without a Dockerfile gets a policy to start from", async () => {
    const folder = folderWith({ "README.md": "" });
    expect((await runIn(folder, "init")).stdout).toBe(
      "Wrote fromlint.yaml.\nThere is no Dockerfile to hold it against yet.\n",
    );
    writeFileSync(join(folder, "Dockerfile"), "FROM node:22.23.2\nUSER node\n");
    expect((await runIn(folder, "--date 2026-11-21")).code).toBe(0);
  });

  it("takes build arguments as linting does, and says that linting has to be given them, too", async () => {
    const folder = folderWith({
      Dockerfile: "ARG REGISTRY\nARG NODE=22\nFROM ${REGISTRY}/base/node:${NODE}\nUSER node\n",
    });
    const without = await runIn(folder, "init --stdout");
    expect(without.stdout).toContain("found no Dockerfile here that uses an image.");
    expect(told(without.stderr)).toEqual({ "unresolved-base": 1 });

    // A name alone has its value from the environment; the last one holds.
    const line = "--build-arg REGISTRY=gone.corp --build-arg REGISTRY=harbor.corp --build-arg NODE --date 2026-11-21";
    const env = { NODE: "24.4.1" };
    const { code, stdout, stderr } = await runIn(folder, `init ${line}`, { env });
    expect([code, stderr]).toEqual([
      0,
      "fromlint: the policy rests on --build-arg REGISTRY --build-arg NODE: give linting the same, or write their values under `args` in the policy.\n",
    ]);
    expect(stdout).toBe("Wrote fromlint.yaml.\nThe policy passes: no findings in 1 Dockerfile.\n");
    const policy = readFileSync(join(folder, "fromlint.yaml"), "utf8");
    expect(policy).toContain("- image: harbor.corp/base/node # 1 use;");
    expect(policy).toContain("require: patch # 1 of 1 tags in use are there");
    expect((await runIn(folder, line, { env })).code).toBe(0);
  });

  it("a build argument that the environment does not have counts for nothing", async () => {
    const folder = folderWith({ Dockerfile: "ARG TAG=22.4.1\nFROM node:${TAG}\n" });
    const { stderr, stdout } = await runIn(folder, "init --stdout --build-arg TAG");
    expect(stdout).toBe((await runIn(folder, "init --stdout")).stdout);
    expect(stderr).not.toContain("rests on");
  });

  it("knows the repository's owner from git", async () => {
    const folder = folderWith({
      ".git/config": '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@github.com:Acme/shop.git\n\tfetch = x\n',
      Dockerfile: "FROM ghcr.io/acme/base:1.2.3\nFROM ghcr.io/other/base:1.2.3\n",
    });
    const { stdout } = await runIn(folder, "init --stdout");
    expect(stdout).toContain("- image: ghcr.io/acme/base # 1 use; acme owns this repository, too");
    expect(stdout).toContain('#   - "ghcr.io/other/base" # 1 use');
  });

  it("leaves out what has a policy of its own below, and says which one held before", async () => {
    const folder = folderWith({
      "fromlint.yaml": "",
      "app/Dockerfile": "FROM node:22.23.2\n",
      "app/own/fromlint.yaml": "nothing: [",
      "app/own/Dockerfile": "FROM centos:7\n",
      "app/.hadolint.yaml": "",
    });
    const { stdout, stderr } = await runIn(folder, "init app --stdout");
    expect(stdout).not.toContain("centos");
    expect(stderr).toContain("fromlint: 1 Dockerfile below has a policy of its own, and was left out.\n");
    expect(stderr).toContain("fromlint: fromlint.yaml held here before;");
    expect(stderr).toContain("fromlint: .hadolint.yaml is there, too: `fromlint migrate`");
  });
});

it("says that an outer policy holds besides", async () => {
  const folder = folderWith({ Dockerfile: "FROM node:22.23.2\n", "org.yaml": "" });
  const { code, stderr } = await runIn(folder, "init", { env: { FROMLINT_POLICY: "org.yaml" } });
  expect([code, stderr]).toEqual([
    0,
    "fromlint: org.yaml (FROMLINT_POLICY) holds beside it, and is not counted here.\n",
  ]);
});

describe("what is there already", () => {
  it.each<[title: string, files: Record<string, string>, line: string, saying: string]>([
    ["a policy", { "fromlint.yaml": "mine" }, "init", "fromlint.yaml is there already. --stdout prints what would be"],
    [
      "one in JSON, also with --force",
      { "fromlint.json": "mine" },
      "init --force",
      "fromlint.json is there, and a folder",
    ],
    ["a misnamed one", { "fromlint.yml": "mine" }, "init", "fromlint.yml is there, and a folder has one policy"],
    [
      "a file in the place of a folder",
      { Dockerfile: "mine" },
      "init Dockerfile",
      "Dockerfile is a file; `fromlint init` takes the folder",
    ],
    ["no such folder", {}, "init gone", "gone: there is no such folder."],
    ["two folders", {}, "init a b", "`fromlint init` takes one folder."],
    [
      "--force beside --stdout",
      {},
      "init --force --stdout",
      "--stdout writes nothing, so there is nothing to --force.",
    ],
    [
      "a build argument without a name",
      {},
      "init --build-arg =1",
      '--build-arg does not take "=1": it takes NAME=VALUE.',
    ],
    ["a flag of linting", {}, "init --fix", "--fix does not go with `fromlint init`."],
  ])("%s", async (_title, files, line, saying) => {
    const folder = folderWith(files);
    const { code, stdout, stderr } = await runIn(folder, line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`fromlint: ${saying}`);
    for (const [name, text] of Object.entries(files)) expect(readFileSync(join(folder, name), "utf8")).toBe(text);
  });

  it("--force replaces a file, and no link", async () => {
    const folder = folderWith({ "fromlint.yaml": "mine", "elsewhere.txt": "other" });
    expect((await runIn(folder, "init --force")).code).toBe(0);
    const linked = folderWith({});
    symlinkSync(join(folder, "elsewhere.txt"), join(linked, "fromlint.yaml"));
    const { code, stderr } = await runIn(linked, "init --force");
    expect([code, stderr]).toEqual([2, "fromlint: fromlint.yaml is no ordinary file, so it is not replaced.\n"]);
    expect(readFileSync(join(folder, "elsewhere.txt"), "utf8")).toBe("other");
  });

  it("a file that cannot be read is told, and the exit code says that the policy rests on less", async () => {
    const folder = folderWith({ Dockerfile: "FROM node:22.4.1\n" });
    symlinkSync("nowhere", join(folder, "Dockerfile.b"));
    const { code, stderr } = await runIn(folder, "init");
    expect([code, stderr]).toEqual([
      1,
      "fromlint: Dockerfile.b: this file cannot be read (it is a link that leads nowhere).\n",
    ]);
  });
});

describe("a hostile project", () => {
  const ACTS = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

  it("makes neither another policy nor another line of a terminal", async () => {
    const folder = folderWith({
      "a\n# x\nrules: {}\x1b[2J/Dockerfile":
        "FROM ghcr.io/a/b:1 # \x1b[31m\nFROM x: {y}\nFROM &a/*b:1\nFROM !!js/x:1\n",
      "b/Dockerfile":
        "FROM [::1]:5000/a/b:1\nFROM 169.254.169.254/latest/meta:1\nFROM metadata.google.internal/a:1\nFROM 0x7f.1/x:1\nFROM true.on/null:no\n",
      ".git/config": '[remote "origin"]\nurl = https://u:p@host/evil"]\n/x\n',
    });
    const { code, stdout, stderr } = await runIn(folder, "init");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).not.toMatch(ACTS);
    const policy = readFileSync(join(folder, "fromlint.yaml"), "utf8");
    expect(policy).not.toMatch(ACTS);
    const { registries } = JSON.parse((await runIn(folder, "--print-config b/Dockerfile")).stdout) as {
      registries: { allow: { value: string[] } };
    };
    expect(registries.allow.value).toEqual(["[::1]:5000", "ghcr.io", "true.on"]);
    expect(policy).toContain("a cloud hands out a machine's credentials at such an address");
  });

  it("with a folder in the place of git's configuration, or a huge one", async () => {
    const folder = folderWith({ Dockerfile: "FROM ghcr.io/acme/x:1\n" });
    mkdirSync(join(folder, ".git/config"), { recursive: true });
    expect((await runIn(folder, "init --stdout")).code).toBe(0);
    const huge = folderWith({ ".git/config": '[remote "origin"]\nurl = '.repeat(50_000), Dockerfile: "FROM x/y:1\n" });
    expect((await runIn(huge, "init --stdout")).code).toBe(0);
    const blank = folderWith({ ".git/config": "\n".repeat(250_000), Dockerfile: "FROM x/y:1\n" });
    expect((await runIn(blank, "init --stdout")).code).toBe(0);
  });
});
