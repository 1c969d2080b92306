/** Whatever a policy file holds, loading it ends with a policy or with errors that people can find. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadPolicyText, type LoadResult } from "../../src/policy/load.js";
import { printable } from "../../src/policy/print.js";
import { resolvePolicy } from "../../src/policy/resolve.js";
import { known } from "./known.js";

const POLICY = `extends: [strict]
ignore: ["vendor/**"]
bases:
  golden:
    - image: &base base/*
      tags: ["8.0"]
  allow: { final: [golden, official] }
  deny: [*base, "debian:1[01]*"]
registries: { allow: [docker.io], mirrors: { docker.io: a.example/hub } }
pinning: [{ image: "**", require: minor, digest: forbid }]
args: { BASE_TAG: "9.0" }
exemptions: [{ rule: approved-base, image: "node:18*", files: [old/**], until: 2027-06-30, reason: x }]
rules: { no-latest: warn, volatile-arg-late: [error, { names: [COMMIT] }] }
overrides: [{ files: "images/**", rules: { no-latest: off } }]
locked: [approved-base]
`;

const PIECES = [
  "",
  " ",
  "\n",
  "\t",
  ":",
  ": ",
  "- ",
  "[",
  "]",
  "{",
  "}",
  ",",
  "'",
  '"',
  "\\",
  "&a ",
  "*a",
  "!!x ",
  "#",
  "|",
  ">",
];
const piece = fc.oneof(
  fc.constantFrom(...PIECES, "---\n", "null", "3.10", "~", "**", "<<", "%", "\u0000", "\ud800", "\u202e"),
  fc.string({ maxLength: 8 }),
);
const edit = fc.record({ at: fc.nat(POLICY.length), remove: fc.nat(20), put: piece });
const mutated = fc
  .array(edit, { minLength: 1, maxLength: 4 })
  .map((edits) =>
    edits.reduce((text, { at, remove, put }) => text.slice(0, at) + put + text.slice(at + remove), POLICY),
  );

function isSound(result: LoadResult, text: string): void {
  if (result.errors === null) {
    const policy = resolvePolicy(result.policy, "/project/images/Dockerfile");
    expect(() => JSON.stringify(printable(policy, "/project"))).not.toThrow();
    return;
  }
  expect(result.errors).not.toEqual([]);
  const lines = text.replace(/^\ufeff/, "").split("\n");
  for (const { file, line, column, message } of result.errors) {
    expect(file).toBe("/project/fromlint.yaml");
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
    expect(lines[line - 1], `line ${line}`).toBeDefined();
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
    expect(message).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+$/u);
  }
}

describe("loading", () => {
  const load = (text: string): LoadResult => loadPolicyText("/project/fromlint.yaml", text, { known });

  it("the policy as it stands is fine", () => {
    expect(load(POLICY).errors).toBeNull();
  });

  it("a policy with a few characters changed", () => {
    fc.assert(
      fc.property(mutated, (text) => isSound(load(text), text)),
      { numRuns: 1_000 },
    );
  });

  it("any data under the keys of a policy", () => {
    const keys = ["extends", "ignore", "bases", "registries", "pinning", "args", "rules", "overrides", "locked"];
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value), (data) => {
        const text = JSON.stringify(data);
        isSound(load(text), text);
      }),
      { numRuns: 500 },
    );
  });
});
