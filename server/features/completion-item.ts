/** What is offered to be written. */
import type { Range } from "../../src/editor.js";

export interface Completion {
  readonly label: string;
  readonly kind: "stage" | "context" | "image" | "tag" | "variable" | "keyword" | "flag";
  /** Offsets, 0-based, end exclusive: what is replaced, on one line, with the cursor in it. */
  readonly range: Range;
  /** What is written there. */
  readonly text: string;
  /** Plain text on one line. */
  readonly detail: string;
  /** What the cursor's word is held against, where that is not the label. */
  readonly filter: string | null;
  /** True for what nobody should write any more: an image or tag past its end of life. */
  readonly deprecated: boolean;
}

/** In the order in which they are to be shown. */
export interface Completions {
  readonly items: readonly Completion[];
  /** True where more would fit, or where another letter can bring others: ask again for it. */
  readonly isIncomplete: boolean;
}

export const NOTHING: Completions = { items: [], isIncomplete: false };

/** As many are given at once. */
export const MOST_ITEMS = 200;
