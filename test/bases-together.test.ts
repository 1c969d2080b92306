/** Several base rules on one file: what they fix and suggest must lead to one end, and stay there. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import approvedBase from "../rules/approved-base.js";
import approvedRegistry from "../rules/approved-registry.js";
import explicitTag from "../rules/explicit-tag.js";
import noEolBase from "../rules/no-eol-base.js";
import noLatest from "../rules/no-latest.js";
import noLookalikeBase from "../rules/no-lookalike-base.js";
import pinPrecision from "../rules/pin-precision.js";
import unresolvedBase from "../rules/unresolved-base.js";
import { openCatalog } from "../src/catalog.js";
import { fixText, lintText, type LintOptions } from "../src/lint.js";
import type { RuleSetting } from "../src/policy/policy.js";
import { testPolicy } from "./rules/test-policy.js";

const rules = {
  "approved-base": approvedBase,
  "approved-registry": approvedRegistry,
  "explicit-tag": explicitTag,
  "no-eol-base": noEolBase,
  "no-latest": noLatest,
  "no-lookalike-base": noLookalikeBase,
  "pin-precision": pinPrecision,
  "unresolved-base": unresolvedBase,
};

const GOLDEN = {
  golden: [
    { image: "registry.local:5000/golden/node", replaces: ["node"], tags: ["22.23", "24.19"] },
    { image: "golden/python", replaces: ["python"] },
  ],
  allow: { final: ["golden"], build: ["golden", "official"] },
};
const HARBOR = { allow: ["registry.local:5000"], mirrors: { "docker.io": "harbor.example/hub" } };

const POLICIES = {
  none: {},
  patch: { pinning: [{ image: "**", require: "patch", digest: "forbid" }] },
  golden: { bases: GOLDEN },
  mirror: { registries: HARBOR },
  all: { bases: { ...GOLDEN, deny: ["**:latest", "alpine:3.1?"] }, registries: HARBOR },
} as const;

const catalog = openCatalog();
const optionsOf = new Map<string, LintOptions>();

function optionsFor(policy: keyof typeof POLICIES): LintOptions {
  const known = optionsOf.get(policy);
  if (known) return known;
  const settings = Object.keys(rules).map((name): [string, RuleSetting] => [name, { severity: 2, options: [] }]);
  const options: LintOptions = {
    filePath: "/project/Dockerfile",
    rules,
    policies: [testPolicy(POLICIES[policy], Object.fromEntries(settings))],
    catalog,
    today: "2026-11-21",
  };
  optionsOf.set(policy, options);
  return options;
}

function fixAll(code: string, policy: keyof typeof POLICIES): string {
  return fixText(code, optionsFor(policy), new Set(Object.keys(rules))).result.output ?? code;
}

function found(code: string, policy: keyof typeof POLICIES): string[] {
  return lintText(code, optionsFor(policy)).result.messages.map(({ ruleId }) => ruleId);
}

describe("with all suggestions applied", () => {
  it.each([
    ["a slip, then a tag", "none", "FROM ngnix\n", "FROM nginx:1.31.4\n", ["explicit-tag", "no-lookalike-base"]],
    ["a dead release, then a tighter tag", "patch", "FROM python:3.7-buster\n", "FROM python:3.11.16-bookworm\n", null],
    ["a word on a dead distribution", "none", "FROM node:lts-buster\n", "FROM node:24.19-bookworm\n", null],
    ["the mirror, then a tag", "mirror", "FROM node\n", "FROM harbor.example/hub/library/node:26.7.0\n", null],
    [
      "the golden image, and no other tag of the old one",
      "golden",
      "FROM node:24\n",
      "FROM registry.local:5000/golden/node:24.19\n",
      null,
    ],
    [
      "a golden image that is itself behind the mirror",
      "all",
      "FROM python:3.12\n",
      "FROM harbor.example/hub/golden/python:3.12\n",
      null,
    ],
    [
      "a golden image in the place of one that has a mirror, too",
      "all",
      "FROM node:24\n",
      "FROM registry.local:5000/golden/node:24.19\n",
      ["approved-base", "approved-registry"],
    ],
    [
      "latest is denied",
      "all",
      "FROM alpine:latest AS build\nFROM registry.local:5000/golden/node:24.19\n",
      "FROM harbor.example/hub/library/alpine:3.24.1 AS build\nFROM registry.local:5000/golden/node:24.19\n",
      null,
    ],
    [
      "one ARG for two variants",
      "none",
      "ARG V=16\nFROM node:$V AS build\nFROM node:$V-alpine\n",
      "ARG V=22.23\nFROM node:$V AS build\nFROM node:$V-alpine\n",
      null,
    ],
  ] as const)("%s", (_name, policy, before, after, rulesBefore) => {
    if (rulesBefore) expect(found(before, policy)).toEqual(expect.arrayContaining([...rulesBefore]));
    expect(fixAll(before, policy)).toBe(after);
    expect(found(after, policy)).toEqual([]);
  });
});

describe("one trouble is reported once", () => {
  it.each([
    ["no tag", "FROM node\n", ["explicit-tag"]],
    ["latest", "FROM node:latest\n", ["no-latest"]],
    ["an argument without a value", "ARG X\nFROM ${X}\n", ["unresolved-base"]],
    ["a loose tag", "FROM node:24\n", ["pin-precision"]],
    ["an invalid reference is none of theirs", "FROM Node:24\n", []],
  ])("%s", (_name, code, expected) => {
    expect(found(code, "none")).toEqual(expected);
  });
});

describe("whatever stands in the file", () => {
  const name = fc.constantFrom(
    "node",
    "python",
    "docker.io/library/node",
    "alpine",
    "ngnix",
    "golden/python",
    "acme/app",
    "localhost:5000/x",
    "mcr.microsoft.com/dotnet/sdk",
    "registry.local:5000/golden/node",
    "harbor.example/hub/library/node",
    "debian",
    "${NAME}",
  );
  const tag = fc.constantFrom(
    "",
    ":latest",
    ":24",
    ":3.12",
    ":16-alpine",
    ":3.7-buster",
    ":bookworm",
    ":24.19.0",
    ":${TAG}",
    ":${TAG}-alpine",
    ":24@sha256:" + "0123456789abcdef".repeat(4),
  );
  const image = fc.tuple(name, tag).map((parts) => parts.join(""));
  const file = fc
    .record({
      defaults: fc.constantFrom(
        "",
        "ARG TAG=24\nARG NAME=node\n",
        "ARG TAG=latest\nARG NAME\n",
        "ARG TAG\nARG NAME=python\n",
      ),
      images: fc.array(image, { minLength: 1, maxLength: 4 }),
    })
    .map(({ defaults, images }) => defaults + images.map((each, index) => `FROM ${each} AS s${index}\n`).join(""));
  const policy = fc.constantFrom(...(Object.keys(POLICIES) as (keyof typeof POLICIES)[]));

  it("fixes come to an end within the passes there are", () => {
    fc.assert(
      fc.property(file, policy, (code, which) => {
        const fixed = fixAll(code, which);
        expect(fixAll(fixed, which)).toBe(fixed);
      }),
      { numRuns: 300 },
    );
  });

  it("a suggestion always changes the file and leaves one that parses", () => {
    fc.assert(
      fc.property(file, policy, (code, which) => {
        const options = optionsFor(which);
        for (const { suggestions = [] } of lintText(code, options).result.messages) {
          for (const { fix } of suggestions) {
            const next = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
            expect(next).not.toBe(code);
            expect(next.match(/^FROM \S+ AS s\d+$/gm)).toHaveLength((code.match(/^FROM /gm) ?? []).length);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
