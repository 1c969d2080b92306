import { describe, expect, it } from "vitest";
import { openCatalog, type Catalog, type CatalogImage, type Cycle } from "../../src/catalog.js";
import { endOfLife, type EndOfLife, type EndOfLifeOptions } from "../../src/facts/end-of-life.js";
import { parseReference } from "../../src/facts/reference.js";

function image(
  cycles: Record<string, Cycle>,
  tags: readonly string[] = [],
  more: Partial<CatalogImage> = {},
): CatalogImage {
  return { product: "it", cycles, tags: tags.map((group) => group.split(" ")), extendedSupport: null, ...more };
}

const images: Readonly<Record<string, CatalogImage>> = {
  "docker.io/library/python": image(
    {
      "3.14": { eol: "2030-10-31", latest: "3.14.7" },
      "3.10": { eol: "2026-10-31", latest: "3.10.21" },
      "3.9": { eol: "2025-10-31", latest: "3.9.25" },
      "3.7": { eol: "2023-06-27", latest: "3.7.17" },
      "2.7": { eol: "2020-01-01" },
      "2.6": { eol: "2013-10-29" },
    },
    [
      "3.14.7 3.14 3 latest 3.14.7-trixie 3.14-trixie",
      "3.14.7-slim 3.14-slim slim 3.14.7-slim-trixie 3.14-slim-trixie",
      "3.14.7-bookworm 3.14-bookworm bookworm",
      "3.14.7-alpine3.24 3.14-alpine3.24 3.14-alpine alpine",
      "3.10.21 3.10",
      "3.10.21-slim 3.10-slim",
      "3.10.21-bookworm 3.10-bookworm",
      "3.10.21-alpine3.24 3.10-alpine3.24 3.10-alpine",
    ],
  ),
  "docker.io/library/debian": image(
    {
      "13": { eol: "2028-08-09", extended: "2030-06-30", codename: "trixie" },
      "12": { eol: "2026-07-11", extended: "2028-06-30", codename: "bookworm" },
      "10": { eol: "2022-09-10", extended: "2024-06-30", codename: "buster" },
    },
    ["trixie 13 13.6 latest", "trixie-slim 13-slim", "bookworm 12 12.15", "bookworm-slim 12-slim"],
    { extendedSupport: "free" },
  ),
  "docker.io/library/ubuntu": image(
    {
      "24.04": { eol: "2029-05-31", extended: "2036-05-31", codename: "noble numbat" },
      "20.04": { eol: "2025-05-31", extended: "2030-04-02", codename: "focal fossa" },
      "11.04": { eol: "2012-10-28", codename: "natty narwhal" },
    },
    ["24.04 noble-20260810 noble latest"],
  ),
  "docker.io/library/alpine": image({ "3.24": { eol: "2028-06-01" }, "3.19": { eol: "2025-11-01" } }, [
    "3.24.1 3.24 3 latest",
  ]),
  "docker.io/library/amazonlinux": image({ "2023": { eol: "2029-06-30" }, "2": { eol: "2026-06-30" } }),
  "docker.io/library/node": image({ "26": { eol: false }, "8": { eol: "2019-12-31" }, "3": { eol: true } }, [
    "26 lts latest",
    "26-alpine alpine 26-alpine3.24",
    "26-bookworm lts-bookworm",
  ]),
  "docker.io/library/wordpress": image({ "2.0": { eol: "2010-01-01" } }, ["cli-2.12.0 cli-2"]),
  "docker.io/library/vault": image({ "1.13": { eol: "2024-03-25" } }),
  "mcr.microsoft.com/dotnet/sdk": image({ "10": { eol: "2028-11-14" }, "6": { eol: "2024-11-12" } }, [], {
    product: "dotnet",
  }),
};

const catalog: Catalog = {
  asOf: { tags: "2026-08-21", endOfLife: "2026-08-22", publishers: "2026-11-21" },
  official: new Set(["python", "debian", "ubuntu", "alpine", "node"]),
  retired: new Map([["vault", "2024-07-29"]]),
  publishers: [],
  notLookalikes: new Set(),
  repositories: new Set(),
  image: (name) => (Object.hasOwn(images, name) ? (images[name] ?? null) : null),
};

