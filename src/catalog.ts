/** Facts about public images, read from catalog/ one image at a time. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogFolder } from "./catalog-folder.js";
import { unpackImage, type PackedImage } from "./catalog-packed.js";
import { once } from "./once.js";

/** A release cycle. Dates are YYYY-MM-DD; `eol` is a flag where there is no date. */
export interface Cycle {
  readonly eol: string | boolean;
  /** Where extended support ends. */
  readonly extended?: string;
  readonly codename?: string;
  readonly latest?: string;
}

export interface CatalogImage {
  /** Groups of tags that point at the same image, each tag in one group; empty where no tags are known. */
  readonly tags: readonly (readonly string[])[];
  /** endoflife.date's name of the product; null where no cycles are known. */
  readonly product: string | null;
  readonly cycles: Readonly<Record<string, Cycle>>;
  /** `free` when extended support reaches everyone (Debian LTS). */
  readonly extendedSupport: "free" | null;
}

export interface Publisher {
  /** A repository prefix: `mcr.microsoft.com/`, `docker.io/grafana/`. */
  readonly prefix: string;
  readonly publisher: string;
  /** `registry`: the publisher runs it; `hub`: a Docker Verified Publisher's namespace. */
  readonly basis: "registry" | "hub";
  /** The prefix that this one is a copy of: `docker.io/library/`; else null. */
  readonly copyOf: string | null;
}

export interface Catalog {
  /** YYYY-MM-DD of each source; findings that rest on them say it. */
  readonly asOf: { readonly tags: string; readonly endOfLife: string; readonly publishers: string };
  /** Names of the Docker Official Images, without `library/`. */
  readonly official: ReadonlySet<string>;
  /** Names that left the official set, with the date. */
  readonly retired: ReadonlyMap<string, string>;
  readonly publishers: readonly Publisher[];
  /** Names near an official one by chance: real words and projects. */
  readonly notLookalikes: ReadonlySet<string>;
  /** The repositories (`docker.io/library/node`) of which more is known than the name. */
  readonly repositories: ReadonlySet<string>;
  /** By `registry/repository` (`docker.io/library/node`); null where nothing is known. */
  readonly image: (name: string) => CatalogImage | null;
}

/** catalog/index.json as it is written. */
export interface CatalogIndex {
  readonly sources: Readonly<
    Record<"tags" | "endOfLife" | "publishers", { readonly asOf: string; readonly from: string }>
  >;
  readonly official: readonly string[];
  readonly retired: Readonly<Record<string, string>>;
  readonly publishers: readonly {
    readonly prefix: string;
    readonly publisher: string;
    readonly basis: "registry" | "hub";
    readonly copyOf?: string;
  }[];
  readonly notLookalikes: readonly string[];
  /** The repositories that have a file under images/. */
  readonly images: readonly string[];
}

/**
 * The catalog in `folder`; by default the one that comes with fromlint. Nothing is read before something is
 * asked for, and each file is read once. An image whose file is missing or broken is one that nothing is known
 * of (null).
 *
 * @throws Error, when first asked, if index.json cannot be read: without it every image would pass as unknown
 */
export function openCatalog(folder: string = catalogFolder): Catalog {
  const index = once(() => readIndex(join(folder, "index.json")));
  const asOf = once(() => {
    const { tags, endOfLife, publishers } = index().sources;
    return { tags: tags.asOf, endOfLife: endOfLife.asOf, publishers: publishers.asOf };
  });
  const official = once(() => new Set(index().official));
  const retired = once(() => new Map(Object.entries(index().retired)));
  const publishers = once(() => index().publishers.map((entry) => ({ ...entry, copyOf: entry.copyOf ?? null })));
  const notLookalikes = once(() => new Set(index().notLookalikes));
  const listed = once(() => new Set(index().images));
  const images = new Map<string, CatalogImage | null>();
  return {
    get asOf() {
      return asOf();
    },
    get official() {
      return official();
    },
    get retired() {
      return retired();
    },
    get publishers() {
      return publishers();
    },
    get notLookalikes() {
      return notLookalikes();
    },
    get repositories() {
      return listed();
    },
    image: (name) => {
      // Only listed names become paths: a reference from a Dockerfile cannot point anywhere else.
      if (!listed().has(name)) return null;
      let image = images.get(name);
      if (image === undefined) images.set(name, (image = readImage(imageFile(folder, name))));
      return image;
    },
  };
}

/** Where the facts of a repository (`docker.io/library/node`) lie. */
export function imageFile(folder: string, name: string): string {
  return join(folder, "images", `${name}.json`);
}

function readIndex(file: string): CatalogIndex {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as CatalogIndex;
  } catch (error) {
    throw new Error(`the catalog of public images cannot be read: ${file}`, { cause: error });
  }
}

function readImage(file: string): CatalogImage | null {
  try {
    const written = JSON.parse(readFileSync(file, "utf8")) as Partial<CatalogImage> | PackedImage;
    if (Array.isArray(written)) return unpackImage(written as PackedImage);
    const { tags, product, cycles, extendedSupport } = written as Partial<CatalogImage>;
    return {
      tags: tags ?? [],
      product: product ?? null,
      cycles: cycles ?? {},
      extendedSupport: extendedSupport ?? null,
    };
  } catch {
    return null;
  }
}
