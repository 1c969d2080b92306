/** Loads what measures text, and only where there is something to measure. */
import { byLength, type Measure } from "./cells.js";

const ONE_COLUMN_EACH = /^[\t\n\r\x20-\x7e]*$/;

/** A measure that is right for every character of `text`. */
export async function measureFor(text: string): Promise<Measure> {
  return ONE_COLUMN_EACH.test(text) ? byLength : (await import("string-width")).default;
}