const TODAY = "2026-09-01";

function spans(text: string, today = TODAY, options: EndOfLifeOptions = {}, from = catalog): readonly EndOfLife[] {
  const parsed = parseReference(text);
  if (!("reference" in parsed)) throw new Error(parsed.problem.code);
  return endOfLife(parsed.reference, from, today, options);
}

/** What is over, in one line each: `python 3.7 2023-06-27`. */
function over(text: string, today = TODAY, options: EndOfLifeOptions = {}): string[] {
  return spans(text, today, options)
    .filter(({ past }) => past)
    .map(({ of, date }) => `${of} ${date ?? "without a date"}`);
}

describe("what is over behind", () => {
  it.each([
    ["a release", "python:3.7", ["python 3.7 2023-06-27"]],
    ["one of its patch releases", "python:3.7.2-slim", ["python 3.7 2023-06-27"]],
    ["a major version that is all over: its newest release", "python:2", ["python 2.7 2020-01-01"]],
    ["a distribution in the variant", "python:3.14-buster", ["debian 10 (buster) 2024-06-30"]],
    ["both", "python:3.7-alpine3.19", ["python 3.7 2023-06-27", "alpine 3.19 2025-11-01"]],
    ["a code name", "debian:buster-slim", ["debian 10 (buster) 2024-06-30"]],
    ["a code name with a date", "ubuntu:focal-20240101", ["ubuntu 20.04 (focal) 2025-05-31"]],
    ["a distribution's number", "debian:10", ["debian 10 (buster) 2024-06-30"]],
    ["a release without a date", "node:3", ["node 3 without a date"]],
    ["a vendor's image", "mcr.microsoft.com/dotnet/sdk:6.0", ["dotnet 6 2024-11-12"]],
    ["an image that left the official set", "vault:1.13", ["vault 1.13 2024-03-25", "vault 2024-07-29"]],
    ["one of which only the name is known", "vault", ["vault 2024-07-29"]],
    // Distributions are known by name in any image.
    ["a distribution and its number", "acme/app:1.2-debian-10-r3", ["debian 10 (buster) 2024-06-30"]],
    ["a number without its dot", "acme/app:1.2-ubuntu2004", ["ubuntu 20.04 (focal) 2025-05-31"]],
    ["Amazon Linux", "acme/app:8-al2", ["amazonlinux 2 2026-06-30"]],
    ["a distribution in the name", "gcr.io/distroless/java17-debian10:nonroot", ["debian 10 (buster) 2024-06-30"]],
    // What lives, and what nothing is known of.
    ["nothing: it lives", "python:3.10", []],
    ["nothing: no end is set", "node:26", []],
    ["nothing: the tag moves with the living release", "python:3", []],
    ["nothing: no tag is latest", "python", []],
    ["nothing: free extended support", "debian:12", []],
    ["nothing: a word that once was a code name, before there was Docker", "acme/app:natty", []],
    ["nothing: the version is of something else", "wordpress:cli-2", []],
    ["nothing: unknown", "acme/app:1.2", []],
    ["nothing: a release that is yet to come", "python:3.15-rc", []],
    ["nothing: only a digest", `python@sha256:${"0".repeat(64)}`, []],
  ])("%s: %s", (_what, text, expected) => {
    expect(over(text)).toEqual(expected);
  });
});

it("an image that has not left yet is not over", () => {
  expect(over("vault:1.13", "2024-07-28")).toEqual(["vault 1.13 2024-03-25"]);
  expect(over("vault:1.13", "2024-07-29")).toEqual(["vault 1.13 2024-03-25", "vault 2024-07-29"]);
});

it("says whose dates the ones of openjdk are", () => {
  const openjdk = image({ "11": { eol: "2019-03-19" } }, [], { product: "openjdk-builds-from-oracle" });
  expect(spans("openjdk:11-jre", TODAY, {}, { ...catalog, image: () => openjdk })[0]?.of).toBe(
    "openjdk 11 (Oracle's builds)",
  );
});

