import { describe, expect, it } from "vitest";
import { replacementsFor } from "../../src/facts/replacements.js";
import { knownUses } from "../../src/facts/written.js";
import { factsOf } from "./facts-of.js";

/** The text after each replacement that can be written when every image is wished to be another. */
function outcomes(text: string, wishes: Readonly<Record<string, string>>): (string | null)[] {
  const source = factsOf(text);
  const wished = knownUses(source.facts.images).map((use) => ({
    use,
    instead: [wishes[use.text ?? ""] ?? ""].filter(Boolean),
  }));
  return replacementsFor(wished, source).map(([first]) => {
    if (!first) return null;
    const [start, end] = first.edit.range;
    return text.slice(0, start) + first.edit.text + text.slice(end);
  });
}

describe("a wish is written", () => {
  it("in the image", () => {
    expect(outcomes("FROM node:22 AS a\n", { "node:22": "node:24" })).toEqual(["FROM node:24 AS a\n"]);
  });

  it("in the ARG default where the text that differs comes from", () => {
    expect(outcomes("ARG V=22\nFROM node:$V\n", { "node:22": "node:24" })).toEqual(["ARG V=24\nFROM node:$V\n"]);
  });

  it("in a default that all its images wish to be changed alike", () => {
    const text = "ARG V=22\nFROM node:$V\nFROM node:$V-alpine\n";
    const changed = "ARG V=24\nFROM node:$V\nFROM node:$V-alpine\n";
    expect(outcomes(text, { "node:22": "node:24", "node:22-alpine": "node:24-alpine" })).toEqual([changed, changed]);
  });
});

describe("a wish is not written", () => {
  it("in a default where another image wishes nothing, or something else", () => {
    const text = "ARG V=3\nFROM alpine:$V\nFROM python:$V\n";
    expect(outcomes(text, { "alpine:3": "alpine:3.24" })).toEqual([null, null]);
    expect(outcomes(text, { "alpine:3": "alpine:3.24", "python:3": "python:3.14" })).toEqual([null, null]);
  });

  it("in a default that decides which stage another FROM is", () => {
    expect(
      outcomes("ARG X=node\nFROM alpine:3 AS node\nFROM ${X}\nFROM acme/${X}\n", { "acme/node": "acme/bun" }),
    ).toEqual([null, null]);
  });

  it("where the text comes from several places", () => {
    expect(outcomes("ARG N=node\nARG V=22\nFROM ${N}:${V}\n", { "node:22": "bun:1" })).toEqual([null]);
  });
});

it("edits of one image exclude each other: they cover all of it", () => {
  const source = factsOf("FROM node:22 AS a\n");
  const [use] = source.facts.images;
  const [tag, name] = use
    ? replacementsFor([{ use, instead: ["node:22.1", "harbor.example/node:22"] }], source).flat()
    : [];
  expect(tag?.edit).toEqual({ range: [5, 12], text: "node:22.1" });
  expect(name?.edit).toEqual({ range: [5, 12], text: "harbor.example/node:22" });
});
