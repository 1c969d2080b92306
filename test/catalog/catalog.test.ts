import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatImage, formatIndex } from "../../scripts/catalog/files.js";
import { imageFile, openCatalog, type CatalogIndex } from "../../src/catalog.js";
import { isDate } from "../../src/facts/dates.js";
import { parseReference } from "../../src/facts/reference.js";

const INDEX: CatalogIndex = {
  sources: {
    tags: { asOf: "2026-08-21", from: "there" },
    endOfLife: { asOf: "2026-08-22", from: "there" },
    publishers: { asOf: "2026-11-21", from: "there" },
  },
  official: ["node", "broken", "missing"],
  retired: { vault: "2024-07-29" },
  publishers: [
    { prefix: "mcr.microsoft.com/", publisher: "Microsoft", basis: "registry" },
    { prefix: "public.ecr.aws/docker/library/", publisher: "AWS", basis: "registry", copyOf: "docker.io/library/" },
  ],
  notLookalikes: ["trust"],
  images: ["docker.io/library/node", "docker.io/library/broken", "docker.io/library/missing"],
};

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fromlint-catalog-test-"));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write(join(folder, "index.json"), JSON.stringify(INDEX));
  write(imageFile(folder, "docker.io/library/node"), '{"tags": [["22", "lts"]]}');
  write(imageFile(folder, "docker.io/library/broken"), '{"tags": [["22", ');
  write(imageFile(folder, "docker.io/library/unlisted"), '{"tags": [["22"]]}');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("openCatalog", () => {
  it("gives the index", () => {
    const catalog = openCatalog(folder);
    expect(catalog.asOf).toEqual({ tags: "2026-08-21", endOfLife: "2026-08-22", publishers: "2026-11-21" });
    expect([...catalog.official]).toEqual(INDEX.official);
    expect(catalog.retired.get("vault")).toBe("2024-07-29");
    expect(catalog.publishers.map(({ copyOf }) => copyOf)).toEqual([null, "docker.io/library/"]);
    expect(catalog.notLookalikes.has("trust")).toBe(true);
    expect(catalog.repositories.has("docker.io/library/node")).toBe(true);
  });

  it("gives an image, with what its file leaves out", () => {
    expect(openCatalog(folder).image("docker.io/library/node")).toEqual({
      tags: [["22", "lts"]],
      product: null,
      cycles: {},
      extendedSupport: null,
    });
  });

  it.each([
    ["a broken file", "docker.io/library/broken"],
    ["a missing file", "docker.io/library/missing"],
    ["a file that the index does not list", "docker.io/library/unlisted"],
    ["a path that leads elsewhere", "docker.io/library/../library/node"],
    ["the index", "../index"],
    ["no name", ""],
  ])("knows nothing from %s", (_what, name) => {
    expect(openCatalog(folder).image(name)).toBeNull();
  });

  it("reads nothing before it is asked, and each file once", () => {
    const own = mkdtempSync(join(tmpdir(), "fromlint-catalog-test-"));
    const catalog = openCatalog(own);
    writeFileSync(join(own, "index.json"), JSON.stringify(INDEX));
    mkdirSync(dirname(imageFile(own, "docker.io/library/node")), { recursive: true });
    writeFileSync(imageFile(own, "docker.io/library/node"), "{}");
    const first = catalog.image("docker.io/library/node");
    rmSync(own, { recursive: true });
    expect(first).not.toBeNull();
    expect(catalog.image("docker.io/library/node")).toBe(first);
    expect(catalog.official.size).toBe(3);
  });

  it("says which file it misses when there is no index", () => {
    const nowhere = join(folder, "nowhere");
    const catalog = openCatalog(nowhere);
    expect(() => catalog.official).toThrow(`the catalog of public images cannot be read: ${join(nowhere, "index.json")}`);
  });
});

describe("the committed catalog", () => {
  const catalog = openCatalog();
  const root = join(import.meta.dirname, "../../catalog");
  const index = JSON.parse(readFileSync(join(root, "index.json"), "utf8")) as CatalogIndex;

  it("has dates and sources", () => {
    for (const { asOf, from } of Object.values(index.sources)) {
      expect(isDate(asOf)).toBe(true);
      expect(from).not.toBe("");
    }
  });

  it("has a file for every image that it lists, and lists every file", () => {
    const files = readdirSync(join(root, "images"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    expect(files.sort()).toEqual(index.images.map((name) => imageFile(root, name)).sort());
    expect(index.images.filter((name) => catalog.image(name) === null)).toEqual([]);
  });

  it("is written as a refresh would write it", () => {
    expect(readFileSync(join(root, "index.json"), "utf8")).toBe(formatIndex(index));
    const drifted = index.images.filter((name) => {
      const image = catalog.image(name);
      return !image || readFileSync(imageFile(root, name), "utf8") !== formatImage(image);
    });
    expect(drifted).toEqual([]);
  });

  it("has each tag in one group", () => {
    const twice = index.images.filter((name) => {
      const tags = catalog.image(name)?.tags.flat() ?? [];
      return new Set(tags).size !== tags.length;
    });
    expect(twice).toEqual([]);
  });

  it("has tags for all official images but those that are no longer built", () => {
    const without = [...catalog.official].filter((name) => catalog.image(`docker.io/library/${name}`)?.tags.length === 0);
    expect(without).toEqual(["clefos", "gazebo", "mongo-express", "notary", "php-zendserver", "plone", "unit"]);
  });

  it("has only days that exist, and retired no image that is official", () => {
    const days = index.images.flatMap((name) =>
      Object.values(catalog.image(name)?.cycles ?? {}).flatMap(({ eol, extended }) => [eol, extended ?? false]),
    );
    const written = [...days, ...catalog.retired.values()].filter((day) => typeof day === "string");
    expect(written.length).toBeGreaterThan(1000);
    expect(written.filter((day) => !isDate(day))).toEqual([]);
    expect([...catalog.retired.keys()].filter((name) => catalog.official.has(name))).toEqual([]);
  });

  it("names images and publishers as references are named", () => {
    const wrong = [...index.images, ...catalog.publishers.map(({ prefix }) => `${prefix}x`)].filter((name) => {
      const parsed = parseReference(name);
      return !("reference" in parsed) || `${parsed.reference.registry}/${parsed.reference.repository}` !== name;
    });
    expect(wrong).toEqual([]);
  });

  it("knows Docker's official images, who left them, and that Debian's long-term support is free", () => {
    expect(catalog.official.size).toBe(144);
    expect(catalog.retired.get("centos")).toBe("2024-07-29");
    expect(catalog.image("docker.io/library/debian")?.extendedSupport).toBe("free");
    expect(catalog.image("mcr.microsoft.com/dotnet/sdk")?.product).toBe("dotnet");
  });
});