describe("tags without a version stand for what their aliases say", () => {
  it.each([
    ["node:lts", ["node 26", "debian 12 (bookworm)"]],
    ["node:alpine", ["node 26", "alpine 3.24"]],
    ["python", ["python 3.14", "debian 13 (trixie)"]],
    ["ubuntu:noble", ["ubuntu 24.04 (noble)"]],
  ])("%s", (text, expected) => {
    const tags = [["lts lts-bookworm 26 26-bookworm"], ["alpine 26-alpine 26-alpine3.24"]].flat();
    const node = { ...images["docker.io/library/node"]!, tags: tags.map((group) => group.split(" ")) };
    const from = { ...catalog, image: (name: string) => (name.endsWith("/node") ? node : catalog.image(name)) };
    expect(spans(text, TODAY, {}, from).map(({ of }) => of)).toEqual(expected);
  });
});

describe("dates", () => {
  it("a release lives on its last day, UTC", () => {
    expect(over("python:3.9", "2025-10-31")).toEqual([]);
    expect(over("python:3.9", "2025-11-01")).toEqual(["python 3.9 2025-10-31"]);
  });

  it("free extended support counts to its last day", () => {
    expect(over("debian:12", "2028-06-30")).toEqual([]);
    expect(over("debian:12", "2028-07-01")).toEqual(["debian 12 (bookworm) 2028-06-30"]);
  });

  it("paid extended support counts when asked for; else its date is said", () => {
    expect(over("ubuntu:20.04", TODAY, { extended: true })).toEqual([]);
    expect(spans("ubuntu:20.04")).toMatchObject([{ past: true, date: "2025-05-31", extended: "2030-04-02" }]);
  });

  it.each([
    ["2026-10-01", 30, 30],
    ["2026-09-30", 30, null],
    ["2026-10-31", 30, 0],
    ["2026-11-01", 30, null],
    ["2026-10-31", 0, null],
  ])("on %s with warnDays %d, 3.10 (2026-10-31) ends within %s days", (today, warnDays, expected) => {
    expect(spans("python:3.10", today, { warnDays })[0]?.endsWithin).toBe(expected);
  });
});

describe("the nearest living release, and a tag for it in the same style", () => {
  it.each([
    // text, release, tag
    ["python:3.7", "python 3.10", "3.10"],
    ["python:3.7-slim", "python 3.10", "3.10-slim"],
    ["python:3.7.2-slim", "python 3.10", "3.10.21-slim"],
    ["python:3.7-alpine3.19", "python 3.10", "3.10-alpine3.24"],
    ["python:3.7-buster", "python 3.10", "3.10-bookworm"],
    ["python:3.14-buster", "debian 12 (bookworm)", "3.14-bookworm"],
    // No slim-bookworm here: it comes from the next distribution, or without a word for it.
    ["python:3.14-slim-buster", "debian 13 (trixie)", "3.14-slim-trixie"],
    ["python:3.7-slim-buster", "python 3.10", "3.10-slim"],
    ["python:3.7-windowsservercore", "python 3.10", null],
    ["debian:buster", "debian 12 (bookworm)", "bookworm"],
    ["debian:buster-slim", "debian 12 (bookworm)", "bookworm-slim"],
    ["debian:10-slim", "debian 12 (bookworm)", "12-slim"],
    ["ubuntu:focal-20240101", "ubuntu 24.04 (noble)", "noble-20260810"],
    ["alpine:3.19", "alpine 3.24", "3.24"],
    ["node:lts-buster", "debian 12 (bookworm)", "lts-bookworm"],
    ["node:8-alpine", "node 26", "26-alpine"],
    ["mcr.microsoft.com/dotnet/sdk:6.0", "dotnet 10", null],
    ["vault:1.13", null, null],
  ])("%s -> %s, %s", (text, nearest, tag) => {
    expect(spans(text).find(({ past }) => past)).toMatchObject({ nearest, tag });
  });

  it("does not move to what ends within warnDays itself", () => {
    const [span] = spans("python:3.7-slim", TODAY, { warnDays: 90 });
    expect(span).toMatchObject({ nearest: "python 3.14", tag: "3.14-slim" });
  });

  it("is not looked for while the release lives", () => {
    expect(spans("python:3.10")).toMatchObject([{ nearest: null, tag: null }]);
  });
});

