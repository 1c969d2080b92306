/** Completions: what is offered, in which order, and what an item does to the text. */
import { describe, expect, it } from "vitest";
import { MOST_ITEMS } from "../../../server/features/completion-item.js";
import { completionsAt, type Completion, type Completions } from "../../../server/features/completion.js";
import { marked, type Given } from "./marked.js";

function complete(text: string, given: Given = {}): Completions {
  const { source, offset } = marked(text, given);
  return completionsAt(source, offset);
}

/** The first labels. */
function labels(text: string, given: Given = {}, most = 4): string[] {
  return complete(text, given)
    .items.slice(0, most)
    .map(({ label }) => label);
}

/** The text with an item taken. */
function taken(text: string, label: string, given: Given = {}): string {
  const { source, offset } = marked(text, given);
  const item = completionsAt(source, offset).items.find((each) => each.label === label);
  if (!item) return `no ${label}`;
  const [from, to] = item.range;
  expect(from).toBeLessThanOrEqual(offset);
  expect(to).toBeGreaterThanOrEqual(offset);
  expect(source.text.slice(from, to)).not.toContain("\n");
  return source.text.slice(0, from) + item.text + source.text.slice(to);
}

const GOLDEN: Given = {
  policy: {
    bases: {
      golden: [
        { image: "golden/node", replaces: ["node"], tags: ["22.23.2", "24.19.0", "22"] },
        { image: "registry.local:5000/golden/sdk", replaces: ["mcr.microsoft.com/dotnet/core/sdk"] },
        { image: "golden/*" },
      ],
    },
    contexts: { docs: "./docs" },
    pinning: [{ image: "**", require: "patch" }],
  },
};

describe("images in FROM", () => {
  it("golden ones first, and only them where the policy allows nothing else", () => {
    expect(labels("FROM ‸", GOLDEN, 9)).toEqual(["docs", "golden/node", "registry.local:5000/golden/sdk", "scratch"]);
  });

  it("then official ones, where that role takes them", () => {
    const offered = labels("FROM ‸ AS build\nFROM golden/node:22", GOLDEN, 999);
    expect(offered.slice(0, 3)).toEqual(["docs", "golden/node", "registry.local:5000/golden/sdk"]);
    expect(offered).toContain("node");
    expect(offered).not.toContain("mcr.microsoft.com/dotnet/sdk");
  });

  it("and those of verified publishers", () => {
    const { items } = complete("FROM ‸");
    expect(items.find(({ label }) => label === "mcr.microsoft.com/dotnet/sdk")?.detail).toBe("Microsoft");
    expect(items.find(({ label }) => label === "node")?.detail).toBe("Docker Official Image");
  });

  it("earlier stages come first, the nearest of them before the others", () => {
    expect(labels("FROM node:22 AS deps\nFROM node:22 AS build\nFROM ‸\nFROM x AS later")).toEqual([
      ...["build", "deps", "adminer", "aerospike"],
    ]);
  });

  it("nothing that is denied, retired or of a registry that is not allowed", () => {
    const policy = { bases: { deny: ["alpine"] }, registries: { allow: ["docker.io"] } };
    const offered = labels("FROM ‸", { policy }, 999);
    expect(offered).toContain("debian");
    expect(offered.filter((label) => /^(?:alpine|centos|mcr)/.test(label))).toEqual([]);
  });

  it("behind the mirror that the policy asks for", () => {
    const policy = { registries: { allow: ["mcr.microsoft.com"], mirrors: { "docker.io": "harbor.example/hub" } } };
    expect(taken("FROM nod‸", "harbor.example/hub/library/node", { policy })).toBe(
      "FROM harbor.example/hub/library/node",
    );
  });

  it.each<[title: string, text: string, label: string, result: string]>([
    ["at the end", "FROM nod‸", "node", "FROM node"],
    ["in the middle of a name", "FROM no‸", "node", "FROM node"],
    ["keeps the tag behind", "FROM no‸x:22-alpine AS x", "node", "FROM node:22-alpine AS x"],
    ["behind a flag", "FROM --platform=linux/amd64 ‸", "node", "FROM --platform=linux/amd64 node"],
    ["with CRLF", "FROM nod‸\r\nRUN x\r\n", "node", "FROM node\r\nRUN x\r\n"],
    ["on the line of a continuation", "FROM \\\n  nod‸", "node", "FROM \\\n  node"],
    ["on an empty line of a continuation", "FROM \\\n  ‸", "node", "FROM \\\n  node"],
    ["on a line of a continuation with CRLF", "FROM \\\r\n  ‸", "node", "FROM \\\r\n  node"],
    ["with a backtick as the escape character", "# escape=`\nFROM `\n  ‸", "node", "# escape=`\nFROM `\n  node"],
    ["in quotes", 'FROM "nod‸"', "node", 'FROM "node"'],
    ["in lower case", "from nod‸", "node", "from node"],
    ["a stage replaces all of it", "FROM a AS build\nFROM bu‸x:1", "build", "FROM a AS build\nFROM build"],
    ["before other lines", "FROM ‸\nRUN x", "node", "FROM node\nRUN x"],
  ])("%s", (_title, text, label, result) => {
    expect(taken(text, label)).toBe(result);
  });

  it("a golden image is found by what it replaces", () => {
    const { items, isIncomplete } = complete("FROM mcr‸", GOLDEN);
    expect(items.map(({ label, filter }) => [label, filter])).toEqual([
      ["registry.local:5000/golden/sdk", "mcr.microsoft.com/dotnet/core/sdk"],
    ]);
    expect(isIncomplete).toBe(true);
  });

  it.each(["FROM node:22 ‸", "FROM node:22 AS bui‸ld", "RUN FROM ‸", "# FROM ‸", "FROM a\nRUN x \\\n # FROM ‸\n  y"])(
    "none at %j",
    (text) => {
      expect(complete(text).items.filter(({ kind }) => kind === "image")).toEqual([]);
    },
  );
});

