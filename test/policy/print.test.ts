/** `--print-config`: a policy as plain data, with where each value comes from. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { presetPolicy } from "../../src/policy/presets.js";
import { printable } from "../../src/policy/print.js";
import { resolvePolicy } from "../../src/policy/resolve.js";
import { folderWith } from "../cli/folder.js";
import { known, loadedFile } from "./known.js";

describe("printable", () => {
  const printed = (): Readonly<Record<string, unknown>> => {
    const folder = folderWith({
      "org.yaml": [
        "extends: [recommended]",
        "locked: [no-latest]",
        "bases: { allow: { final: [official] }, deny: [evil/*] }",
        "pinning: [{ image: '**', require: patch }]",
      ].join("\n"),
      "app/fromlint.yaml": [
        "extends: [../org.yaml]",
        "context: .",
        "bases:",
        "  golden:",
        "    - { image: golden/*, replaces: [node], tags: ['1'] }",
        "registries: { allow: [docker.io], mirrors: { docker.io: a.example } }",
        "exemptions: [{ rule: pin-precision, image: x, files: y, until: 2027-01-31, reason: z }]",
        "rules: { require-labels: [error, { labels: { owner: email } }] }",
      ].join("\n"),
    });
    const own = loadedFile(join(folder, "app/fromlint.yaml"), { severities: new Map([["pin-precision", 0]]) });
    return printable(resolvePolicy(own, join(folder, "app/Dockerfile")), folder);
  };

  it("is all of the policy, as JSON holds it", () => {
    const policy = printed();
    expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
    expect(policy).toEqual({
      file: "app/fromlint.yaml",
      outer: false,
      context: { value: "app", from: "app/fromlint.yaml:2:1" },
      builder: { value: "buildkit", from: "default" },
      bases: {
        golden: [{ image: "golden/*", replaces: ["node"], tags: ["1"], from: "app/fromlint.yaml:5:16" }],
        allow: {
          final: { value: ["official"], from: "org.yaml:3:19" },
          build: { value: ["golden", "official"], from: "default" },
          copied: { value: ["golden", "official", "verified"], from: "default" },
        },
        verified: [],
        deny: [{ image: "evil/*", from: "org.yaml:3:47" }],
      },
      registries: {
        allow: { value: ["docker.io"], from: "app/fromlint.yaml:6:15" },
        insecure: { value: [], from: "default" },
        mirrors: { "docker.io": { value: "a.example", from: "app/fromlint.yaml:6:46" } },
      },
      pinning: [
        { image: "**", require: "patch", digest: "allow", from: "org.yaml:4:20" },
        { image: "docker/dockerfile", require: "major", digest: "allow", from: "preset" },
        { image: "**", require: "minor", digest: "allow", from: "preset" },
      ],
      args: {},
      contexts: {},
      exemptions: [
        {
          rule: "pin-precision",
          image: "x",
          files: ["y"],
          until: "2027-01-31",
          reason: "z",
          from: "app/fromlint.yaml:7:14",
        },
      ],
      rules: {
        "approved-base": { severity: "error", from: "recommended" },
        "approved-registry": { severity: "error", from: "recommended" },
        "no-latest": { severity: "error", from: "recommended", locked: "org.yaml:2:10" },
        "pin-precision": { severity: "off", from: "--rule" },
        "prefer-copy-link": { severity: "off", from: "recommended" },
        "require-labels": {
          severity: "error",
          options: [{ labels: { owner: "email" } }],
          from: "app/fromlint.yaml:8:10",
        },
        "unresolved-base": { severity: "error", from: "recommended" },
        "volatile-arg-late": { severity: "warn", from: "recommended" },
      },
    });
  });

  it("works for a preset alone", () => {
    const { file, rules, context } = printable(presetPolicy("strict", null, known.recommended), "/");
    expect(file).toBeNull();
    expect(context).toEqual({ value: null, from: "default" });
    expect(rules).toMatchObject({ "no-latest": { severity: "error", from: "strict" } });
  });
});
