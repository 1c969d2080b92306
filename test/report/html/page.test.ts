/** What the page makes of its data, without a browser: what is shown, and the picture as a graph. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse, type BaseUse } from "../../../src/index.js";
import { basesPage } from "../../../src/report/html/bases.js";
import type { FileData } from "../../../src/report/html/data.js";
import { fileData } from "../../../src/report/html/file.js";
import { MOST_FILES, MOST_FINDINGS } from "../../../src/report/html/html.js";
import { EVERYTHING, foldersOf, shownFiles, type Filter } from "../../../src/report/html/page/filter.js";
import { fittingDetail, graphOf, type Detail, type Graph } from "../../../src/report/html/page/graph.js";
import { layoutOf, type Box } from "../../../src/report/html/page/layout.js";
import { finding, resultOf } from "../finding.js";
import { pageIn } from "../readers.js";
import { partsOf, reportOn } from "../report-on.js";

const TODAY = "2026-08-22";

function file(path: string, source: string, ...findings: Parameters<typeof finding>[0][]): FileData {
  return fileData(resultOf(path, source, findings.map(finding)), path, analyse(source), TODAY, Infinity);
}

const FILES = [
  file("api/Dockerfile", "FROM golang:1.26.4 AS build\nFROM scratch\nCOPY --from=build /a /a\n"),
  file(
    "web/Dockerfile",
    "FROM node:22\nRUN a\n",
    { ruleId: "no-latest" },
    { ruleId: "layers", line: 2, endLine: 2, severity: 1 },
  ),
  file("web/admin/Dockerfile", "FROM node:22\n", { ruleId: "no-latest", message: "Oh, No" }),
  file("webshop/Dockerfile", "FROM acme/php:8\n"),
];

describe("a filter", () => {
  it.each<[string, Partial<Filter>, string[], number]>([
    ["nothing", {}, ["api", "web", "web/admin", "webshop"], 3],
    ["a rule", { rule: "no-latest" }, ["web", "web/admin"], 2],
    ["a severity", { severity: "warning" }, ["web"], 1],
    ["a tier", { tier: "other" }, ["webshop"], 0],
    ["an image, with the findings of what stands on it", { image: "node:22" }, ["web", "web/admin"], 3],
    ["a folder with what is below it, and not one whose name starts alike", { folder: "web" }, ["web", "web/admin"], 3],
    ["a file", { folder: "web/Dockerfile" }, ["web"], 2],
    ["words in any order, in any case", { text: "NO node oh," }, ["web/admin"], 1],
    ["the name of a stage", { text: "build" }, ["api"], 0],
    ["two at once", { rule: "no-latest", folder: "web/admin" }, ["web/admin"], 1],
    ["what nothing has", { text: "zzz" }, [], 0],
  ])("%s", (_title, filter, folders, findings) => {
    const shown = shownFiles(FILES, { ...EVERYTHING, ...filter });
    expect(shown.map((each) => each.file.path.replace(/\/Dockerfile$/, ""))).toEqual(folders);
    expect(shown.flatMap((each) => each.findings)).toHaveLength(findings);
  });

  it("has every folder to choose from", () => {
    expect(foldersOf(FILES)).toEqual(["api", "web", "web/admin", "webshop"]);
  });

  it("leaves out the deep ones where there are too many", () => {
    const many = Array.from({ length: 900 }, (_, at) => file(`team-${at % 9}/service-${at}/Dockerfile`, ""));
    expect(foldersOf(many)).toEqual(Array.from({ length: 9 }, (_, at) => `team-${at}`));
  });
});

describe("the graph", () => {
  const graph = (files: readonly FileData[], detail: Detail): Graph => graphOf(shownFiles(files, EVERYTHING), detail);

  it("by stages: a line for each image and stage", () => {
    const { images, places, lines } = graph(FILES, "stages");
    expect(images.map(({ label, tier, uses }) => [label, tier, uses])).toEqual([
      ["golang:1.26.4", "official", 1],
      ["scratch", "none", 1],
      ["node:22", "official", 2],
      ["acme/php:8", "other", 1],
    ]);
    expect(places[0]).toMatchObject({
      label: "api/Dockerfile",
      rows: [
        { label: "build", note: "", isFinal: false },
        { label: "stage 1", note: "copies build", isFinal: true },
      ],
    });
    expect(lines.map(({ place, row, pinning }) => [place, row, pinning])).toEqual([
      ["api/Dockerfile", 0, "patch"],
      ["api/Dockerfile", 1, null],
      ["web/Dockerfile", null, "major"],
      ["web/admin/Dockerfile", null, "major"],
      ["webshop/Dockerfile", null, "major"],
    ]);
  });

  it("leaves out what `# syntax` names: nothing stands on it", () => {
    const { images } = graph([file("Dockerfile", "# syntax=docker/dockerfile:1\nFROM node:22\n")], "stages");
    expect(images.map(({ label }) => label)).toEqual(["node:22"]);
  });

  const many = Array.from({ length: 1000 }, (_, at) =>
    file(`team-${at % 9}/service-${at}/Dockerfile`, `FROM node:${at}\nFROM image-${at % 200}\n`),
  );

  it("of many files is one of folders and repositories", () => {
    expect(fittingDetail(shownFiles(many, EVERYTHING))).toBe("folders");
    const { images, places } = graph(many, "folders");
    expect(places).toHaveLength(9);
    expect(images.length).toBeLessThanOrEqual(60);
    expect(images.find(({ label }) => label === "node")).toMatchObject({ uses: 1000, image: null });
  });

  it.each<Detail>(["stages", "files", "folders"])("by %s its size does not depend on the number of files", (detail) => {
    const { images, places, lines } = graph(many, detail);
    expect(images.length).toBeLessThanOrEqual(60);
    expect(places.length).toBeLessThanOrEqual(60);
    expect(lines.reduce((sum, { count }) => sum + count, 0)).toBe(2000);
  });
});

describe("the layout", () => {
  const lines = fc.uniqueArray(fc.tuple(fc.nat(11), fc.nat(11)), { minLength: 1, maxLength: 40, selector: String });

  it("nothing covers anything, everything is inside, and lines end at their boxes", () => {
    const property = fc.property(lines, fc.integer({ min: 300, max: 1400 }), (pairs, width) => {
      const byFile = new Map<number, number[]>();
      for (const [place, image] of pairs) byFile.set(place, [...(byFile.get(place) ?? []), image]);
      const files = [...byFile].map(([place, images]) => {
        return file(`f${place}/Dockerfile`, images.map((image) => `FROM i${image}:1.${image}\n`).join(""));
      });
      const graph = graphOf(shownFiles(files, EVERYTHING), "stages");
      const { images, places, lines: placed, height } = layoutOf(graph, width, 14);
      for (const boxes of [images, places]) {
        const sorted = [...boxes.values()].sort((a, b) => a.y - b.y);
        sorted.forEach((box, at) => expect(box.y).toBeGreaterThanOrEqual(at === 0 ? 0 : below(sorted[at - 1]!)));
        expect(below(sorted.at(-1)!)).toBeLessThanOrEqual(height);
        expect(Math.max(...sorted.map((box) => box.x + box.width))).toBeLessThanOrEqual(width + 0.01);
      }
      for (const { line, from, to } of placed) {
        expect(holds(images.get(line.image)!, from[1])).toBe(true);
        expect(holds(places.get(line.place)!, to[1])).toBe(true);
      }
    });
    fc.assert(property, { numRuns: 60 });
  });

  it("of nothing is nothing", () => {
    expect(layoutOf(graphOf([], "stages"), 800, 14)).toMatchObject({ lines: [] });
  });
});

it("a page of bases shows what registries said", () => {
  const [use] = analyse("FROM node:22\n");
  const online: BaseUse["online"] = {
    status: "found",
    reason: null,
    digest: `sha256:${"a".repeat(64)}`,
    size: 51_000_000,
    platforms: ["linux/amd64", "linux/arm64"],
    created: "2026-08-01T00:00:00Z",
    newest: "22.23.2",
  };
  const { files, end } = pageIn(basesPage([{ ...use!, online }], TODAY, true));
  expect(end.onlineColumns).toEqual(["DIGEST", "SIZE", "PLATFORMS", "CREATED", "NEWEST"]);
  const shown = ["a".repeat(12), "51.0 MB", "linux/amd64, linux/arm64", "2026-08-01", "22.23.2"];
  expect(files[0]!.uses[0]!.online).toEqual(shown);
});

describe("a page of too much", () => {
  it("shows the first files and counts the rest", async () => {
    const one = resultOf("Dockerfile", "FROM node\n", [finding()]);
    const { files, end } = pageIn(
      await reportOn(
        "html",
        Array.from({ length: MOST_FILES + 3 }, () => one),
      ),
    );
    expect(files).toHaveLength(MOST_FILES);
    expect(end.leftOut).toEqual({ files: 3, findings: 3 });
    expect(end.totals).toMatchObject({ files: MOST_FILES + 3, errors: MOST_FILES + 3 });
    expect(end.rules).toMatchObject([{ name: "explicit-tag", count: MOST_FILES + 3 }]);
  });

  it("shows the first findings and counts the rest", async () => {
    const all = Array.from({ length: MOST_FINDINGS - 1 }, () => finding({ line: 9, endLine: 9 }));
    const results = [
      resultOf("a", "FROM node\n", all),
      resultOf("b", "FROM node\n", [finding(), finding(), finding()]),
    ];
    const { files, end } = pageIn(await reportOn("html", results));
    expect(files.map(({ findings }) => findings.length)).toEqual([MOST_FINDINGS - 1, 1]);
    expect(end.leftOut).toEqual({ files: 0, findings: 2 });
  });

  it("leaves as it comes: a file is text when it was added", async () => {
    const parts = await partsOf("html", [resultOf("a", "FROM node\n", [finding()]), resultOf("b", "FROM node\n")]);
    expect(parts.slice(1, -1).map((part) => /"path":"(\w)"/.exec(part)?.[1])).toEqual(["a", "b"]);
  });

  it("says what could not be done", async () => {
    const problems = ["Dockerfile: the fixes cannot be written (\u202eno)."];
    const { end } = pageIn(await reportOn("html", [], {}, { exitCode: 2, problems }));
    expect(end.notes).toEqual(["Dockerfile: the fixes cannot be written (\\u202eno)."]);
  });
});

function below({ y, height }: Box): number {
  return y + height;
}

function holds(box: Box, y: number): boolean {
  return y >= box.y && y <= below(box);
}