describe("images in COPY --from and in mounts", () => {
  const STAGES = "FROM a AS deps\nFROM b\nFROM golden/node:22\n";

  it.each<[title: string, line: string, first: string[]]>([
    ["COPY: names and numbers of earlier stages", "COPY --from=‸", ["1", "deps", "docs", "golden/node"]],
    ["COPY with its arguments", "COPY --from=‸ /a /b", ["1", "deps", "docs", "golden/node"]],
    [
      "a mount: names only",
      "RUN --mount=type=bind,from=‸",
      ["deps", "docs", "golden/node", "registry.local:5000/golden/sdk"],
    ],
    [
      "a mount with more fields",
      "RUN --mount=type=bind,from=‸,target=/x ls",
      ["deps", "docs", "golden/node", "registry.local:5000/golden/sdk"],
    ],
    ["behind ONBUILD", "ONBUILD COPY --from=d‸", ["deps", "docs", "golden/node", "registry.local:5000/golden/sdk"]],
  ])("%s", (_title, line, first) => {
    expect(labels(STAGES + line, GOLDEN)).toEqual(first);
  });

  it("take more tiers than FROM", () => {
    expect(labels("FROM golden/node\nCOPY --from=‸", GOLDEN, 999)).toContain("mcr.microsoft.com/dotnet/sdk");
  });

  it.each<[text: string, label: string, result: string]>([
    ["FROM a AS deps\nFROM b\nCOPY --from=d‸x /a /b", "deps", "FROM a AS deps\nFROM b\nCOPY --from=deps /a /b"],
    ["FROM b\nCOPY --from=ngi‸ /a /b", "nginx", "FROM b\nCOPY --from=nginx /a /b"],
    [
      "FROM a AS deps\nFROM b\nRUN --mount=type=bind,from=‸,target=/x ls",
      "deps",
      "FROM a AS deps\nFROM b\nRUN --mount=type=bind,from=deps,target=/x ls",
    ],
    [
      "FROM a AS deps\r\nFROM b\r\nRUN --mount=type=cache,target=/c \\\r\n  --mount=from=‸ ls\r\n",
      "deps",
      "FROM a AS deps\r\nFROM b\r\nRUN --mount=type=cache,target=/c \\\r\n  --mount=from=deps ls\r\n",
    ],
  ])("%j", (text, label, result) => {
    expect(taken(text, label)).toBe(result);
  });
});

