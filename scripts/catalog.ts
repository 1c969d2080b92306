/**
 * npm run catalog -- [--official-images DIR] [--endoflife DIR] [--catalog DIR] [--date YYYY-MM-DD]
 *
 * Rebuilds catalog/ from checkouts of docker-library/official-images and endoflife-date/endoflife.date. With
 * neither, both are cloned from GitHub. The date of a source is that of its newest commit; --date says it for
 * folders that are no git checkout.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readCycles, readProductsOfImages } from "./catalog/end-of-life.js";
import { readCatalog, writeCatalog } from "./catalog/files.js";
import { readOfficialImages } from "./catalog/official-images.js";
import { differences, refresh } from "./catalog/refresh.js";

const SOURCES = {
  "official-images": "https://github.com/docker-library/official-images",
  endoflife: "https://github.com/endoflife-date/endoflife.date",
} as const;

const { values } = parseArgs({
  options: {
    "official-images": { type: "string" },
    endoflife: { type: "string" },
    catalog: { type: "string", default: resolve(import.meta.dirname, "..", "catalog") },
    date: { type: "string" },
  },
});

let scratch: string | null = null;
try {
  let { "official-images": officialImages, endoflife } = values;
  if (officialImages === undefined && endoflife === undefined) {
    scratch = mkdtempSync(join(tmpdir(), "fromlint-catalog-"));
    officialImages = clone("official-images", scratch);
    endoflife = clone("endoflife", scratch);
  }
  const old = readCatalog(values.catalog);
  const fresh = refresh(
    old,
    officialImages === undefined ? null : { asOf: dateOf(officialImages), groups: readOfficialImages(officialImages) },
    endoflife === undefined ? null : endOfLifeDates(endoflife),
  );
  writeCatalog(values.catalog, fresh);
  for (const line of differences(old, fresh)) console.log(line);
  const { tags, endOfLife } = fresh.index.sources;
  console.log(`${fresh.images.size} repositories, tags of ${tags.asOf}, end-of-life dates of ${endOfLife.asOf}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  if (scratch !== null) rmSync(scratch, { recursive: true, force: true });
}

function endOfLifeDates(folder: string): Parameters<typeof refresh>[2] {
  return {
    asOf: dateOf(folder),
    products: readProductsOfImages(folder),
    cycles: (product) => readCycles(folder, product),
  };
}

function clone(source: keyof typeof SOURCES, into: string): string {
  const folder = join(into, source);
  execFileSync("git", ["clone", "--quiet", "--depth", "1", SOURCES[source], folder], { stdio: "inherit" });
  return folder;
}

/** The day of the newest commit, UTC. */
function dateOf(folder: string): string {
  if (values.date !== undefined) return values.date;
  if (!existsSync(join(folder, ".git"))) return new Date().toISOString().slice(0, 10);
  return execFileSync("git", ["-C", folder, "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%d"], {
    encoding: "utf8",
    env: { ...process.env, TZ: "UTC" },
  }).trim();
}
