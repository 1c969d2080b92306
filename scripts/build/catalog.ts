/** The catalog as it is published: the same facts as in catalog/, without what makes them readable. */
import type { Plugin } from "esbuild";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { packImage, unpackImage } from "../../src/catalog-packed.js";
import { readCatalog } from "../catalog/files.js";

/**
 * File name in dist/ -> text.
 *
 * @throws Error when an image would not be read back as it is
 */
export function packedCatalog(root: string): Map<string, string> {
  const { index, images } = readCatalog(join(root, "catalog"));
  const files = new Map([["catalog/index.json", JSON.stringify({ ...index, images: [...images.keys()] })]]);
  for (const [name, image] of images) {
    const packed = packImage(image);
    if (!isDeepStrictEqual(unpackImage(packed), image)) throw new Error(`${name} cannot be packed`);
    files.set(`catalog/images/${name}.json`, JSON.stringify(packed));
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
