/** Inlay hints, links, the outline and folds. */
import { describe, expect, it } from "vitest";
import { foldsOf } from "../../../server/features/folding.js";
import { inlayHintsOf } from "../../../server/features/inlay-hints.js";
import { linksOf } from "../../../server/features/links.js";
import { symbolsOf, type OutlineSymbol } from "../../../server/features/symbols.js";
import { shown, sourceFor, type Given } from "./marked.js";

describe("inlay hints", () => {
  /** The text with each hint in place. */
  const hinted = (text: string, given: Given = {}): string =>
    inlayHintsOf(sourceFor(text, given)).reduceRight(
      (so, { offset, label }) => `${so.slice(0, offset)}«${label}»${so.slice(offset)}`,
      text,
    );

  it.each<[title: string, text: string, expected: string]>([
    [
      "the image behind an ARG",
      "ARG V=24\nFROM node:${V}-alpine AS x",
      "ARG V=24\nFROM node:${V}-alpine«= node:24-alpine» AS x",
    ],
    ["nothing where the text says it all", "FROM node:24", "FROM node:24"],
    ["the end of a release that is over", "FROM node:16 AS x", "FROM node:16«ended 2023-09-11» AS x"],
    ["the end of one that is near", "FROM node:22", "FROM node:22«ends 2027-04-30»"],
    [
      "of product and distribution what ends first",
      "FROM python:3.7-buster",
      "FROM python:3.7-buster«ended 2023-06-27»",
    ],
    ["an image that left the official set", "FROM centos:7", "FROM centos:7«ended 2024-06-30»"],
    ["both", "ARG V=16\nFROM node:$V", "ARG V=16\nFROM node:$V«= node:16»«ended 2023-09-11»"],
    [
      "in COPY --from",
      "FROM node:24\nCOPY --from=node:16 a b",
      "FROM node:24\nCOPY --from=node:16«ended 2023-09-11» a b",
    ],
    ["nothing for a variable without a value", "ARG V\nFROM node:$V", "ARG V\nFROM node:$V"],
    ["nothing for what is no image", "ARG V=::\nFROM node:$V", "ARG V=::\nFROM node:$V"],
    ["a stage behind an ARG", "FROM a AS b1\nFROM b1 AS c\nCOPY a b", "FROM a AS b1\nFROM b1 AS c\nCOPY a b"],
  ])("%s", (_title, text, expected) => {
    expect(hinted(text, { today: "2026-11-21" })).toBe(expected);
  });

  it("a release that ends later than in half a year is not dying", () => {
    expect(hinted("FROM node:22", { today: "2026-10-01" })).toBe("FROM node:22");
  });

  it("only those in a range", () => {
    const text = "FROM node:16 AS a\nFROM node:14";
    expect(inlayHintsOf(sourceFor(text), [18, text.length])).toHaveLength(1);
  });

  it("say where to move", () => {
    const [hint] = inlayHintsOf(sourceFor("FROM node:16-alpine"));
    expect(hint?.tooltip).toBe("node 16 ended 2023-09-11; the nearest that lives: `22-alpine`");
  });
});

