/** A policy with every key there is, and what each of them does. */
import { describe, expect, it } from "vitest";
import { placeOf } from "../../src/policy/policy.js";
import { isIgnored, resolvePolicy } from "../../src/policy/resolve.js";
import { errorsOf, loaded, matches } from "./known.js";

const POLICY = `# yaml-language-server: $schema=./node_modules/fromlint/schema.json
extends: [strict]
ignore: ["third-party/**"]
context: ./src
builder: buildah
bases:
  golden:
    - image: registry.local:5000/base/sdk
      replaces: [mcr.microsoft.com/dotnet/sdk]
      tags: ["8.0", "9.0"]
    - image: base/*
  allow: { final: [golden, official], build: [golden, official, verified] }
  verified: [partner/*]
  deny: ["docker.io/library/debian:1[01]*"]
registries:
  allow: [docker.io, registry.local:5000]
  insecure: [registry.local:5000]
  mirrors: { docker.io: mirror.corp.example/hub }
pinning:
  - { image: "base/**", require: major }
  - { image: "**", require: minor, digest: forbid }
args: { BASE_TAG: "9.0" }
contexts: { assets: ./assets }
exemptions:
  - rule: approved-base
    image: "node:18*"
    files: "old/**"
    until: 2027-06-30
    reason: "OPS-7: until the portal is gone"
rules:
  no-latest: warn
  volatile-arg-late: [error, { names: [COMMIT] }]
overrides:
  - files: "images/**"
    bases: { allow: { final: [official] } }
    rules: { require-labels: [error, { labels: { owner: email } }] }
locked: [approved-base, approved-registry]
`;

describe("the example", () => {
  const own = loaded(POLICY);
  const policy = resolvePolicy(own, "/project/app/Dockerfile");
  const made = resolvePolicy(own, "/project/images/sdk/Dockerfile");

  it("has no errors", () => {
    expect(errorsOf(POLICY)).toEqual([]);
  });

  it("extends: rules that it does not set are those of `strict`", () => {
    expect(policy.rules["pin-precision"]?.severity).toBe(2);
  });

  it("ignore: what others wrote is not linted", () => {
    expect(isIgnored(own, "/project/third-party/x/Dockerfile")).toBe(true);
    expect(isIgnored(own, "/project/app/Dockerfile")).toBe(false);
  });

  it("context, builder", () => {
    expect([policy.context, policy.builder]).toEqual(["/project/src", "buildah"]);
  });

  it("bases.golden: which images, what they replace, which tags there are", () => {
    const [sdk, base] = policy.bases.golden;
    expect(matches(sdk?.pattern, "registry.local:5000/base/sdk:9.0")).toBe(true);
    expect(matches(sdk?.replaces[0], "mcr.microsoft.com/dotnet/sdk:9.0")).toBe(true);
    expect(sdk?.tags).toEqual(["8.0", "9.0"]);
    expect(matches(base?.pattern, "docker.io/base/node:22")).toBe(true);
    expect(base?.tags).toBeNull();
  });

  it("bases.allow: by role, and the default for the role that is left out", () => {
    expect(policy.bases.declared).toBe(true);
    expect(policy.bases.allow).toEqual({
      final: ["golden", "official"],
      build: ["golden", "official", "verified"],
      copied: ["golden", "official", "verified"],
    });
  });

  it("bases.verified, bases.deny", () => {
    expect(matches(policy.bases.verified[0], "docker.io/partner/agent:1")).toBe(true);
    expect(matches(policy.bases.deny[0], "docker.io/library/debian:11-slim")).toBe(true);
    expect(matches(policy.bases.deny[0], "docker.io/library/debian:12")).toBe(false);
  });

  it("registries", () => {
    expect(policy.registries).toEqual({
      declared: true,
      allow: ["docker.io", "registry.local:5000"],
      insecure: ["registry.local:5000"],
      mirrors: { "docker.io": "mirror.corp.example/hub" },
    });
  });

  it("pinning: before what the preset asks for", () => {
    expect(policy.pinning.map(({ pattern, require, digest }) => [pattern.text, require, digest])).toEqual([
      ["base/**", "major", "allow"],
      ["**", "minor", "forbid"],
      ["**", "patch", "allow"],
    ]);
  });

  it("args, with the place of each for whoever explains a value, and contexts", () => {
    expect(policy.args).toEqual({ BASE_TAG: "9.0" });
    expect(placeOf(policy, "args/BASE_TAG")).toEqual({ file: "/project/fromlint.yaml", line: 22, column: 9 });
    expect(policy.contexts).toEqual({ assets: "/project/assets" });
  });

  it("exemptions", () => {
    expect(policy.exemptions).toMatchObject([
      { rule: "approved-base", until: "2027-06-30", reason: "OPS-7: until the portal is gone" },
    ]);
  });

  it("rules: severities and options", () => {
    expect(policy.rules["no-latest"]).toEqual({ severity: 1, options: [] });
    expect(policy.rules["volatile-arg-late"]).toEqual({ severity: 2, options: [{ names: ["COMMIT"] }] });
  });

  it("overrides: where images are made, other bases and labels", () => {
    expect(made.bases.allow.final).toEqual(["official"]);
    expect(made.rules["require-labels"]).toEqual({ severity: 2, options: [{ labels: { owner: "email" } }] });
    expect(policy.rules["require-labels"]).toEqual({ severity: 2, options: [] });
  });

  it("locked: and `unresolved-base` with `approved-base`", () => {
    expect([...policy.locked]).toEqual(["approved-base", "approved-registry", "unresolved-base"]);
  });

  it("has a file and a folder, and is not from outside unless the caller says so", () => {
    expect([policy.file, policy.folder, policy.outer]).toEqual(["/project/fromlint.yaml", "/project", false]);
    expect(resolvePolicy(loaded(POLICY, { outer: true }), "/project/Dockerfile").outer).toBe(true);
  });
});