describe("tags", () => {
  const detail = (text: string, label: string, given: Given = {}): string | undefined =>
    complete(text, given).items.find((item) => item.label === label)?.detail;

  it("exact ones first, the newest and plainest before others", () => {
    expect(labels("FROM node:‸")).toEqual(["26.7.0", "26.7.0-alpine", "26.7.0-alpine3.23", "26.7.0-alpine3.24"]);
  });

  it("then looser ones that the policy takes, and none that it does not", () => {
    const levels = (require: string): Set<string> => {
      const policy = { pinning: [{ image: "**", require }] };
      return new Set(complete("FROM node:‸", { policy }).items.map((item) => item.detail.split(",", 1)[0]!));
    };
    expect([...levels("minor")]).toEqual(["patch", "minor"]);
    expect([...levels("patch")]).toEqual(["patch"]);
    expect([...levels("digest")]).toEqual(["patch"]);
  });

  it("say when they end; those that have ended are marked and last", () => {
    expect(detail("FROM node:22‸", "22.23.2")).toBe("patch, ends 2027-04-30");
    const { items } = complete("FROM node:2‸", { today: "2027-05-01" });
    const isOld = items.map(({ deprecated }) => deprecated);
    expect(isOld).toEqual(isOld.toSorted((a, b) => Number(a) - Number(b)));
    expect(items.find(({ label }) => label === "24.19.0")).toMatchObject({ deprecated: false });
    expect(items.find(({ label }) => label === "22.23.2")).toMatchObject({
      deprecated: true,
      detail: "patch, ended 2027-04-30",
    });
  });

  it("of a golden image are those that the policy lists", () => {
    expect(labels("FROM golden/node:‸", GOLDEN)).toEqual(["24.19.0", "22.23.2"]);
  });

  it("of an image behind a mirror or a variable are known, too", () => {
    const policy = { registries: { mirrors: { "docker.io": "harbor.example/hub" } } };
    expect(labels("FROM harbor.example/hub/library/node:24‸", { policy }, 1)).toEqual(["24.19.0"]);
    expect(labels("ARG REGISTRY=docker.io\nFROM ${REGISTRY}/library/node:24‸", {}, 1)).toEqual(["24.19.0"]);
  });

  it("of an image that nobody lists are those that the file uses elsewhere", () => {
    expect(labels("FROM acme/app:1.4.2 AS a\nFROM acme/app:‸")).toEqual(["1.4.2"]);
    expect(labels("FROM acme/other:‸")).toEqual([]);
  });

  it("that are denied are left out", () => {
    const policy = { bases: { deny: ["node:26*"] } };
    expect(labels("FROM node:‸", { policy }, 999).filter((tag) => tag.startsWith("26"))).toEqual([]);
  });

  it.each<[text: string, label: string, result: string]>([
    ["FROM node:‸", "24.19.0", "FROM node:24.19.0"],
    ["FROM node:24‸-alpine AS x", "24.19.0-alpine", "FROM node:24.19.0-alpine AS x"],
    ["FROM node:‸24", "24.19.0", "FROM node:24.19.0"],
    [`FROM node:2‸@sha256:${"a".repeat(64)}`, "24.19.0", "FROM node:24.19.0"],
    ["FROM a\nCOPY --from=node:24‸ /a /b", "24.19.0", "FROM a\nCOPY --from=node:24.19.0 /a /b"],
    [
      "FROM a\nRUN --mount=type=bind,from=node:‸,target=/x ls",
      "24.19.0",
      "FROM a\nRUN --mount=type=bind,from=node:24.19.0,target=/x ls",
    ],
    ["FROM registry.local:50‸", "registry.local:5000/golden/sdk", "FROM registry.local:5000/golden/sdk"],
  ])("%j", (text, label, result) => {
    expect(taken(text, label, text.includes("registry") ? GOLDEN : {})).toBe(result);
  });

  it("are bounded, and more come with more letters", () => {
    const { items, isIncomplete } = complete("FROM tomee:‸", {
      policy: { pinning: [{ image: "**", require: "none" }] },
    });
    expect([items.length, isIncomplete]).toEqual([MOST_ITEMS, true]);
    expect(
      complete("FROM tomee:10.1‸", { policy: { pinning: [{ image: "**", require: "none" }] } }).items.length,
    ).toBeGreaterThan(0);
  });
});

