/** Overrides, and the policy of each Dockerfile. */
import { describe, expect, it } from "vitest";
import { resolvePolicy } from "../../src/policy/resolve.js";
import { loaded, policy } from "./known.js";

describe("an override", () => {
  const text = `
bases:
  golden: [{ image: golden/* }]
  deny: [evil/*]
registries: { allow: [docker.io], mirrors: { docker.io: a.example } }
pinning: [{ image: '**', require: patch }]
rules: { no-latest: error, require-labels: [error, { labels: { owner: email } }] }
overrides:
  - files: images/**
    bases: { golden: [{ image: own }], allow: { final: [official, verified] } }
    registries: { allow: [quay.io], mirrors: { quay.io: b.example } }
    pinning: [{ image: golden/*, require: tag }]
    rules: { no-latest: warn, require-labels: off }
`;

  it("is like a nearer file for the files that its globs name", () => {
    const { bases, registries, pinning, rules } = policy(text, "images/base/Dockerfile");
    expect(bases.golden.map(({ pattern }) => pattern.text)).toEqual(["own", "golden/*"]);
    expect(bases.deny.map((pattern) => pattern.text)).toEqual(["evil/*"]);
    expect(bases.allow).toEqual({
      final: ["official", "verified"],
      build: ["golden", "official"],
      copied: ["golden", "official", "verified"],
    });
    expect(registries).toMatchObject({
      allow: ["quay.io"],
      mirrors: { "docker.io": "a.example", "quay.io": "b.example" },
    });
    expect(pinning.map(({ pattern }) => pattern.text).slice(0, 2)).toEqual(["golden/*", "**"]);
    expect(rules["no-latest"]?.severity).toBe(1);
    expect(rules["require-labels"]).toEqual({ severity: 0, options: [{ labels: { owner: "email" } }] });
  });

  it("changes nothing for others", () => {
    const { bases, registries, rules } = policy(text, "app/Dockerfile");
    expect(bases.allow.final).toEqual(["golden"]);
    expect(registries.allow).toEqual(["docker.io"]);
    expect(rules["no-latest"]?.severity).toBe(2);
  });

  it("may name several globs", () => {
    const many = "overrides: [{ files: ['a/**', '*.dev'], rules: { no-latest: off } }]";
    const severities = ["a/x/Dockerfile", "Dockerfile.dev", "b/Dockerfile"].map(
      (file) => policy(many, file).rules["no-latest"]?.severity,
    );
    expect(severities).toEqual([0, 0, 2]);
  });

  it("of several that match, the earlier one wins, as in every list of a policy", () => {
    const two = `
overrides:
  - { files: 'a/**', rules: { no-latest: off }, pinning: [{ image: first, require: none }] }
  - { files: '**', rules: { no-latest: warn, pin-precision: error }, pinning: [{ image: second, require: none }] }
`;
    const both = policy(two, "a/Dockerfile");
    expect(both.rules["no-latest"]?.severity).toBe(0);
    expect(both.rules["pin-precision"]?.severity).toBe(2);
    expect(both.pinning.map(({ pattern }) => pattern.text).slice(0, 2)).toEqual(["first", "second"]);
    expect(policy(two, "b/Dockerfile").rules["no-latest"]?.severity).toBe(1);
  });

  it("does not come before --rule", () => {
    const text = "overrides: [{ files: '**', rules: { no-latest: off } }]";
    const { rules, origins } = policy(text, "Dockerfile", { severities: new Map([["no-latest", 1]]) });
    expect(rules["no-latest"]?.severity).toBe(1);
    expect(origins.get("rules/no-latest")).toBe("--rule");
  });
});

describe("a thousand files", () => {
  const own = loaded("overrides: [{ files: 'a/**', rules: {} }, { files: '**/*.dev', rules: {} }]");

  it("share the policies of the overrides that match: four at most for two", () => {
    const policies = new Set<unknown>();
    for (let index = 0; index < 1_000; index++) {
      const folder = index % 2 === 0 ? "a" : "b";
      const name = index % 3 === 0 ? "x.dev" : "Dockerfile";
      policies.add(resolvePolicy(own, `/project/${folder}/${index}/${name}`));
    }
    expect(policies.size).toBe(4);
  });
});
