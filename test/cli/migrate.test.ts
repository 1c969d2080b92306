/** `fromlint migrate`: from hadolint's settings to a policy. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { policyFromHadolint } from "../../src/migrate/hadolint.js";
import { loadPolicyText } from "../../src/policy/load.js";
import { folderWith } from "./folder.js";
import { runIn } from "./run-in.js";

const HEAD = "# yaml-language-server: $schema=./node_modules/fromlint/schema.json\nextends: [recommended]\n";

describe("what a .hadolint.yaml says", () => {
  it.each<[string, object, string]>([
    ["nothing", {}, ""],
    [
      "trusted registries",
      { trustedRegistries: ["docker.io", "my.corp:5000"] },
      "\nregistries:\n  allow: [docker.io, my.corp:5000]\n",
    ],
    [
      "a pattern of registries, which a policy has none of",
      { trustedRegistries: ["*.gcr.io"] },
      "\n# trustedRegistries has *.gcr.io: name its registries one by one in registries.allow.\n",
    ],
    ["an ignored rule", { ignored: ["DL3007"] }, "\nrules:\n  no-latest: off # DL3007\n"],
    [
      "other severities; ignored comes first",
      { override: { error: ["DL3024"], info: ["DL3006", "DL3007"] }, ignored: ["DL3007"] },
      "\nrules:\n  explicit-tag: warn # DL3006\n  no-latest: off # DL3007\n  stage-names: error # DL3024\n",
    ],
    [
      "a code that is a part of a rule",
      { ignored: ["DL3022"] },
      "\n# DL3022 is a part of valid-reference, which stays on.\n",
    ],
    ["all codes of a rule", { ignored: ["DL3022", "DL3023"] }, "\nrules:\n  valid-reference: off # DL3023\n"],
    [
      "syntax, which stays",
      { ignored: ["DL1000", "DL3061"] },
      "\n# DL1000 is a part of valid-syntax, which stays on.\n# DL3061 is a part of valid-syntax, which stays on.\n",
    ],
    [
      "codes for which there is no rule",
      { ignored: ["DL3008", "SC2086", "DL3008"] },
      "\n# No rule of fromlint is about DL3008, SC2086: hadolint still is.\n",
    ],
    [
      "labels",
      { "label-schema": { author: "rawtext", "x y": "email" }, "strict-labels": true },
      '\nrules:\n  require-labels: [error, { labels: { author: text, "x y": email }, strict: true }] # label-schema\n',
    ],
    [
      "what the command line says here",
      { "failure-threshold": "warning", format: "json" },
      "\n# failure-threshold: `--max-warnings 0` fails on warnings, too; without it only errors fail.\n# format: the flag `--format`.\n",
    ],
  ])("%s", (_title, config, expected) => {
    expect(policyFromHadolint(config, rules)).toBe(HEAD + expected);
  });

  it.each<[string, unknown]>([
    ["no map", [1, 2]],
    ["nothing at all", null],
    [
      "values of the wrong kind",
      { trustedRegistries: "docker.io", ignored: [1, { a: 1 }], override: [], "label-schema": 3 },
    ],
    [
      "names that would break out of YAML",
      {
        trustedRegistries: ["a\nb: c", "#"],
        ignored: ["DL1\nrules:", "a # b"],
        "label-schema": { "a: b": "text", "-": "url" },
      },
    ],
    ["control characters", { ignored: ["\u001b[2J\u202e"] }],
  ])("%s still gives a policy that loads", (_title, config) => {
    const policy = policyFromHadolint(config, rules);
    expect(loadPolicyText("/project/fromlint.yaml", policy).errors).toBeNull();
    expect(policy).not.toMatch(/[\u001b\u202e]/);
  });
});

describe("the command", () => {
  const files = { ".hadolint.yaml": "ignored: [DL3007]\n" };

  it("prints the policy", async () => {
    expect(await runIn(folderWith(files), "migrate")).toEqual({
      code: 0,
      stdout: `${HEAD}\nrules:\n  no-latest: off # DL3007\n`,
      stderr: "",
    });
  });

  it("writes it with --output", async () => {
    const folder = folderWith(files);
    await runIn(folder, "migrate --output fromlint.yaml");
    expect(readFileSync(join(folder, "fromlint.yaml"), "utf8")).toContain("no-latest: off");
  });

  it.each<[string, string | Uint8Array, string]>([
    ["broken YAML", "ignored: [", ".hadolint.yaml:1:"],
    ["not UTF-8", new Uint8Array([0xff, 0xfe, 0x00]), "not UTF-8"],
  ])("says where it is wrong: %s", async (_title, text, said) => {
    const { code, stderr } = await runIn(folderWith({ ".hadolint.yaml": text }), "migrate");
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });

  it("says that there is none", async () => {
    expect((await runIn(folderWith({}), "migrate")).stderr).toBe(
      "fromlint: there is no .hadolint.yaml or .hadolint.yml in . to migrate from.\n",
    );
  });
});
