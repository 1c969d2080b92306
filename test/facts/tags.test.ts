import { describe, expect, it } from "vitest";
import type { CatalogImage } from "../../src/catalog.js";
import type { Level } from "../../src/facts/pinning.js";
import { parseReference, type Reference } from "../../src/facts/reference.js";
import { splitTag, variantWords } from "../../src/facts/tag-parts.js";
import { aliasGroup, mostExactTag, nearestTag, tagAtLevel, tagOfRelease } from "../../src/facts/tags.js";

function image(...groups: string[]): CatalogImage {
  return { tags: groups.map((group) => group.split(" ")), product: null, cycles: {}, extendedSupport: null };
}

const node = image(
  "26 26-trixie 26.7 26.7-trixie 26.7.0 26.7.0-trixie current latest trixie",
  "24 24-bookworm 24.19 24.19.0 24.19.0-bookworm lts lts-bookworm",
  "22-alpine 22-alpine3.24 22.23-alpine 22.23-alpine3.24 22.23.2-alpine 22.23.2-alpine3.24",
  "24-alpine 24-alpine3.24 24.19-alpine 24.19.0-alpine 24.19.0-alpine3.24 lts-alpine lts-alpine3.24",
);
const debian = image("bookworm bookworm-20260803 12.15 12", "stable stable-20260803");
const ubuntu = image("24.04 noble-20260810 noble", "26.04 resolute-20260811.1 resolute latest");
const traefik = image("v3.7.11 3.7.11 v3.7 3.7 v3 3 latest");
const images: Readonly<Record<string, CatalogImage>> = { node, debian, ubuntu, traefik };

function read(text: string): { reference: Reference; image: CatalogImage } {
  const parsed = parseReference(text);
  const known = images[text.split(":")[0]!];
  if (!("reference" in parsed) || !known) throw new Error(text);
  return { reference: parsed.reference, image: known };
}

describe("aliasGroup", () => {
  it("is every tag of the same image", () => {
    expect(aliasGroup("noble", ubuntu)).toEqual(["24.04", "noble-20260810", "noble"]);
  });
  it("is null for a tag that the catalog does not know", () => {
    expect(aliasGroup("8", node)).toBeNull();
  });
});

describe("mostExactTag keeps the style of the tag", () => {
  it.each([
    ["node:22-alpine", "22.23.2-alpine"],
    ["node:22-alpine3.24", "22.23.2-alpine3.24"],
    ["node:lts-alpine", "24.19.0-alpine"],
    ["node:lts", "24.19.0"],
    ["node:lts-bookworm", "24.19.0-bookworm"],
    ["node:26", "26.7.0"],
    ["node:trixie", "26.7.0-trixie"],
    ["debian:12", "12.15"],
    ["debian:bookworm", "bookworm-20260803"],
    ["debian:stable", "stable-20260803"],
    ["ubuntu:24.04", "noble-20260810"],
    ["traefik:v3", "v3.7.11"],
    ["traefik:3", "3.7.11"],
    // Without a tag, and for `latest`: what is behind `latest`.
    ["node", "26.7.0"],
    ["node:latest", "26.7.0"],
    ["ubuntu", "resolute-20260811.1"],
    // Already exact.
    ["node:22.23.2-alpine", "22.23.2-alpine"],
    // Not in the catalog.
    ["node:8", null],
    ["debian", null],
  ])("%s -> %s", (text, expected) => {
    const { reference, image: known } = read(text);
    expect(mostExactTag(reference, known)).toBe(expected);
  });
});

describe("tagAtLevel changes no more than the level asks", () => {
  it.each<[string, Level, string | null]>([
    ["node:lts", "major", "24"],
    ["node:lts", "minor", "24.19"],
    ["node:lts", "patch", "24.19.0"],
    ["node:lts-alpine3.24", "minor", "24.19.0-alpine3.24"], // there is no 24.19-alpine3.24
    ["node:22-alpine", "major", "22-alpine"],
    ["node:22-alpine", "minor", "22.23-alpine"],
    ["node:22.23-alpine", "major", "22.23-alpine"],
    ["node", "minor", "26.7"],
    ["ubuntu:noble", "minor", "24.04"],
    ["traefik:v3", "minor", "v3.7"],
    ["node:22-alpine", "digest", null],
  ])("%s at %s -> %s", (text, level, expected) => {
    const { reference, image: known } = read(text);
    expect(tagAtLevel(reference, known, level)).toBe(expected);
  });
});

describe("nearestTag", () => {
  it.each([
    ["the tag itself", "3.1", ["3.0", "3.1"], "3.1"],
    ["the line of a release", "3.1.100", ["3.0", "3.1"], "3.1"],
    ["the same minor before a newer one", "3.0.2", ["3.0", "3.1"], "3.0"],
    ["the same major", "3.9", ["3.0", "3.1", "4.0"], "3.1"],
    ["the same variant", "22-alpine", ["22.2", "22.1-alpine", "22.2-alpine", "20-alpine"], "22.2-alpine"],
    ["another variant rather than none", "22-alpine", ["22.2", "20-alpine"], "22.2"],
    ["no other major", "2.2", ["3.0", "3.1"], null],
    ["the newest for a tag without a version", "lts", ["3.9", "3.10", "3.0"], "3.10"],
    ["the newest for no tag", null, ["3.9", "3.10"], "3.10"],
    ["latest for no tag where it exists", null, ["3.9", "latest"], "latest"],
    ["nothing of nothing", "1", [], null],
  ])("%s", (_what, tag, tags, expected) => {
    expect(nearestTag(tag, tags)).toBe(expected);
  });
});

describe("tagOfRelease", () => {
  it.each([
    // tag, release, variant, expected
    ["22-alpine", "24", "alpine", "24-alpine"],
    ["22.1-alpine", "24", "alpine", "24.19-alpine"],
    ["22.1.0-alpine", "24", "alpine", "24.19.0-alpine"],
    ["22-bullseye", "24", "bookworm", "24-bookworm"],
    ["22-slim", "24", "slim", null],
    ["lts-buster", "", "lts-bookworm", "lts-bookworm"],
  ])("%s on %s with %s is %s", (tag, release, variant, expected) => {
    const version = release === "" ? [] : release.split(".");
    const words = variantWords({ ...splitTag(""), variant });
    expect(tagOfRelease(tag, node, version, words)).toBe(expected);
  });
});