describe("variables", () => {
  const items = (text: string, given: Given = {}): string[] =>
    complete(text, given).items.map(({ label, detail }) => `${label}: ${detail}`);

  it("in FROM are the global ones, and what BuildKit sets", () => {
    const offered = items("ARG A=1\nARG B\nFROM node:$‸\nARG C=3");
    expect(offered.slice(0, 2)).toEqual(["B: ARG", "A: ARG = 1"]);
    expect(offered).toContain("TARGETARCH: set by BuildKit = amd64");
    expect(offered.filter((item) => item.startsWith("C"))).toEqual([]);
  });

  it("in a global ARG are those above it", () => {
    expect(items("ARG A=1\nARG B=$‸\nARG C=2\nFROM x").slice(0, 1)).toEqual(["A: ARG = 1"]);
    expect(items("ARG A=1\nARG B=$‸\nARG C=2\nFROM x").filter((item) => item.startsWith("C"))).toEqual([]);
  });

  it("in a stage are its own and those of the stage that it is built FROM, with their values", () => {
    expect(items("ARG G=1\nFROM x AS a\nENV E=2\nFROM a\nARG G\nWORKDIR /$‸")).toEqual(["G: ARG = 1", "E: ENV = 2"]);
  });

  it("in RUN are the predefined ones, too", () => {
    expect(items("FROM x\nENV E=2\nRUN echo $‸").slice(0, 2)).toEqual(["E: ENV = 2", "HTTP_PROXY: predefined"]);
  });

  it("in CMD is what the image has: ENV", () => {
    expect(items("FROM x\nARG A=1\nENV E=2\nCMD echo $‸")).toEqual(["E: ENV = 2"]);
  });

  it("take the value that the policy gives", () => {
    expect(items("ARG A=1\nFROM node:$‸", { policy: { args: { A: "7" } } }).slice(0, 1)).toEqual(["A: ARG = 7"]);
  });

  it.each<[text: string, result: string]>([
    ["ARG TAG=1\nFROM node:$‸", "ARG TAG=1\nFROM node:$TAG"],
    ["ARG TAG=1\nFROM node:${‸", "ARG TAG=1\nFROM node:${TAG}"],
    ["ARG TAG=1\nFROM node:${‸}-alpine", "ARG TAG=1\nFROM node:${TAG}-alpine"],
    ["ARG TAG=1\nFROM node:${T‸A}", "ARG TAG=1\nFROM node:${TAG}"],
    ["ARG TAG=1\nFROM node:${T‸:-x}", "ARG TAG=1\nFROM node:${TAG:-x}"],
    ["ARG TAG=1\r\nFROM \\\r\n  node:$T‸\r\n", "ARG TAG=1\r\nFROM \\\r\n  node:$TAG\r\n"],
    ["ARG TAG=1\nFROM --platform=$‸ x", "ARG TAG=1\nFROM --platform=$TAG x"],
    ["FROM x\nARG TAG=1\nRUN a && \\\n  b $‸", "FROM x\nARG TAG=1\nRUN a && \\\n  b $TAG"],
    ["FROM x\nARG TAG=1\nRUN <<EOF\necho ${‸\nEOF\n", "FROM x\nARG TAG=1\nRUN <<EOF\necho ${TAG}\nEOF\n"],
    ['FROM x\nARG TAG=1\nLABEL a="$‸"', 'FROM x\nARG TAG=1\nLABEL a="$TAG"'],
    ["FROM x\nARG TAG=1\nCOPY --chown=$‸ a b", "FROM x\nARG TAG=1\nCOPY --chown=$TAG a b"],
    ["FROM x\nARG TAG=1\nONBUILD RUN echo $‸", "FROM x\nARG TAG=1\nONBUILD RUN echo $TAG"],
  ])("%j", (text, result) => {
    expect(taken(text, "TAG")).toBe(result);
  });

  it.each([
    ["behind an escape", "FROM x\nARG T=1\nRUN echo \\$‸"],
    ["in single quotes", "FROM x\nARG T=1\nRUN echo '$‸'"],
    ["in COPY --from", "FROM x\nARG T=1\nCOPY --from=$‸ a b"],
    ["in a comment", "FROM x\nARG T=1\n# $‸"],
    ["behind the name", "FROM x\nARG T=1\nRUN echo $T ‸"],
  ])("not %s", (_title, text) => {
    expect(complete(text).items.filter(({ kind }) => kind === "variable")).toEqual([]);
  });

  it("behind ARG in a stage are the global ones that are not there yet, then the platform's", () => {
    expect(items("ARG A=1\nARG B=2\nFROM x\nARG A\nARG ‸").slice(0, 2)).toEqual([
      "B: ARG = 2",
      "TARGETPLATFORM: set by BuildKit = linux/amd64",
    ]);
    expect(taken("ARG BASE=1\nFROM x\nARG BA‸", "BASE")).toBe("ARG BASE=1\nFROM x\nARG BASE");
  });
});