describe("links", () => {
  const urls = (text: string, given: Given = {}): string[] => linksOf(sourceFor(text, given)).map(({ url }) => url);

  it.each<[image: string, url: string]>([
    ["node:22", "https://hub.docker.com/_/node"],
    ["docker.io/library/node", "https://hub.docker.com/_/node"],
    ["centos:7", "https://hub.docker.com/_/centos"],
    ["grafana/loki:3", "https://hub.docker.com/r/grafana/loki"],
    ["mcr.microsoft.com/dotnet/sdk:10.0", "https://mcr.microsoft.com/artifact/mar/dotnet/sdk/about"],
    ["quay.io/keycloak/keycloak", "https://quay.io/repository/keycloak/keycloak"],
    ["ghcr.io/owner/app:1", "https://ghcr.io/owner/app"],
    ["public.ecr.aws/nginx/nginx:1", "https://gallery.ecr.aws/nginx/nginx"],
    ["public.ecr.aws/docker/library/node:22", "https://hub.docker.com/_/node"],
    ["harbor.example/hub/library/node:22", "https://hub.docker.com/_/node"],
  ])("%s leads to %s", (image, url) => {
    expect(
      urls(`FROM ${image}`, { policy: { registries: { mirrors: { "docker.io": "harbor.example/hub" } } } }),
    ).toEqual([url]);
  });

  it.each(["nobody-knows-it", "registry.example/app:1", "localhost:5000/x", "a/b/c", "scratch", "Bad:", "${X}"])(
    "%s leads nowhere",
    (image) => {
      expect(urls(`FROM ${image}`)).toEqual([]);
    },
  );

  it("stand on every image of the file", () => {
    const text =
      "# syntax=docker/dockerfile:1\nARG V=22\nFROM node:$V AS a\nFROM a\nCOPY --from=nginx:1 x y\nRUN --mount=from=busybox,target=/x ls";
    const source = sourceFor(text);
    expect(
      shown(
        text,
        linksOf(source).map(({ range }) => range),
      ),
    ).toBe(
      "# syntax=«docker/dockerfile:1»\nARG V=22\nFROM «node:$V» AS a\nFROM a\nCOPY --from=«nginx:1» x y\nRUN --mount=from=«busybox»,target=/x ls",
    );
  });
});

describe("the outline", () => {
  const lines = (symbols: readonly OutlineSymbol[], indent = ""): string[] =>
    symbols.flatMap(({ name, detail, kind, children }) => [
      `${indent}${kind} ${name}${detail === "" ? "" : ` (${detail})`}`,
      ...lines(children, `${indent}  `),
    ]);

  it("has the global ARGs, then the stages with their instructions", () => {
    const text =
      "ARG V=22\nFROM node:$V AS build\nENV A=1 B=2\nRUN npm ci \\\n  && npm test\nFROM scratch\nCOPY --from=build /a /b\nONBUILD RUN x";
    expect(lines(symbolsOf(sourceFor(text)))).toEqual([
      ...["argument V (ARG = 22)", "stage build (node:22)"],
      ...["  variable A (ENV = 1)", "  variable B (ENV = 2)", "  instruction RUN npm ci && npm test"],
      ...["stage stage 1 (scratch)", "  instruction COPY /a /b", "  instruction ONBUILD RUN x"],
    ]);
  });

  it.each([
    "",
    "FROM",
    "RUN",
    "FROM \u202ex",
    "ARG =",
    `FROM ${"x".repeat(9999)}`,
    "FROM a\nENV",
    "FROM a\r\nRUN \\\r\n",
  ])("of %j has names, and selections that lie in their ranges", (text) => {
    const check = (symbols: readonly OutlineSymbol[]): void => {
      for (const { name, range, selection, children } of symbols) {
        expect(name).toMatch(/^[\x20-\x7e…]{1,200}$/);
        expect(range[0] <= selection[0] && selection[1] <= range[1]).toBe(true);
        check(children);
      }
    };
    check(symbolsOf(sourceFor(text)));
  });
});

describe("folds", () => {
  const folded = (text: string): string[] =>
    foldsOf(sourceFor(text)).map(({ range, kind }) => {
      const line = (offset: number): number => text.slice(0, offset).split("\n").length;
      return `${kind} ${String(line(range[0]))}-${String(line(range[1]))}`;
    });

  it("stages, instructions of several lines, heredocs and comments", () => {
    const text = "# a\n# b\n\n# c\nFROM a AS b\nRUN x \\\n  y\nCOPY <<A <<B /x/\n1\nA\n2\n3\nB\nFROM c\n";
    expect(folded(text)).toEqual(["comment 1-2", "region 5-13", "region 6-7", "region 8-13", "region 11-13"]);
  });

  it("nothing on one line", () => {
    expect(folded("# a\nFROM a\n")).toEqual([]);
  });
});
