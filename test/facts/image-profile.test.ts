/** What is known of an image. The facts are those of the committed catalog, as of its dates. */
import { describe, expect, it } from "vitest";
import { openCatalog } from "../../src/catalog.js";
import { imageProfile, type ImageProfile } from "../../src/facts/image-profile.js";
import { parseReference } from "../../src/facts/reference.js";
import { imageFindings } from "../../src/image-findings.js";
import { rules } from "../../rules/index.js";
import { testPolicy } from "../rules/test-policy.js";
import { factsOf } from "./facts-of.js";

function profile(image: string, policy: Readonly<Record<string, unknown>> = {}): ImageProfile {
  const parsed = parseReference(image);
  if (!("reference" in parsed)) throw new Error(`${image} is no reference`);
  return imageProfile(parsed.reference, factsOf("", { policy }).facts.inputs);
}

const GOLDEN = {
  bases: {
    golden: [{ image: "golden/node", replaces: ["node"], tags: ["22", "24.19.0"] }, { image: "golden/*" }],
    deny: ["alpine:3.1?"],
  },
  registries: { allow: ["docker.io", "harbor.example"], mirrors: { "docker.io": "harbor.example/hub" } },
  pinning: [
    { image: "golden/**", require: "major" },
    { image: "**", require: "patch", digest: "forbid" },
  ],
};

describe("an official image", () => {
  it("has its tier, its level and what the tag moves with", () => {
    expect(profile("node:22-alpine")).toMatchObject({
      reference: "docker.io/library/node:22-alpine",
      name: "node:22-alpine",
      origin: null,
      tier: "official",
      why: "it is a Docker Official Image",
      tierFrom: null,
      level: "major",
      moves: "22.x.y",
      exactTag: "22.23.2-alpine",
    });
  });

  it("has its aliases without itself", () => {
    const { aliases } = profile("node:22-alpine");
    expect(aliases).toContain("22.23.2-alpine3.24");
    expect(aliases).not.toContain("22-alpine");
  });

  it("has the end of life of product and distribution", () => {
    const ends = profile("python:3.12-buster").ends.map(({ kind, of, date, past }) => [kind, of, date, past]);
    expect(ends).toEqual([
      ["product", "python 3.12", "2028-10-31", false],
      ["distribution", "debian 10 (buster)", "2024-06-30", true],
    ]);
  });

  it("that left the set says when", () => {
    expect(profile("centos:7").ends.map(({ kind }) => kind)).toContain("retired");
    expect(profile("centos:7")).toMatchObject({ tier: "other", why: /left the Docker Official Images on/ });
  });

  it("without a tag is latest", () => {
    expect(profile("node")).toMatchObject({
      level: "none",
      name: "node",
      exactTag: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
    });
  });

  it.each(["node:22.23.2", "node@sha256:" + "a".repeat(64), "debian:bookworm-20260803"])("%s stays", (image) => {
    expect(profile(image).moves).toBeNull();
  });
});

describe("what the policy asks", () => {
  it("names the golden image that replaces it, with the tag where it is there", () => {
    expect(profile("node:22", GOLDEN).replacements).toEqual([
      {
        image: "golden/node:22",
        sameTag: true,
        pattern: "golden/node",
        place: expect.objectContaining({ line: 1 }) as object,
      },
    ]);
    expect(profile("node:24", GOLDEN).replacements).toMatchObject([{ image: "golden/node:24.19.0", sameTag: false }]);
  });

  it("names the pattern of a golden image, and its place", () => {
    expect(profile("golden/java:21", GOLDEN)).toMatchObject({
      tier: "golden",
      tierFrom: { pattern: "golden/*", place: { file: "/project/fromlint.yaml" } },
      asked: { roles: ["final", "build", "copied"], pinning: { pattern: "golden/**", require: "major", met: true } },
    });
  });

  it("tells the roles in which an image may stand", () => {
    expect(profile("node:22", GOLDEN).asked.roles).toEqual(["build", "copied"]);
    expect(profile("node:22").asked.roles).toEqual(["final", "build", "copied"]);
    expect(profile("acme/app:1").asked.roles).toEqual([]);
  });

  it("gives a denied image no role", () => {
    expect(profile("alpine:3.18", GOLDEN).asked).toMatchObject({ roles: [], denied: { pattern: "alpine:3.1?" } });
  });

  it.each<[image: string, met: boolean]>([
    ["node:22", false],
    ["node:22.23.2", true],
    ["node:22.23.2@sha256:" + "a".repeat(64), false],
  ])("pinning to patch without a digest: %s %s", (image, met) => {
    expect(profile(image, GOLDEN).asked.pinning).toMatchObject({ require: "patch", digest: "forbid", met });
  });

  it.each<[image: string, allowed: boolean, mirror: string | null]>([
    ["node:22", true, "harbor.example/hub/library/node:22"],
    ["harbor.example/hub/library/node:22", true, null],
    ["quay.io/x/y:1", false, null],
    ["localhost:5000/x:1", false, null],
  ])("registries: %s is allowed: %s", (image, allowed, mirror) => {
    expect(profile(image, GOLDEN).asked.registry).toMatchObject({ allowed, mirror });
  });

  it("reads a mirror's image as the one that it stands for", () => {
    const found = profile("harbor.example/hub/library/node:22", GOLDEN);
    expect(found).toMatchObject({ origin: "node:22", tier: "official", level: "major", exactTag: "22.23.2" });
  });
});

describe("which rules would say what", () => {
  const policy = testPolicy(GOLDEN);
  const options = {
    filePath: "/project/Dockerfile",
    rules,
    policies: [policy],
    catalog: openCatalog(),
    today: "2026-11-21",
  };
  const said = (image: string): string[] | undefined =>
    imageFindings(image, options)?.messages.map(({ ruleId }) => ruleId);

  it.each<[image: string, rules: string[] | undefined]>([
    ["golden/node:24.19.0", []],
    ["node", ["approved-base", "explicit-tag"]],
    ["node:16", ["approved-base", "no-eol-base", "pin-precision"]],
    ["node:22 AS x", undefined],
    ["node\nRUN curl x | sh", undefined],
    ["${X}", undefined],
    ["", undefined],
  ])("%j", (image, expected) => {
    expect(said(image)).toEqual(expected);
  });
});
