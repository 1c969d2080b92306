/** One broken policy anywhere ends the run before anything is linted, and says what is wrong, where, and what is meant. */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderFor, fromlint, type Files } from "./command.js";

/** Would be findings, if it were linted. */
const DOCKERFILE = "FROM node:latest\n";

/** Each level stands for ten of the one below it. */
const EXPLODING = ["a: &a0 [x, x, x, x, x, x, x, x, x, x]"]
  .concat(
    Array.from({ length: 8 }, (_, level) => `b${level}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(", ")}]`),
  )
  .concat("ignore: *a8\n")
  .join("\n");

type Row = readonly [title: string, policy: string, ...lines: readonly string[]];

const ROWS: readonly Row[] = [
  ["an unknown key", "rules: {}\nbasis: {}\n", "fromlint.yaml:2:1: unknown key `basis`; did you mean `bases`?"],
  [
    "an unknown key deep down",
    "bases:\n  allow:\n    finale: [golden]\n",
    "fromlint.yaml:3:5: unknown key `finale` in `bases.allow`; did you mean `final`?",
  ],
  [
    "an unknown rule",
    "rules:\n  no-lates: off\n",
    "fromlint.yaml:2:3: there is no rule `no-lates`; did you mean `no-latest`?",
  ],
  [
    "an unknown severity",
    "rules: { no-latest: warning }\n",
    "fromlint.yaml:1:21: `rules.no-latest` cannot be `warning`; it is one of `off`, `warn`, `error`, `0`, `1`, `2`",
  ],
  [
    "an unknown tier",
    "bases: { allow: { final: [oficial] } }\n",
    "fromlint.yaml:1:27: `bases.allow.final[0]` cannot be `oficial`; it is one of `golden`, `official`, `verified`, `other`; did you mean `official`?",
  ],
  [
    "a wrong type",
    "pinning: { image: a, require: minor }\n",
    "fromlint.yaml:1:10: `pinning` must be a list, not a map",
  ],
  [
    "a number for a tag",
    "bases: { golden: [{ image: a, tags: [3.10] }] }\n",
    'fromlint.yaml:1:38: `bases.golden[0].tags[0]` must be text, not the number `3.10`; put it in quotes: "3.10"',
  ],
  [
    "a bad glob",
    "ignore:\n  - 'vendor['\n",
    "fromlint.yaml:2:5: the pattern `vendor[` cannot be read: a `[` is not closed",
  ],
  [
    "a bad image pattern",
    "bases: { deny: [acme/App] }\n",
    "fromlint.yaml:1:17: the pattern `acme/App` cannot be read: repository names are lower case",
  ],
  [
    "a bad date",
    "exemptions: [{ rule: no-latest, reason: x, until: 2027-02-30 }]\n",
    "fromlint.yaml:1:51: `until` must be a day that exists, written YYYY-MM-DD; `2027-02-30` is not",
  ],
  [
    "a policy that extends itself",
    "extends: [./fromlint.yaml]\n",
    "fromlint.yaml:1:11: `extends` goes in a circle: fromlint.yaml -> fromlint.yaml",
  ],
  [
    "a package that is not installed",
    'extends: ["@acme/policy"]\n',
    "fromlint.yaml:1:11: there is no preset and no installed package `@acme/policy`; install it, or begin a file's name with `./`",
  ],
  [
    "a misspelt preset",
    "extends: [recomended]\n",
    "fromlint.yaml:1:11: there is no preset and no installed package `recomended`; did you mean `recommended`?",
  ],
  ["a file that is not there", "extends: [./gone.yaml]\n", "fromlint.yaml:1:11: there is no file `./gone.yaml`"],
  [
    "a YAML error",
    "rules:\n\tno-latest: off\n",
    "fromlint.yaml:2:1: not valid YAML: tabs are not allowed as indentation",
  ],
  [
    "a key twice",
    "rules: {}\nargs: {}\nrules: {}\n",
    "fromlint.yaml:3:1: the key `rules` is here twice; the first is on line 1",
  ],
  ["aliases that explode", EXPLODING, "fromlint.yaml:4:45: the aliases up to here stand for more than 10000 values"],
  ["deep nesting", `ignore: ${"[".repeat(100_000)}\n`, "fromlint.yaml:1:73: this is nested more than 64 levels deep"],
  [
    "two documents",
    "rules: {}\n---\nrules: {}\n",
    "fromlint.yaml:2:1: only one YAML document is read; delete the others, or the `---` between them",
  ],
  ["no map at all", "- recommended\n", "fromlint.yaml:1:1: a policy must be a map, not a list"],
  [
    "several errors, a line each",
    "ruls: {}\nbuilder: docker\n",
    "fromlint.yaml:1:1: unknown key `ruls`; did you mean `rules`?",
    "fromlint.yaml:2:10: `builder` cannot be `docker`; it is one of `buildkit`, `buildah`, `kaniko`, `legacy`",
  ],
];

