/**
 * Linting takes time in proportion to the text and to the policy. Each shape is linted at two sizes, eight times
 * apart; quadratic work would take 64 times as long. Compared is processor time, and a shape that seems slow is
 * measured again, so that a busy machine fails nothing.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { openCatalog } from "../../src/catalog.js";
import { applyFixes, fixOf } from "../../src/fix.js";
import { lintText, type LintOptions } from "../../src/lint.js";
import { testPolicy } from "../rules/test-policy.js";
import { everyRule } from "./soundness.js";
import { processorTime } from "../support/work.js";

const SMALLEST = 250;
const TIMES = 8;
/** Twice what it should be. */
const MOST = 16;
/** Below this, in milliseconds, the compiler and the collector decide: the sizes are then doubled. */
const LEAST = 16;

type Keys = Readonly<Record<string, unknown>>;
type Text = (size: number) => string;

/** A policy that every rule has something to say under. */
const ALL: Keys = {
  extends: ["strict"],
  bases: { golden: [{ image: "golden/node", replaces: ["node"], tags: ["22", "24"] }], deny: ["alpine:3.1"] },
  registries: { allow: ["ghcr.io"], mirrors: { "docker.io": "harbor.example/hub" } },
  rules: { "require-labels": ["error", { labels: { maintainer: "text" }, strict: true }] },
};

/** These rules alone: where the others say much, they hide what one thing costs. */
const only = (...names: readonly string[]): Keys => ({
  extends: [],
  registries: { mirrors: { "docker.io": "harbor.example/hub" } },
  rules: Object.fromEntries(names.map((name) => [name, "error"])),
});

const catalog = openCatalog();

/** Lints, and puts in what every rule suggests. */
function work(text: string, keys: Keys): void {
  const options: LintOptions = {
    filePath: "/project/Dockerfile",
    rules,
    policies: [testPolicy(keys)],
    catalog,
    today: "2026-11-21",
  };
  const { messages } = lintText(text, options).result;
  expect(messages.filter(({ messageId }) => messageId === "crash")).toEqual([]);
  applyFixes(
    text,
    messages.flatMap((message) => fixOf(message, everyRule) ?? []),
  );
}

const cost = (text: string, keys: Keys): number => processorTime(() => work(text, keys));

/** How many times longer the large size takes, at a small size that is large enough to be measured. */
function ratio(make: (size: number) => readonly [text: string, keys: Keys]): number {
  const least = (size: number): number => Math.min(cost(...make(size)), cost(...make(size)));
  let size = SMALLEST;
  let small = least(size);
  while (size < SMALLEST * 64 && small < LEAST) small = least((size *= 2));
  let lowest = Infinity;
  for (let attempt = 0; attempt < 3 && lowest >= MOST; attempt++) {
    lowest = Math.min(lowest, cost(...make(size * TIMES)) / Math.max(small, LEAST / 2));
    if (lowest >= MOST) small = least(size);
  }
  return lowest;
}

/** `count` pieces, each made from its number. */
const each = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join("");