describe("keywords and flags", () => {
  it.each<[text: string, label: string, result: string]>([
    ["FROM x\n‸", "RUN", "FROM x\nRUN "],
    ["FROM x\nRU‸", "RUN", "FROM x\nRUN "],
    ["‸", "FROM", "FROM "],
    ["FROM x\nONBUILD ‸", "COPY", "FROM x\nONBUILD COPY "],
    ["FROM x\nONBUILD CO‸", "COPY", "FROM x\nONBUILD COPY "],
    ["FROM x:1 ‸", "AS", "FROM x:1 AS "],
    ["FROM x\nCOPY --‸", "--from", "FROM x\nCOPY --from="],
    ["FROM x\nCOPY --li‸ a b", "--link", "FROM x\nCOPY --link a b"],
    ["FROM --‸", "--platform", "FROM --platform="],
  ])("%j", (text, label, result) => {
    expect(taken(text, label)).toBe(result);
  });

  it.each(["FROM x\nRUN a \\\n‸\n b", "FROM x\nRUN <<EOF\n‸\nEOF", "FROM x\nRUN ls --‸", "# ‸"])(
    "none at %j",
    (text) => {
      expect(complete(text).items.filter(({ kind }) => kind === "keyword" || kind === "flag")).toEqual([]);
    },
  );
});

it("an item always stands on one line around the cursor, wherever that is", () => {
  const text =
    'ARG A=1\r\nFROM node:${A} AS b\r\n# c\r\nRUN --mount=type=bind,from=b \\\r\n  # d\r\n x $A <<EOF\r\n$A\r\nEOF\r\nFROM "b"\r\nCOPY --from=b:1 a b\r\nONBUILD COPY --from=0 a \\\r\n';
  for (let offset = 0; offset <= text.length; offset++) {
    const { source } = marked(`${text.slice(0, offset)}‸${text.slice(offset)}`);
    const bad = completionsAt(source, offset).items.filter(({ range: [from, to] }: Completion) => {
      return from > offset || to < offset || text.slice(from, to).includes("\n");
    });
    expect(bad).toEqual([]);
  }
});
