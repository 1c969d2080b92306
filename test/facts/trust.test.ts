import { describe, expect, it } from "vitest";
import type { Catalog } from "../../src/catalog.js";
import { familiarReference, formatReference, parseReference, type Reference } from "../../src/facts/reference.js";
import { deniedBy, goldenReplacements, origin, tierOf } from "../../src/facts/trust.js";
import { testPolicy } from "../rules/test-policy.js";

const catalog: Catalog = {
  asOf: { tags: "2026-08-21", endOfLife: "2026-08-22", publishers: "2026-11-21" },
  official: new Set(["node", "python", "debian"]),
  retired: new Map([["centos", "2024-07-29"]]),
  publishers: [
    { prefix: "mcr.microsoft.com/", publisher: "Microsoft", basis: "registry", copyOf: null },
    { prefix: "docker.io/grafana/", publisher: "Grafana Labs", basis: "hub", copyOf: null },
    {
      prefix: "public.ecr.aws/docker/library/",
      publisher: "Docker Official Images on Amazon ECR Public",
      basis: "registry",
      copyOf: "docker.io/library/",
    },
  ],
  notLookalikes: new Set(),
  repositories: new Set(),
  image: () => null,
};

function read(text: string): Reference {
  const parsed = parseReference(text);
  if (!("reference" in parsed)) throw new Error(parsed.problem.code);
  return parsed.reference;
}

describe("origin", () => {
  const mirrors = {
    "docker.io": "harbor.corp/hub",
    "docker.io/grafana": "harbor.corp/hub-grafana",
    "quay.io": "quay.corp",
    "public.ecr.aws": "harbor.corp/aws",
  };
  it.each([
    ["harbor.corp/hub/library/node:22", "docker.io/library/node:22"],
    ["harbor.corp/hub/node:22", "docker.io/library/node:22"],
    ["harbor.corp/hub/acme/app:1", "docker.io/acme/app:1"],
    ["harbor.corp/hub-grafana/loki:3", "docker.io/grafana/loki:3"],
    ["quay.corp/keycloak/keycloak:26", "quay.io/keycloak/keycloak:26"],
    // A copy, and a mirror of a copy.
    ["public.ecr.aws/docker/library/node:22", "docker.io/library/node:22"],
    ["harbor.corp/aws/docker/library/node:22", "docker.io/library/node:22"],
    // Anything else is its own.
    ["node:22", "docker.io/library/node:22"],
    ["harbor.corp/hubris/node:22", "harbor.corp/hubris/node:22"],
    ["harbor.corp/hub", "harbor.corp/hub"],
    ["public.ecr.aws/lambda/node:22", "public.ecr.aws/lambda/node:22"],
    [`harbor.corp/hub/library/node@sha256:${"0".repeat(64)}`, `docker.io/library/node@sha256:${"0".repeat(64)}`],
  ])("%s -> %s", (text, expected) => {
    expect(formatReference(origin(read(text), mirrors, catalog))).toBe(expected);
  });
});

describe("tierOf", () => {
  const policy = testPolicy({
    bases: {
      golden: [{ image: "registry.corp/golden/*" }, { image: "acme/node" }, { image: "debian:12*" }],
      verified: ["acme/*"],
    },
    registries: { mirrors: { "docker.io": "harbor.corp/hub" } },
  });
  it.each([
    ["registry.corp/golden/node:22", "golden", "it matches the golden image registry.corp/golden/*", null],
    ["acme/node:22", "golden", "it matches the golden image acme/node", null],
    ["harbor.corp/hub/acme/node:22", "golden", "it matches the golden image acme/node", null],
    ["debian:12.15", "golden", "it matches the golden image debian:12*", null],
    ["debian:11", "official", "it is a Docker Official Image", "Docker Official Images"],
    ["node:22", "official", "it is a Docker Official Image", "Docker Official Images"],
    [
      "harbor.corp/hub/library/node:22",
      "official",
      "it stands for node, a Docker Official Image",
      "Docker Official Images",
    ],
    [
      "public.ecr.aws/docker/library/python:3",
      "official",
      "it stands for python, a Docker Official Image",
      "Docker Official Images",
    ],
    ["acme/web:1", "verified", "it matches acme/*, which the policy lists as verified", null],
    ["mcr.microsoft.com/dotnet/sdk:8.0", "verified", "it comes from a registry of Microsoft", "Microsoft"],
    ["grafana/loki:3", "verified", "Grafana Labs is a Docker Verified Publisher", "Grafana Labs"],
    ["centos:7", "other", "centos left the Docker Official Images on 2024-07-29", null],
    ["evil/node:22", "other", "it is neither golden, nor a Docker Official Image, nor from a verified publisher", null],
    // Nothing counts but the whole name.
    [
      "evil.example/library/node:22",
      "other",
      "it is neither golden, nor a Docker Official Image, nor from a verified publisher",
      null,
    ],
    [
      "grafanax/loki",
      "other",
      "it is neither golden, nor a Docker Official Image, nor from a verified publisher",
      null,
    ],
    [
      "public.ecr.aws/docker/library/nod",
      "other",
      "it is neither golden, nor a Docker Official Image, nor from a verified publisher",
      null,
    ],
  ])("%s is %s: %s", (text, tier, why, publisher) => {
    const trust = tierOf(read(text), policy, catalog);
    expect(trust.tier).toBe(tier);
    expect(trust.why).toContain(why);
    expect(trust.publisher).toBe(publisher);
  });

  it("names the pattern of the policy that decided", () => {
    expect(tierOf(read("acme/node:22"), policy, catalog).pattern?.text).toBe("acme/node");
    expect(tierOf(read("node:22"), policy, catalog).pattern).toBeNull();
  });
});

