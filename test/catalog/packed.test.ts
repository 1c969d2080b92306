/** Images as the published catalog has them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CatalogImage } from "../../src/catalog.js";
import { packImage, unpackImage } from "../../src/catalog-packed.js";

const NOTHING: CatalogImage = { tags: [], product: null, cycles: {}, extendedSupport: null };

describe("a packed image", () => {
  it("writes a tag by what it has in common with another: how far back, how much at the start, at the end", () => {
    const [tags] = packImage({ ...NOTHING, tags: [["22.1-slim", "22.1", "22-slim"], ["24.0-slim"]] });
    // `#` is 0 and `$` is 1; the first stands alone, the third is like the second before it.
    expect(tags).toBe("[##22.1-slim #'# $%(\n#$(4.0");
  });

  it("writes a cycle a line", () => {
    const cycles = { "12": { eol: "2026-06-10", latest: "12.11", codename: "Bookworm" }, "7": { eol: true } };
    expect(packImage({ ...NOTHING, cycles })[1]).toBe("7|true\n12|2026-06-10|12.11||Bookworm");
  });

  it("is read back as it was", () => {
    const word = fc.stringMatching(/^[\w.-]{1,70}$/);
    const version = word.filter((name) => name !== "__proto__");
    const text = fc.option(word, { nil: undefined });
    const cycle = fc
      .record({ eol: fc.oneof(fc.boolean(), word), latest: text, extended: text, codename: text })
      .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));
    const images = fc.record({
      tags: fc.array(fc.array(word, { minLength: 1 })),
      product: fc.option(word),
      cycles: fc.dictionary(version, cycle.filter(({ eol }) => eol !== "true" && eol !== "false")),
      extendedSupport: fc.constantFrom("free", null),
    }) as unknown as fc.Arbitrary<CatalogImage>;
    fc.assert(
      fc.property(images, (image) => {
        const written = JSON.stringify(packImage(image));
        expect(unpackImage(JSON.parse(written) as ReturnType<typeof packImage>)).toEqual(image);
      }),
    );
  });
});
