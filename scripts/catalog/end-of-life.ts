/** Reads the folder products/ of endoflife-date/endoflife.date. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Cycle } from "../../src/catalog.js";

export type Cycles = Readonly<Record<string, Cycle>>;

interface FrontMatter {
  readonly identifiers?: readonly Readonly<Record<string, string>>[];
  readonly releases?: readonly Readonly<Record<string, string | undefined>>[];
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DOCKER_LIBRARY = /^pkg:docker\/library\/([a-z0-9._-]+)$/;

/**
 * The release cycles of one product; null when endoflife.date has no such product.
 *
 * @param folder a checkout of endoflife-date/endoflife.date
 * @throws Error when the product's file cannot be understood
 */
export function readCycles(folder: string, product: string): Cycles | null {
  const file = join(folder, "products", `${product}.md`);
  return existsSync(file) ? cyclesOf(readFrontMatter(readFileSync(file, "utf8"), product), product) : null;
}

/** Official image -> product, for the products that name one among their identifiers (`pkg:docker/library/…`). */
export function readProductsOfImages(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(join(folder, "products")).sort()) {
    if (!file.endsWith(".md")) continue;
    const text = readFileSync(join(folder, "products", file), "utf8");
    if (!text.includes("pkg:docker/library/")) continue;
    const product = file.slice(0, -".md".length);
    for (const { purl } of readFrontMatter(text, product).identifiers ?? []) {
      const image = DOCKER_LIBRARY.exec(purl ?? "")?.[1];
      if (image !== undefined && !found.has(image)) found.set(image, product);
    }
  }
  return found;
}

/** Every scalar stays text: `releaseCycle: 3.10` must not become 3.1. */
function readFrontMatter(text: string, product: string): FrontMatter {
  const block = /^---\r?\n([^]*?)\r?\n---\r?$/m.exec(text)?.[1];
  if (block === undefined) throw new Error(`products/${product}.md has no front matter`);
  return (parse(block, { schema: "failsafe" }) ?? {}) as FrontMatter;
}

function cyclesOf({ releases = [] }: FrontMatter, product: string): Cycles {
  const cycles: Record<string, Cycle> = {};
  for (const { releaseCycle, eol, eoes, codename, latest } of releases) {
    if (releaseCycle === undefined || eol === undefined) continue;
    if (eol !== "true" && eol !== "false" && !DATE.test(eol)) {
      throw new Error(`products/${product}.md: the end of life of ${releaseCycle} is "${eol}"`);
    }
    cycles[releaseCycle] = {
      eol: DATE.test(eol) ? eol : eol === "true",
      ...(eoes !== undefined && DATE.test(eoes) ? { extended: eoes } : {}),
      ...(codename ? { codename: codename.toLowerCase() } : {}),
      ...(latest ? { latest } : {}),
    };
  }
  return cycles;
}