const TEXTS: [title: string, text: Text, keys?: Keys][] = [
  ["many RUNs", (n) => `FROM node:22\n${each(n, (i) => `RUN make step-${i}\n`)}`],
  ["FROMs with variables", (n) => `ARG V=22\nARG B=node\n${each(n, (i) => `FROM $B:\${V:-x}-${i} AS s${i}\n`)}`],
  ["FROMs with variables that nobody set", (n) => each(n, (i) => `FROM node:$V${i}\n`), only("unresolved-base")],
  ["an ARG for each FROM", (n) => each(n, (i) => `ARG V${i}=2${i}\n`) + each(n, (i) => `FROM node:$V${i}\n`)],
  [
    "ARGs that are misspelt",
    (n) => each(90, (i) => `ARG VERSION${i}=1\n`) + each(n, (i) => `FROM node:$VERSOIN${i}\n`),
    only("unresolved-base"),
  ],
  ["ARGs that rest on one another", (n) => `ARG A0=node:22\n${each(n, (i) => `ARG A${i + 1}=$A${i}\n`)}FROM $A${n}\n`],
  [
    "a FROM for each of them",
    (n) => `ARG A0=node:22\n${each(n, (i) => `ARG A${i + 1}=$A${i}\n`)}${each(n, (i) => `FROM $A${i}\n`)}`,
    only("approved-registry"),
  ],
  [
    "an ARG that rests on itself",
    (n) => `ARG A=node\n${each(n, () => "ARG A=$A\n")}${each(n, () => "FROM $A:22\n")}`,
    only("valid-reference"),
  ],
  ["ARGs that double", (n) => `ARG A0=xx\n${each(n, (i) => `ARG A${i + 1}=$A${i}$A${i}\n`)}FROM $A${n}\n`],
  [
    "a comment for each instruction",
    (n) => each(n, () => "# fromlint-disable-next-line no-latest\nFROM node:latest\n"),
    only("no-latest"),
  ],
  [
    "a comment for each stage",
    (n) => each(n, () => "FROM node:latest\n# fromlint-disable-stage no-latest\n"),
    only("no-latest"),
  ],
  [
    "comments for the file",
    (n) => each(n, () => "FROM node:latest\n# fromlint-disable-file no-latest\n"),
    only("no-latest"),
  ],
  [
    "comments that silence nothing",
    (n) => each(n, (i) => `FROM node:22\n# fromlint-disable-file no-latest, x${i}\n`),
    only("valid-waiver"),
  ],
  [
    "one comment with many names",
    (n) => `# fromlint-disable-file ${each(n, (i) => `x${i} `)}\n${each(n, () => "FROM node\n")}`,
    only("explicit-tag", "valid-waiver"),
  ],
  ["comments and stages in turn", (n) => each(n, () => "# comment\nFROM node:22\n"), only("valid-syntax")],
  ["comments in a continuation", (n) => `FROM node:22\nRUN a \\\n${each(n * 10, () => "# comment\n")}b\n`],
  ["one long line", (n) => `FROM node:22\nRUN ${"word ".repeat(n * 25)}\n`],
  ["one long image", (n) => `FROM ${"part/".repeat(n * 25)}x\n`],
  ["one long image of variables", (n) => `FROM ${"${A:-b}".repeat(n * 10)}\n`],
  ["heredoc openers on a line", (n) => `FROM node:22\nRUN ${each(n, (i) => `<<E${i} `)}\n${each(n, (i) => `E${i}\n`)}`],
  ["heredocs that never end", (n) => `FROM node:22\n${each(n, (i) => `RUN <<E${i}\n`)}`],
  ["labels, an instruction each", (n) => `FROM node:22\n${each(n, (i) => `LABEL l${i}=x\n`)}`],
  ["labels, all in one", (n) => `FROM node:22\nLABEL ${each(n, (i) => `l${i}=x `)}\n`],
  ["labels of variables", (n) => `FROM node:22\n${each(n, (i) => `ARG V${i}=$V${i - 1}\nLABEL l${i}=$V${i}\n`)}`],
  [
    "stages that build on one another",
    (n) => `FROM node:22 AS s0\n${each(n, (i) => `FROM s${i} AS s${i + 1}\n`)}`,
    only("stage-names", "valid-reference"),
  ],
  ["stages of one name", (n) => each(n, () => "FROM golang:1.27 AS golang\nFROM golang\n"), only("stage-names")],
  ["stages for every platform", (n) => `FROM node:22 AS s-amd64\n${each(n, () => "FROM s-$TARGETARCH AS s-amd64\n")}`],
  [
    "copies from later stages",
    (n) => each(n, (i) => `FROM node:22 AS s${i}\nCOPY --from=s${i + 1} a b\n`),
    only("valid-reference"),
  ],
  [
    "copies from misspelt stages",
    (n) => each(n, (i) => `FROM node:22 AS stage${i}\nCOPY --from=Satge${i}! a b\n`),
    only("valid-reference"),
  ],
  ["mounts on one RUN", (n) => `FROM node:22\nRUN ${each(n, (i) => `--mount=from=node:${i},target=/x `)} x\n`],
  ["flags on one COPY", (n) => `FROM node:22\nCOPY ${each(n, (i) => `--x${i}=y `)} a b\n`],
  ["lines that are no instructions", (n) => each(n, (i) => `WORD${i} x\nRUNN x\n`)],
  ["images that look like others", (n) => each(n, (i) => `FROM pyhton:3.${i}\n`), only("no-lookalike-base")],
  ["images at many tags", (n) => each(n, (i) => `FROM node:${i}.${i}.1-alpine3.${i}\n`)],
];

