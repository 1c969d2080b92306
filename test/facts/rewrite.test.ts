import { describe, expect, it } from "vitest";
import { rewriteImage } from "../../src/facts/rewrite.js";
import { factsOf, type Given } from "./facts-of.js";

/** The text with its last image use made to name `wanted`; null where there is no edit. */
function rewritten(text: string, wanted: string, given: Given = {}): string | null {
  const use = factsOf(text, given).facts.images.at(-1);
  const edit = use ? rewriteImage(use, wanted) : null;
  return edit && text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1]);
}

/** How many characters the edit touches: only what differs. */
function touched(text: string, wanted: string): string | undefined {
  const use = factsOf(text).facts.images.at(-1)!;
  const edit = rewriteImage(use, wanted);
  return edit ? `${text.slice(...edit.range)} -> ${edit.text}` : undefined;
}

const chain = (length: number): string =>
  Array.from({ length }, (_, index) => `ARG A${index + 1}=$A${index}\n`).join("");

describe("an image is rewritten", () => {
  it.each<[string, string, string, string]>([
    ["where it stands", "FROM node:22\n", "node:24", "FROM node:24\n"],
    ["with a tag that was missing", "FROM node AS a\n", "node:24", "FROM node:24 AS a\n"],
    [
      "as another image",
      "FROM node:22 AS a\n",
      "registry.local:5000/golden/node:22",
      "FROM registry.local:5000/golden/node:22 AS a\n",
    ],
    ["in quotes", 'FROM "node:22"\n', "node:24", 'FROM "node:24"\n'],
    ["in COPY --from", "FROM a\nCOPY --from=node:22 / /\n", "node:24", "FROM a\nCOPY --from=node:24 / /\n"],
    [
      "in a mount",
      "FROM a\nRUN --mount=from=node:22,target=/x b\n",
      "node:24",
      "FROM a\nRUN --mount=from=node:24,target=/x b\n",
    ],
    ["in ONBUILD", "FROM a\nONBUILD COPY --from=node:22 / /\n", "node:24", "FROM a\nONBUILD COPY --from=node:24 / /\n"],
    ["in # syntax", "# syntax=docker/dockerfile:1.4\n", "docker/dockerfile:1", "# syntax=docker/dockerfile:1\n"],
    ["in an ARG's default", "ARG TAG=22\nFROM node:$TAG\n", "node:24", "ARG TAG=24\nFROM node:$TAG\n"],
    [
      "in the default of a default",
      "ARG A=22\nARG TAG=$A-slim\nFROM node:$TAG\n",
      "node:24-slim",
      "ARG A=24\nARG TAG=$A-slim\nFROM node:$TAG\n",
    ],
    ["in a default in quotes", 'ARG TAG="22"\nFROM node:$TAG\n', "node:24", 'ARG TAG="24"\nFROM node:$TAG\n'],
    [
      "beside a variable that stays",
      "ARG REG=r.io\nFROM $REG/node:22\n",
      "r.io/node:24",
      "ARG REG=r.io\nFROM $REG/node:24\n",
    ],
    ["in the default where it is used", "FROM node:${TAG:-22}\n", "node:24", "FROM node:${TAG:-24}\n"],
    [
      "longer at the end of a variable: the variable grows",
      "ARG TAG=22\nFROM node:$TAG\n",
      "node:22.1",
      "ARG TAG=22.1\nFROM node:$TAG\n",
    ],
    ["an invalid image, too", "FROM Node:22\n", "node:22", "FROM node:22\n"],
    ["into what it is: nothing changes", "FROM node:22\n", "node:22", "FROM node:22\n"],
  ])("%s", (_title, text, wanted, expected) => {
    expect(rewritten(text, wanted)).toBe(expected);
  });

  it("touches only what differs", () => {
    expect(touched("FROM node:22.1-slim\n", "node:24.1-slim")).toBe("2 -> 4");
    expect(touched("FROM node\n", "node:24")).toBe(" -> :24");
  });
});

describe("an image is not rewritten", () => {
  it.each<[string, string, string, Given?]>([
    ["where the text is from --build-arg", "ARG TAG=22\nFROM node:$TAG\n", "node:24", { buildArgs: { TAG: "22" } }],
    ["where it is from the policy", "ARG TAG=22\nFROM node:$TAG\n", "node:24", { policy: { args: { TAG: "22" } } }],
    ["where a modifier computes it", "ARG TAG=v22\nFROM node:${TAG#v}\n", "node:24"],
    ["where BuildKit sets it", "FROM node:22-$TARGETARCH\n", "node:22-arm64"],
    ["where the change spans text and variable", "ARG TAG=22\nFROM node:$TAG-slim\n", "ruby:3"],
    ["where it is a stage", "FROM a AS x\nFROM x\n", "node:24"],
    ["where it is a named context", "FROM base\n", "node:24", { contexts: { base: "docker-image://node:22" } }],
    ["where it is not known", "FROM node:$TAG\n", "node:24"],
    ["where it is scratch", "FROM scratch\n", "node:24"],
    ["through a long chain of defaults", `ARG A0=22\n${chain(8_000)}FROM node:$A8000\n`, "node:24"],
    ["across a line break inside the name", "FROM no\\\nde:22\n", "ruby:3"],
  ])("%s", (_title, text, wanted, given) => {
    expect(rewritten(text, wanted, given)).toBeNull();
  });
});
