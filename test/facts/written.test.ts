import { describe, expect, it } from "vitest";
import type { KnownImageUse } from "../../src/facts/images.js";
import { parseReference } from "../../src/facts/reference.js";
import { clipped, knownUses, nameOf, relatedTo, shown, withReference, withTag } from "../../src/facts/written.js";
import { factsOf } from "./facts-of.js";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

function useOf(text: string, contexts = {}): KnownImageUse {
  const use = knownUses(factsOf(text, { contexts }).facts.images).at(-1);
  if (!use) throw new Error("no image is known");
  return use;
}

describe("an image with another tag keeps its name as written", () => {
  it.each([
    ["node", "node:24"],
    ["node:22-alpine", "node:24"],
    ["docker.io/library/node:22", "docker.io/library/node:24"],
    ["localhost:5000/node", "localhost:5000/node:24"],
    ["registry.example:5000/a/b:1", "registry.example:5000/a/b:24"],
    // A digest is the old tag's.
    [`node:22@${DIGEST}`, "node:24"],
    [`registry.example:5000/node@${DIGEST}`, "registry.example:5000/node:24"],
  ])("%s -> %s", (before, after) => {
    expect(withTag(useOf(`FROM ${before}\n`), "24")).toBe(after);
  });

  it("with variables put in", () => {
    expect(withTag(useOf("ARG NAME=library/node\nFROM docker.io/${NAME}:22\n"), "24")).toBe(
      "docker.io/library/node:24",
    );
  });

  it("and of a context that stands for an image, that image's", () => {
    const use = useOf("FROM base\n", { base: "docker-image://docker.io/library/alpine:3.24" });
    expect(nameOf(use)).toBe("alpine");
    expect(shown(use)).toBe("alpine:3.24");
  });
});

describe("another image", () => {
  const written = (before: string, after: string): string => {
    const parsed = parseReference(after);
    if (!("reference" in parsed)) throw new Error(after);
    return withReference(useOf(`FROM ${before}\n`), parsed.reference);
  };

  it("is written in its short form", () => {
    expect(written("mcr.microsoft.com/dotnet/sdk:8.0", "docker.io/golden/sdk:8.0")).toBe("golden/sdk:8.0");
    expect(written("node:22", "registry.local:5000/golden/node:22")).toBe("registry.local:5000/golden/node:22");
  });

  it("keeps the spelling where only the tag differs", () => {
    expect(written("docker.io/library/node:22", "node:24")).toBe("docker.io/library/node:24");
    expect(written("docker.io/library/node:22", `node:24@${DIGEST}`)).toBe(`docker.io/library/node:24@${DIGEST}`);
  });
});

it("messages show the start of a digest, and of a long text", () => {
  expect(shown(useOf(`FROM node:24@${DIGEST}\n`))).toBe("node:24@sha256:0123456789ab…");
  expect(clipped("x".repeat(100))).toBe("x".repeat(100));
  expect(clipped("x".repeat(101))).toBe(`${"x".repeat(100)}…`);
});

it("images that are not known are left out", () => {
  const { images } = factsOf("FROM node:24 AS a\nFROM a\nFROM scratch\nFROM ${X}\nFROM Node\n").facts;
  expect(images).toHaveLength(5);
  expect(knownUses(images).map(shown)).toEqual(["node:24"]);
});

describe("related places", () => {
  const lines = (text: string, buildArgs = {}): number[] => {
    const [use] = factsOf(text, { buildArgs }).facts.images;
    return use ? relatedTo(use).map(({ loc }) => loc.start.line) : [];
  };

  it("are the defaults that the text comes from", () => {
    expect(lines("ARG A=24\nARG B=${A}-alpine\nARG C=1\nFROM node:${B}\n")).toEqual([2, 1]);
  });

  it("are none for what comes from outside", () => {
    expect(lines("ARG A=24\nFROM node:${A}\n", { A: "22" })).toEqual([]);
    expect(lines("FROM node:24\n")).toEqual([]);
  });
});