/** A policy of `size` entries, over a file that stays the same. */
const POLICIES: readonly (readonly [title: string, keys: (size: number) => Keys])[] = [
  [
    "golden images",
    (n) => ({ bases: { golden: list(n, (i) => ({ image: `golden/app${i}`, replaces: [`x${i}*`] })) } }),
  ],
  ["denied images", (n) => ({ bases: { deny: list(n, (i) => `x${i}*`) } })],
  ["verified images", (n) => ({ bases: { verified: list(n, (i) => `x${i}*/**`) } })],
  ["pinning", (n) => ({ pinning: list(n, (i) => ({ image: `x${i}*`, require: "minor" })) })],
  [
    "exemptions",
    (n) => ({
      exemptions: list(n, (i) => ({ rule: "pin-precision", image: `x${i}*`, files: `a${i}/**`, reason: "x" })),
    }),
  ],
  ["overrides", (n) => ({ overrides: list(n, (i) => ({ files: `x${i}*/**`, rules: { "no-latest": "off" } })) })],
  [
    "mirrors",
    (n) => ({ registries: { mirrors: Object.fromEntries(list(n, (i) => [`r${i}.example`, `m${i}.example`])) } }),
  ],
  ["arguments", (n) => ({ args: Object.fromEntries(list(n, (i) => [`A${i}`, "x"])) })],
  ["named contexts", (n) => ({ contexts: Object.fromEntries(list(n, (i) => [`c${i}`, `docker-image://node:${i}`])) })],
  [
    "labels",
    (n) => ({
      rules: { "require-labels": ["error", { labels: Object.fromEntries(list(n, (i) => [`l${i}`, "text"])) }] },
    }),
  ],
];

const list = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));

const SOME = each(20, (i) => `ARG A${i}\nFROM node:22\nFROM c${i}\n`);

// What is compiled and loaded on first use is no part of what is compared.
beforeAll(() => {
  for (const [, text, keys = ALL] of TEXTS) work(text(50), keys);
  for (const [, keys] of POLICIES) work(SOME, { extends: ["strict"], ...keys(50) });
});

describe("time is linear for", () => {
  it.each(TEXTS)("%s", { timeout: 60_000 }, (_title, text, keys = ALL) => {
    expect(ratio((size) => [text(size), keys])).toBeLessThan(MOST);
  });
});

/** Something for every rule, different each time. */
const MIXED: Text = (n) =>
  each(n, (i) => `FROM acme/app${i}:1.${i}\nFROM node:${i}.1 AS s${i}\nCOPY --from=s${i} a b\nLABEL l${i}=x\n`);

describe("time is linear with a single rule", () => {
  it.each(Object.keys(rules))("%s", { timeout: 60_000 }, (rule) => {
    expect(ratio((size) => [MIXED(size), only(rule)])).toBeLessThan(MOST);
  });
});

describe("time is linear for a policy with many", () => {
  it.each(POLICIES)("%s", { timeout: 60_000 }, (_title, keys) => {
    expect(ratio((size) => [SOME, { extends: ["strict"], ...keys(size) }])).toBeLessThan(MOST);
  });
});
