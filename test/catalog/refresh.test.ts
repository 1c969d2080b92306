import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readCycles, readProductsOfImages } from "../../scripts/catalog/end-of-life.js";
import { formatImage, readCatalog, writeCatalog, type CatalogData } from "../../scripts/catalog/files.js";
import { aliasGroups, partition, readOfficialImages, readStanzas } from "../../scripts/catalog/official-images.js";
import { differences, refresh } from "../../scripts/catalog/refresh.js";
import type { CatalogImage } from "../../src/catalog.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fromlint-refresh-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, ...lines: string[]): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${lines.join("\n")}\n`);
}

describe("readStanzas", () => {
  it("reads paragraphs, comments and lines that continue the one above", () => {
    const text = [
      "# made by hand",
      "Maintainers: Ada <ada@example.org> (@ada),",
      "             Ben <ben@example.org> (@ben)",
      "GitRepo: https://example.org/x.git",
      "",
      "Tags: 2.1, 2,",
      "# in between",
      "\tlatest",
      "Directory: 2",
    ].join("\n");
    expect(readStanzas(text).map((stanza) => Object.fromEntries(stanza))).toEqual([
      {
        Maintainers: "Ada <ada@example.org> (@ada), Ben <ben@example.org> (@ben)",
        GitRepo: "https://example.org/x.git",
      },
      { Tags: "2.1, 2, latest", Directory: "2" },
    ]);
  });

  it("reads Windows line ends", () => {
    expect(readStanzas("Tags: a\r\n\r\nTags: b\r\n")).toHaveLength(2);
  });

  it.each([
    ["Tags: a\nnonsense", "line 2"],
    [" Tags: a", "line 1"],
  ])("%j is an error at %s", (text, place) => {
    expect(() => readStanzas(text)).toThrow(place);
  });
});

describe("aliasGroups", () => {
  it("keeps the tags of a paragraph together, and what several share apart", () => {
    const stanzas = readStanzas(
      [
        "Architectures: amd64",
        "",
        "Tags: 1.2-linux, 1-linux",
        "SharedTags: 1.2, 1, latest",
        "",
        "Tags: 1.2-windows2025",
        "SharedTags: 1.2-windows, 1.2, 1, latest",
        "",
        "Tags: 1.2-windows2022",
        "SharedTags: 1.2-windows, 1.2, 1, latest",
      ].join("\n"),
    );
    expect(aliasGroups(stanzas)).toEqual([
      ["1.2-linux", "1-linux"],
      ["1.2-windows2025"],
      ["1.2-windows2022"],
      ["1.2", "1", "latest"],
      ["1.2-windows"],
    ]);
  });

  it("has a shared tag of one paragraph only among that one's", () => {
    expect(aliasGroups(readStanzas("Tags: 3.12-trixie\nSharedTags: 3.12"))).toEqual([["3.12-trixie", "3.12"]]);
  });
});

describe("partition", () => {
  it("puts every tag into one group", () => {
    expect(partition([["a"], ["b"], ["latest"], ["b-any", "latest"], ["a", "a"]])).toEqual([["b"], ["b-any"], ["a"], ["latest"]]);
  });
});

describe("readOfficialImages", () => {
  it("reads a file an image", () => {
    write("library/one", "Tags: 1, latest");
    write("library/two", "Tags: 2");
    write("library/subfolder/three", "Tags: 3");
    expect([...readOfficialImages(folder)]).toEqual([
      ["one", [["1", "latest"]]],
      ["two", [["2"]]],
    ]);
  });

  it("names the file that it cannot read", () => {
    write("library/odd", "what is this");
    expect(() => readOfficialImages(folder)).toThrow("library/odd: line 1");
  });

  it("refuses a folder without images: they would all be retired", () => {
    expect(() => readOfficialImages(folder)).toThrow();
    mkdirSync(join(folder, "library"));
    expect(() => readOfficialImages(folder)).toThrow("is empty");
  });
});