describe("an image whose aliases say what it stands on", () => {
  const node = image({ "26": { eol: false } }, [
    "26 26-buster",
    "26-slim 26-buster-slim",
    "26-trixie",
    "26-trixie-slim",
  ]);
  const from = { ...catalog, image: (name: string) => (name.endsWith("/node") ? node : catalog.image(name)) };

  it.each([
    ["node:26", "26-trixie"],
    ["node:26-slim", "26-trixie-slim"],
    ["node:26-buster", "26-trixie"],
  ])("%s -> %s", (text, tag) => {
    expect(spans(text, TODAY, {}, from).filter(({ past }) => past)).toMatchObject([
      { kind: "distribution", of: "debian 10 (buster)", nearest: "debian 13 (trixie)", tag },
    ]);
  });

  it("keeps the distribution: rather none than Debian for Alpine", () => {
    const redis = image({ "7.4": { eol: false } }, ["7.4-alpine 7.4-alpine3.19", "7.4 7.4-trixie"]);
    const own = { ...catalog, image: (name: string) => (name.endsWith("/redis") ? redis : catalog.image(name)) };
    expect(spans("redis:7.4-alpine", TODAY, {}, own)).toMatchObject([
      { kind: "product", past: false },
      { kind: "distribution", of: "alpine 3.19", past: true, nearest: "alpine 3.24", tag: null },
    ]);
    // 7.4-alpine stands on the dead 3.19, too.
    expect(spans("redis:7.4-alpine3.18", TODAY, {}, own)).toMatchObject([{ past: false }]);
  });

  it("never offers the tag itself", () => {
    const bare = { ...node, tags: [["26", "26-buster"]] };
    const found = spans(
      "node:26",
      TODAY,
      {},
      { ...from, image: (name) => (name.endsWith("/node") ? bare : catalog.image(name)) },
    );
    expect(found.filter(({ past }) => past)).toMatchObject([
      { of: "debian 10 (buster)", nearest: "debian 12 (bookworm)", tag: null },
    ]);
  });
});

describe("the committed catalog", () => {
  it.each([
    ["python:3.12-buster", "debian 10 (buster)", "2024-06-30"],
    ["node:8", "node 8", "2019-12-31"],
    ["centos:7", "centos 7", "2024-06-30"],
    ["jenkins:2.60.3", "jenkins", "2018-08-13"],
    ["golang:1.12-alpine3.9", "golang 1.12", "2020-02-25"],
    ["mcr.microsoft.com/dotnet/core/sdk:3.1", "dotnet 3.1", "2022-12-13"],
    ["gcr.io/distroless/java17-debian10", "debian 10 (buster)", "2024-06-30"],
  ])("%s: %s ended on %s", (text, of, date) => {
    expect(spans(text, "2026-08-22", {}, openCatalog())).toContainEqual(
      expect.objectContaining({ of, date, past: true }),
    );
  });

  /** Official images that are still rebuilt although their line is over, as the sources have it. */
  it("finds little that is over among the tags that are rebuilt today", () => {
    const real = openCatalog();
    const tags = [...real.official].flatMap((name) => {
      const known = real.image(`docker.io/library/${name}`);
      return (known?.tags ?? [])
        .flat()
        .map((tag) => ({ registry: "docker.io", repository: `library/${name}`, tag, digest: null }));
    });
    const dead = tags.filter((reference) => endOfLife(reference, real, real.asOf.endOfLife).some(({ past }) => past));
    expect(tags.length).toBeGreaterThan(9000);
    expect(dead.length / tags.length).toBeLessThan(0.05);
  });
});
