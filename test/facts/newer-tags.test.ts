/** What follows from the tags of a registry. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openCatalog } from "../../src/catalog.js";
import { exactCandidates, newestFirst, newestInLine } from "../../src/facts/newer-tags.js";

const catalog = openCatalog();
const node = catalog.image("docker.io/library/node");
const python = catalog.image("docker.io/library/python");
const nginx = catalog.image("docker.io/library/nginx");
const ubuntu = catalog.image("docker.io/library/ubuntu");

describe("the newest release of a line", () => {
  const NODE =
    "18.20.8 20.19.0 22 22.4 22.4.1 22.23 22.23.2 22.4.1-alpine 22.23.2-alpine 22.23.2-alpine3.24 24.19.0 lts";
  it.each<[tag: string, tags: string, newest: string | null, image?: typeof node]>([
    ["22.4.1", NODE, "22.23.2", node],
    ["22.4.1-alpine", NODE, "22.23.2-alpine", node],
    ["22.4", NODE, "22.23", node],
    ["22", NODE, "22", node],
    ["22.23.2", NODE, "22.23.2", node],
    ["22.30.0", NODE, "22.30.0", node],
    ["22.4.1-alpine3.20", NODE, "22.4.1-alpine3.20", node],
    ["lts", NODE, null, node],
    ["3.12.1", "3.12.1 3.12.11 3.13.5 3.12.12rc1", "3.12.11", python],
    ["3.12.1-slim", "3.12.1-slim 3.12.11-slim-bookworm 3.12.9-slim", "3.12.9-slim", python],
    ["v1.2.3", "v1.2.3 v1.10.0 1.11.0 v2.0.0", "v1.10.0"],
    ["0.4.1", "0.4.1 0.4.12 0.5.0", "0.4.12"],
    ["1.2.3", "1.2.3 1.2.4-rc1 1.3.0-beta.2", "1.2.3"],
    ["21.0.8_9-jre", "21.0.8_9-jre 21.0.9_10-jre 21.0.10_7-jdk 21.0.8_12-jre", "21.0.9_10-jre"],
    ["1.2.3-rc1", "1.2.3-rc1 1.2.3-rc10 1.2.3-rc9 1.2.3", "1.2.3-rc10"],
    [
      "bookworm-20260101",
      "bookworm-20260101 bookworm-20260803 bookworm-20260803-slim trixie-20261001",
      "bookworm-20260803",
    ],
    ["9.5-20250101", "9.5-20250101 9.5-20250301 9.6-20250501", "9.6-20250501"],
    [
      "RELEASE.2026-05-01T00-00-00Z",
      "RELEASE.2026-05-01T00-00-00Z RELEASE.2026-05-01T11-22-33Z RELEASE.2025-12-01T00-00-00Z",
      "RELEASE.2026-05-01T11-22-33Z",
    ],
    ["sha-1a2b3c4", "sha-1a2b3c4 sha-9f8e7d6", null],
    ["stable", "stable 1.0", null],
  ])("%s among %s: %s", (tag, tags, newest, image = null) => {
    expect(newestInLine(tag, tags.split(" "), image)).toBe(newest);
  });
});

describe("the exact tags that one may stand for", () => {
  it.each<[tag: string, tags: string, candidates: string, image?: typeof node]>([
    ["22", "22 22.4.1 22.23.2 22.23.2-alpine 22.23 24.19.0", "22.23.2 22.4.1", node],
    [
      "22-alpine",
      "22.4.1-alpine 22.23.2-alpine 22.23.2-alpine3.24 22.23.2",
      "22.23.2-alpine 22.4.1-alpine 22.23.2-alpine3.24",
      node,
    ],
    ["22.23.2", "22.23.2 22.23.2-alpine", "", node],
    ["latest", "25.1.0 26.5.1 26.5.0 24.19.0 latest", "26.5.1 25.1.0 24.19.0 26.5.0"],
    ["stable", "1.29.3 1.29.2 1.28.1 1.28.0", "1.29.3 1.28.1 1.29.2 1.28.0", nginx],
    ["bookworm", "bookworm-20260101 bookworm-20260803 bookworm-20260803-slim", "bookworm-20260803 bookworm-20260101"],
    ["24.04", "noble-20260810 noble-20260410 jammy-20260810", "noble-20260810 noble-20260410", ubuntu],
    ["1", "1.0.0 1.1.0-rc1 2.0.0 v1.0.1 sha-1a2b3c4", "v1.0.1 1.0.0"],
    ["main", "sha-1a2b3c4 sha-9f8e7d6", ""],
  ])("%s among %s: %s", (tag, tags, candidates, image = null) => {
    expect(exactCandidates(tag, tags.split(" "), image).join(" ")).toBe(candidates);
  });

  it("are few, however many tags there are", () => {
    const tags = Array.from({ length: 20_000 }, (_, index) => `1.${index}.0`);
    expect(exactCandidates("1", tags, null)).toEqual([9, 8, 7, 6, 5, 4, 3, 2].map((last) => `1.1999${last}.0`));
  });
});

it("takes whatever a registry may send", () => {
  const tag = fc.oneof(
    fc.string(),
    fc.stringMatching(/^v?[0-9]{1,30}(\.[0-9]{1,3}){0,4}(-[a-z0-9.]{1,8}){0,3}$/),
    fc.constantFrom("__proto__", "constructor", "9".repeat(5000), "20260803", "-".repeat(2000), "latest"),
  );
  fc.assert(
    fc.property(tag, fc.array(tag), (own, tags) => {
      const newest = newestInLine(own, tags, node);
      expect(newest === null || newest === own || tags.includes(newest)).toBe(true);
      for (const candidate of exactCandidates(own, tags, node)) expect(tags).toContain(candidate);
    }),
  );
});

describe("tags, the newest first", () => {
  it.each<[title: string, tags: string, sorted: string, image?: typeof node]>([
    ["by version, not by letters", "1.2.3 1.10.0 1.9.1", "1.10.0 1.9.1 1.2.3"],
    [
      "of one release the more exact first, then the shorter",
      "22 22.23.2-alpine 22.23 22.23.2",
      "22.23.2 22.23.2-alpine 22.23 22",
      node,
    ],
    ["words behind versions, by length and name", "lts latest 22.23.2 alpine", "22.23.2 lts alpine latest", node],
    ["candidates behind releases", "2.0.0-rc2 1.9.0 2.0.0-rc10 1.8.0", "1.9.0 1.8.0 2.0.0-rc10 2.0.0-rc2"],
    ["dates", "noble-20260101 noble-20260810 24.04", "24.04 noble-20260810 noble-20260101", ubuntu],
    ["nothing", "", ""],
  ])("%s", (_title, tags, sorted, image = null) => {
    expect(newestFirst(tags.split(" ").filter(Boolean), image).join(" ")).toBe(sorted);
  });

  it("whatever they are called, none twice, in one order", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^\w[\w.-]{0,20}$/), { maxLength: 30 }).chain((tags) => {
          return fc.tuple(fc.constant(tags), fc.shuffledSubarray(tags, { minLength: tags.length }));
        }),
        ([tags, shuffled]) => {
          const sorted = newestFirst(tags, node);
          expect(newestFirst(shuffled, node)).toEqual(sorted);
          expect([...sorted].sort()).toEqual([...tags].sort());
        },
      ),
    );
  });
});