describe("readCycles", () => {
  it("takes releases, dates, code names and newest versions", () => {
    write(
      "products/thing.md",
      "---",
      "title: Thing",
      "releases:",
      "  - releaseCycle: 3.10",
      "    eol: false",
      "  - releaseCycle: '3.9'",
      '    codename: "Wise Owl"',
      "    eol: 2026-01-31",
      "    eoes: 2028-01-31",
      '    latest: "3.9.4"',
      "  - releaseCycle: '2'",
      "    eol: true",
      "    eoes: false",
      "---",
      "> Thing does things.",
    );
    expect(readCycles(folder, "thing")).toEqual({
      "3.10": { eol: false },
      "3.9": { eol: "2026-01-31", extended: "2028-01-31", codename: "wise owl", latest: "3.9.4" },
      "2": { eol: true },
    });
  });

  it("is null for a product that is not there", () => {
    expect(readCycles(folder, "nothing")).toBeNull();
  });

  it.each([
    ["an end of life that is no date", ["---", "releases:", "  - releaseCycle: 1", "    eol: soon", "---"], '"soon"'],
    ["no front matter", ["# Thing"], "front matter"],
  ])("refuses %s", (_what, lines, message) => {
    write("products/thing.md", ...lines);
    expect(() => readCycles(folder, "thing")).toThrow(message);
  });
});

describe("readProductsOfImages", () => {
  it("finds the official images that products name", () => {
    write("products/go.md", "---", "identifiers:", "  - purl: pkg:docker/library/golang", "  - repology: go", "---");
    write("products/other.md", "---", "identifiers:", "  - purl: pkg:docker/cimg/go", "---");
    expect([...readProductsOfImages(folder)]).toEqual([["golang", "go"]]);
  });
});

const image = (more: Partial<CatalogImage>): CatalogImage => {
  return { tags: [], product: null, cycles: {}, extendedSupport: null, ...more };
};

function catalog(): CatalogData {
  return {
    index: {
      sources: {
        tags: { asOf: "2026-01-01", from: "tags" },
        endOfLife: { asOf: "2026-01-02", from: "dates" },
        publishers: { asOf: "2026-01-03", from: "people" },
      },
      official: ["debian", "gone", "lost"],
      retired: { back: "2020-01-01", vault: "2024-07-29" },
      publishers: [{ prefix: "mcr.microsoft.com/", publisher: "Microsoft", basis: "registry" }],
      notLookalikes: ["trust"],
    },
    images: new Map([
      ["docker.io/library/debian", image({ tags: [["12"]], product: "debian", extendedSupport: "free" })],
      ["docker.io/library/gone", image({ tags: [["1"]], product: "gone", cycles: { "1": { eol: true } } })],
      ["docker.io/library/lost", image({ tags: [["1"]] })],
      ["mcr.microsoft.com/dotnet/sdk", image({ product: "dotnet", cycles: { "8": { eol: false } } })],
    ]),
  };
}

describe("refresh", () => {
  const images = { asOf: "2026-08-21", groups: new Map([["debian", [["13"]]], ["back", [["2"]]], ["fresh", [["3"]]]]) };
  const dates = {
    asOf: "2026-08-22",
    products: new Map([["fresh", "freshness"], ["debian", "not-debian"]]),
    cycles: (product: string) => (product === "dotnet" ? { "10": { eol: false } } : null),
  };

  it("takes names and tags from the official images, and dates who left", () => {
    const { index, images: found } = refresh(catalog(), images, null);
    expect(index.official).toEqual(["debian", "back", "fresh"]);
    expect(index.retired).toEqual({ vault: "2024-07-29", gone: "2026-08-21", lost: "2026-08-21" });
    expect(index.sources.tags).toEqual({ asOf: "2026-08-21", from: "tags" });
    expect(index.sources.endOfLife.asOf).toBe("2026-01-02");
    expect(found.get("docker.io/library/debian")).toEqual(image({ tags: [["13"]], product: "debian", extendedSupport: "free" }));
    expect(found.get("docker.io/library/fresh")).toEqual(image({ tags: [["3"]] }));
    // What is known of the releases of an image that left stays of use.
    expect(found.get("docker.io/library/gone")).toEqual(image({ product: "gone", cycles: { "1": { eol: true } } }));
    expect(found.has("docker.io/library/lost")).toBe(false);
  });

  it("takes cycles from endoflife.date, and a product only where none is known", () => {
    const { index, images: found } = refresh(catalog(), images, dates);
    expect(index.sources.endOfLife).toEqual({ asOf: "2026-08-22", from: "dates" });
    expect(found.get("docker.io/library/fresh")?.product).toBe("freshness");
    expect(found.get("docker.io/library/debian")?.product).toBe("debian");
    expect(found.get("mcr.microsoft.com/dotnet/sdk")?.cycles).toEqual({ "10": { eol: false } });
    // A product that is not there any more keeps what was known of it.
    expect(found.get("docker.io/library/gone")?.cycles).toEqual({ "1": { eol: true } });
  });

  it("keeps what no source says", () => {
    const { index } = refresh(catalog(), images, dates);
    const { publishers, notLookalikes, sources } = catalog().index;
    expect(index).toMatchObject({ publishers, notLookalikes });
    expect(index.sources.publishers).toEqual(sources.publishers);
  });

  it("lists what a person should look at", () => {
    const old = catalog();
    expect(differences(old, refresh(old, images, dates))).toEqual([
      "new official image: back",
      "new official image: fresh",
      "retired: gone",
      "retired: lost",
      "docker.io/library/fresh is now linked with endoflife.date's freshness: check that it fits",
    ]);
  });
});

