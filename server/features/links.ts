/** Links from images to their pages. */
import { imagePage, type Range } from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";

export interface Link {
  /** Offsets, 0-based, end exclusive. */
  readonly range: Range;
  /** An https address. */
  readonly url: string;
}

/** For every image of the file, `# syntax` included, whose page is known for certain. */
export function linksOf({ facts }: LintSource): readonly Link[] {
  return facts.images.flatMap(({ reference, range }): Link[] => {
    const url = reference && imagePage(reference, facts.inputs);
    return url === null ? [] : [{ range, url }];
  });
}