const FAILED = (lines: readonly string[]): object => ({
  code: 2,
  stdout: "",
  stderr: lines.map((line) => `fromlint: ${line}\n`).join(""),
});

describe("exit 2, nothing is linted, one line an error", () => {
  it.each(ROWS)("%s", (_title, policy, ...lines) => {
    const folder = folderFor({ Dockerfile: DOCKERFILE, "fromlint.yaml": policy });
    expect(fromlint(folder)).toEqual(FAILED(lines));
  });

  it.each<[string, Files, string]>([
    ["JSON with an error", { "fromlint.json": '{ "rules": {}, }' }, "fromlint.json:1:16: not valid JSON: "],
    [
      "JSON with a key twice",
      { "fromlint.json": '{ "rules": {},\n  "rules": {} }' },
      "fromlint.json:2:3: the key `rules` is here twice",
    ],
    [
      "both files in one folder",
      { "fromlint.json": "{}", "fromlint.yaml": "" },
      "fromlint.json:1:1: this folder has both ",
    ],
    [
      "a circle of three",
      { "fromlint.yaml": "extends: [./b.yaml]", "b.yaml": "extends: [./c.yaml]", "c.yaml": "\nextends: [./b.yaml]" },
      "c.yaml:2:11: `extends` goes in a circle: b.yaml -> c.yaml -> b.yaml",
    ],
    [
      "an error in what is extended",
      { "fromlint.yaml": "extends: [./b.yaml]", "b.yaml": "\nruls: {}" },
      "b.yaml:2:1: unknown key `ruls`; did you mean `rules`?",
    ],
    [
      "a policy that is not UTF-8",
      { "fromlint.yaml": Buffer.from("rules: {}\n# \xe9", "latin1") },
      "fromlint.yaml:2:3: the file is not UTF-8 text",
    ],
    [
      "a name that is nearly right",
      { "fromlint.yml": "rules: {}" },
      "fromlint.yml:1:1: a policy is named `fromlint.yaml`; rename this file",
    ],
  ])("%s", (_title, files, line) => {
    const { code, stdout, stderr } = fromlint(folderFor({ Dockerfile: DOCKERFILE, ...files }));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.startsWith(`fromlint: ${line}`)).toBe(true);
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });

  it("a broken one deep in the tree, and good files beside it", () => {
    const folder = folderFor({
      Dockerfile: DOCKERFILE,
      "fromlint.yaml": "",
      "a/b/fromlint.yaml": "ruls: {}",
      "a/b/c/Dockerfile": DOCKERFILE,
    });
    const lines = ["a/b/fromlint.yaml:1:1: unknown key `ruls`; did you mean `rules`?"];
    expect(fromlint(folder)).toEqual(FAILED(lines));
    expect(fromlint(folder, "bases")).toEqual(FAILED(lines));
    expect(fromlint(folder, "--fix --apply no-latest")).toEqual(FAILED(lines));
    expect(fromlint(folder, "--print-config a/b/c/Dockerfile")).toEqual(FAILED(lines));
    expect(fromlint(folder, "Dockerfile").code).toBe(1);
  });

  it("a link that leads nowhere, a link loop, a pipe", () => {
    const folder = folderFor({ Dockerfile: DOCKERFILE, "loop/Dockerfile": DOCKERFILE });
    symlinkSync("nowhere", join(folder, "fromlint.yaml"));
    symlinkSync("fromlint.yaml", join(folder, "loop/fromlint.yaml"));
    const { code, stdout, stderr } = fromlint(folder);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.split("\n").map((line) => line.slice(0, 45))).toEqual([
      "fromlint: fromlint.yaml:1:1: cannot be read: ",
      "fromlint: loop/fromlint.yaml:1:1: cannot be r",
      "",
    ]);
  });
});

describe("a policy that the command line names", () => {
  it.each<[string, string]>([
    ["--config gone.yaml", "--config gone.yaml: there is no such file."],
    ["--config folder", "--config folder: this is a folder."],
    ["--policy gone.yaml", "--policy (FROMLINT_POLICY) gone.yaml: there is no such file."],
    ["--config broken.yaml", "broken.yaml:1:1: unknown key `ruls`; did you mean `rules`?"],
    ["--policy broken.yaml", "broken.yaml:1:1: unknown key `ruls`; did you mean `rules`?"],
  ])("%s", (argv, line) => {
    const folder = folderFor({ Dockerfile: DOCKERFILE, "broken.yaml": "ruls: {}" });
    mkdirSync(join(folder, "folder"));
    expect(fromlint(folder, argv)).toEqual(FAILED([line]));
  });
});
