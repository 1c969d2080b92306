/** The catalog as it is published: the same facts as in catalog/, without what only makes them readable. */
import type { Plugin } from "esbuild";
import { join } from "node:path";
import { packTags } from "../../src/catalog-tags.js";
import { readCatalog } from "../catalog/files.js";

/** File name in dist/ -> text. */
export function packedCatalog(root: string): Map<string, string> {
  const { index, images } = readCatalog(join(root, "catalog"));
  const files = new Map([["catalog/index.json", JSON.stringify({ ...index, images: [...images.keys()] })]]);
  for (const [name, { tags, product, cycles, extendedSupport }] of images) {
    files.set(
      `catalog/images/${name}.json`,
      JSON.stringify({
        ...(product === null ? {} : { product }),
        ...(extendedSupport === null ? {} : { extendedSupport }),
        ...(Object.keys(cycles).length === 0 ? {} : { cycles }),
        ...(tags.length === 0 ? {} : { tags: packTags(tags) }),
      }),
    );
  }
  return files;
}

/** Has a bundle read the catalog beside it, and not the one of the repository. */
export const catalogBeside: Plugin = {
  name: "catalog-beside",
  setup: (build) => {
    build.onLoad({ filter: /[\\/]src[\\/]catalog-folder\.ts$/ }, () => ({
      contents: `import { join } from "node:path"; export const catalogFolder = join(import.meta.dirname, "catalog");`,
      loader: "js",
    }));
  },
};