describe("the catalog's files", () => {
  it("have one fact a line, newest release first", () => {
    const debian = image({
      product: "debian",
      extendedSupport: "free",
      cycles: { "9": { eol: true }, "3.1": { eol: true }, "3.10": { eol: true }, "12": { eol: "2026-07-11" } },
      tags: [["12", "bookworm"], ["sid"]],
    });
    expect(formatImage(debian)).toBe(`{
  "product": "debian",
  "extendedSupport": "free",
  "cycles": {
    "12": {"eol":"2026-07-11"},
    "9": {"eol":true},
    "3.10": {"eol":true},
    "3.1": {"eol":true}
  },
  "tags": [
    ["12","bookworm"],
    ["sid"]
  ]
}
`);
  });

  it("read as they were written, and leave out what is gone", () => {
    write("images/docker.io/library/old.json", "{}");
    write("README.md", "kept");
    writeCatalog(folder, catalog());
    const { index, images } = readCatalog(folder);
    expect(index).toEqual(catalog().index);
    expect(images).toEqual(catalog().images);
    expect(() => readFileSync(join(folder, "images/docker.io/library/old.json"))).toThrow();
    expect(readFileSync(join(folder, "README.md"), "utf8")).toBe("kept\n");
  });
});

describe("npm run catalog", { timeout: 30_000 }, () => {
  const root = join(import.meta.dirname, "../..");
  const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } => {
    const command = ["--import", "tsx", join(root, "scripts/catalog.ts"), "--catalog", join(folder, "catalog"), ...args];
    return spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
  };

  it("rebuilds the catalog from two folders, dated by their newest commit or by --date", () => {
    writeCatalog(join(folder, "catalog"), catalog());
    write("official/library/debian", "Tags: 13, trixie");
    write("eol/products/debian.md", "---", "releases:", "  - releaseCycle: 13", "    eol: 2028-08-09", "---");
    git("official", "2026-03-04T23:30:00-05:00");

    const { status, stdout } = run("--official-images", join(folder, "official"));
    expect(stdout).toContain("retired: gone");
    expect(status).toBe(0);
    expect(readCatalog(join(folder, "catalog")).index.sources.tags.asOf).toBe("2026-03-05");

    expect(run("--endoflife", join(folder, "eol"), "--date", "2026-05-06").status).toBe(0);
    const { index, images } = readCatalog(join(folder, "catalog"));
    expect(index.sources.endOfLife.asOf).toBe("2026-05-06");
    expect(images.get("docker.io/library/debian")).toMatchObject({
      tags: [["13", "trixie"]],
      cycles: { "13": { eol: "2028-08-09" } },
    });
  });

  it("leaves the catalog alone and exits 1 when a source is not there", () => {
    writeCatalog(join(folder, "catalog"), catalog());
    const { status, stderr } = run("--official-images", join(folder, "nowhere"));
    expect(status).toBe(1);
    expect(stderr).toContain("nowhere");
    expect(readCatalog(join(folder, "catalog")).images).toEqual(catalog().images);
  });

  function git(path: string, date: string): void {
    // A commit hook that runs these tests has GIT_DIR and the like set to another repository.
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
    const env = {
      ...Object.fromEntries(inherited),
      GIT_CONFIG_GLOBAL: devNull,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    };
    const command = (...args: string[]): void => {
      execFileSync("git", ["-C", join(folder, path), "-c", "user.name=t", "-c", "user.email=t@t", ...args], { env });
    };
    command("init", "--quiet");
    command("add", ".");
    command("commit", "--quiet", "--message", "t");
  }
});
