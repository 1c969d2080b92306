/** Tags that pin an image more tightly, from the catalog, written as the writer would. */
import type { CatalogImage } from "../catalog.js";
import { isToBeReplaced } from "./approval.js";
import { endOfLife } from "./end-of-life.js";
import type { FactInputs } from "./facts.js";
import type { KnownImageUse } from "./images.js";
import type { Level } from "./pinning.js";
import { repositoryName, type Reference } from "./reference.js";
import { tagAtLevel } from "./tags.js";
import { origin } from "./trust.js";
import { withTag } from "./written.js";

/** The image that `reference` stands for, and what the catalog knows of it: for a mirror that of its origin. */
export function catalogued(
  reference: Reference,
  { policy, catalog }: FactInputs,
): { readonly source: Reference; readonly image: CatalogImage | null } {
  const source = origin(reference, policy.registries.mirrors, catalog);
  return { source, image: catalog.image(repositoryName(source)) };
}

/** True for an image with a release past its end of life: its tags move no more, and nobody should pin to them. */
export function isOver(reference: Reference, inputs: FactInputs): boolean {
  const { source } = catalogued(reference, inputs);
  return endOfLife(source, inputs.catalog, inputs.today).some(({ past }) => past);
}

/**
 * The same image under the loosest alias that pins as tightly as each of `levels`, each image once; without a tag
 * it is `latest`. Empty where the catalog does not know the tag, for an image that a golden one replaces, and for one
 * that is over.
 */
export function pinnedImages(use: KnownImageUse, levels: readonly Level[], inputs: FactInputs): readonly string[] {
  const { source, image } = catalogued(use.reference, inputs);
  if (!image || isOver(use.reference, inputs) || isToBeReplaced(use, inputs)) return [];
  const tags = levels.flatMap((level) => tagAtLevel(source, image, level) ?? []);
  return [...new Set(tags)].map((tag) => withTag(use, tag));
}
