/** Reads and writes catalog/: one fact a line, so that a refresh shows as a diff that can be read. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { imageFile, type CatalogImage, type CatalogIndex } from "../../src/catalog.js";

/** The whole catalog in memory. */
export interface CatalogData {
  /** Without `images`: that is the keys of the map. */
  readonly index: Omit<CatalogIndex, "images">;
  /** `docker.io/library/node` -> what is known of it. */
  readonly images: ReadonlyMap<string, CatalogImage>;
}

/** @throws Error when a file is missing or broken */
export function readCatalog(folder: string): CatalogData {
  const { images, ...index } = readJson(join(folder, "index.json")) as CatalogIndex;
  return {
    index,
    images: new Map(
      images.map((name) => {
        const { tags = [], product = null, cycles = {}, extendedSupport = null } = readJson(
          imageFile(folder, name),
        ) as Partial<CatalogImage>;
        return [name, { tags, product, cycles, extendedSupport }];
      }),
    ),
  };
}

/** Replaces index.json and images/ in `folder`; everything else there stays. */
export function writeCatalog(folder: string, { index, images }: CatalogData): void {
  rmSync(join(folder, "images"), { recursive: true, force: true });
  const names = [...images.keys()].sort();
  write(join(folder, "index.json"), formatIndex({ ...index, images: names }));
  for (const name of names) {
    const image = images.get(name);
    if (image) write(imageFile(folder, name), formatImage(image));
  }
}

export function formatIndex(index: CatalogIndex): string {
  return object([
    ["sources", record(Object.entries(index.sources))],
    ["official", list([...index.official].sort())],
    ["retired", record(Object.entries(index.retired).sort(([a], [b]) => (a < b ? -1 : 1)))],
    ["publishers", list(index.publishers)],
    ["notLookalikes", list([...index.notLookalikes].sort())],
    ["images", list(index.images)],
  ]);
}

/** Newest cycle first; JSON.parse puts `22` before `3.1` again, so nobody may rely on their order. */
export function formatImage({ product, extendedSupport, cycles, tags }: CatalogImage): string {
  const newestFirst = Object.entries(cycles).sort(([a], [b]) => compareVersions(b, a));
  return object([
    ...(product === null ? [] : [["product", JSON.stringify(product)] as const]),
    ...(extendedSupport === null ? [] : [["extendedSupport", JSON.stringify(extendedSupport)] as const]),
    ...(newestFirst.length === 0 ? [] : [["cycles", record(newestFirst)] as const]),
    ...(tags.length === 0 ? [] : [["tags", list(tags)] as const]),
  ]);
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split("."), b.split(".")];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = Number(left[index] ?? -1) - Number(right[index] ?? -1);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return a < b ? -1 : 1;
}

function object(entries: readonly (readonly [key: string, json: string])[]): string {
  return `{\n${entries.map(([key, json]) => `  ${JSON.stringify(key)}: ${json}`).join(",\n")}\n}\n`;
}

function record(entries: readonly (readonly [key: string, value: unknown])[]): string {
  if (entries.length === 0) return "{}";
  return `{\n${entries.map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(",\n")}\n  }`;
}

function list(values: readonly unknown[]): string {
  if (values.length === 0) return "[]";
  return `[\n${values.map((value) => `    ${JSON.stringify(value)}`).join(",\n")}\n  ]`;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