describe("deniedBy", () => {
  const policy = testPolicy({
    bases: { deny: ["docker.io/library/debian:1?", "evil.example/**"] },
    registries: { mirrors: { "docker.io": "harbor.corp/hub" } },
  });
  it.each([
    ["debian:10", "docker.io/library/debian:1?"],
    ["harbor.corp/hub/library/debian:10", "docker.io/library/debian:1?"],
    ["public.ecr.aws/docker/library/debian:10", "docker.io/library/debian:1?"],
    ["evil.example/a/b", "evil.example/**"],
    ["debian:10-slim", undefined],
    ["python:3.12", undefined],
  ])("%s meets %s", (text, expected) => {
    expect(deniedBy(read(text), policy, catalog)?.text).toBe(expected);
  });
});

describe("goldenReplacements", () => {
  const policy = testPolicy({
    bases: {
      golden: [
        { image: "golden/dotnet-sdk", replaces: ["mcr.microsoft.com/dotnet/core/sdk"], tags: ["3.0", "3.1"] },
        { image: "golden/node", replaces: ["node"] },
        { image: "golden/node-lts:22", replaces: ["node"] },
        { image: "golden/*", replaces: ["python"] },
      ],
    },
    registries: { mirrors: { "docker.io": "harbor.corp/hub" } },
  });
  it.each([
    [
      "the tag is kept where the golden image has it",
      "mcr.microsoft.com/dotnet/core/sdk:3.1",
      ["golden/dotnet-sdk:3.1"],
    ],
    ["else the nearest one", "mcr.microsoft.com/dotnet/core/sdk:3.0.100", ["golden/dotnet-sdk:3.0"]],
    ["none of another major release", "mcr.microsoft.com/dotnet/core/sdk:2.2", []],
    ["the newest where no tag is written", "mcr.microsoft.com/dotnet/core/sdk", ["golden/dotnet-sdk:3.1"]],
    [
      "any tag where no tags are listed; its own where it names one",
      "node:20",
      ["golden/node:20", "golden/node-lts:22"],
    ],
    ["no tag stays no tag", "node", ["golden/node", "golden/node-lts:22"]],
    ["for an image under a mirror", "harbor.corp/hub/library/node:20", ["golden/node:20", "golden/node-lts:22"]],
    [
      "without the digest, which is another image's",
      `node:20@sha256:${"0".repeat(64)}`,
      ["golden/node:20", "golden/node-lts:22"],
    ],
    ["a pattern with a wildcard names no image", "python:3.12", []],
    ["nothing for what nothing replaces", "debian:12", []],
  ])("%s", (_what, text, expected) => {
    const found = goldenReplacements(read(text), policy, catalog);
    expect(found.map(({ reference }) => familiarReference(reference))).toEqual(expected);
  });

  it("says whether the tag is the same", () => {
    const same = (text: string): boolean[] =>
      goldenReplacements(read(text), policy, catalog).map(({ sameTag }) => sameTag);
    expect(same("node:22")).toEqual([true, true]);
    expect(same("node:20")).toEqual([true, false]);
  });
});
