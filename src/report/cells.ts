/** Text as a terminal shows it: what each character becomes, and how many columns that takes. */
import { safe } from "./safe.js";

/** Columns that a string takes, such as `string-width` counts them. */
export type Measure = (text: string) => number;

export interface Cell {
  readonly text: string;
  readonly width: number;
}

const TAB: Cell = { text: "    ", width: 4 };
const ASCII = /^[\x20-\x7e]*$/;

/** True for text that needs no measuring: then `text.length` is its width. */
function isAscii(text: string): boolean {
  return ASCII.test(text);
}

/** For text that is known to be ASCII, and in place of a measure that is not loaded. */
export const byLength: Measure = (text) => text.length;

/** One cell a code point. A tab is four columns wide; what `safe` changes is as wide as it then is. */
export function cellsOf(text: string, measure: Measure): Cell[] {
  const cells: Cell[] = [];
  for (const character of text) {
    if (character === "\t") cells.push(TAB);
    else if (isAscii(character)) cells.push({ text: character, width: 1 });
    else {
      const shown = safe(character);
      cells.push({ text: shown, width: shown === character ? measure(character) : shown.length });
    }
  }
  return cells;
}

export function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

export function textOf(cells: readonly Cell[]): string {
  return cells.map((cell) => cell.text).join("");
}

/** As many cells from the start as fit into `columns`. */
export function head(cells: readonly Cell[], columns: number): Cell[] {
  const kept: Cell[] = [];
  let width = 0;
  for (const cell of cells) {
    width += cell.width;
    if (width > columns) break;
    kept.push(cell);
  }
  return kept;
}

/** As many cells from the end as fit into `columns`. */
export function tail(cells: readonly Cell[], columns: number): Cell[] {
  return head([...cells].reverse(), columns).reverse();
}
