/** A plain table that fits a width. */
import { cellsOf, head, tail, textOf, widthOf, type Cell, type Measure } from "./cells.js";
import { inert } from "./safe.js";

export interface Column {
  readonly title: string;
  /** Which part of a cell goes when the table is too wide; null: none, ever. */
  readonly cut: "start" | "middle" | null;
}

export interface Row {
  /** One text a column; made safe here. */
  readonly cells: readonly string[];
  /** Colours a cell that is already padded. */
  readonly paint: (text: string, column: number) => string;
}

const GAP = "  ";
const CUT: Cell = { text: "…", width: 1 };
/** A column is cut down to this and no further. */
const NARROWEST = 16;

/** Lines with their line ends: the titles, then the rows. `width` may be Infinity. */
export function tableOf(columns: readonly Column[], rows: readonly Row[], width: number, measure: Measure): string {
  const titles: Row = { cells: columns.map(({ title }) => title), paint: (text) => text };
  const lines = [titles, ...rows].map((row) => ({ row, cells: row.cells.map((text) => cellsOf(text, measure)) }));
  const widths = columns.map((_, index) =>
    lines.reduce((most, { cells }) => Math.max(most, widthOf(cells[index] ?? [])), 0),
  );
  narrow(widths, columns, width);
  return inert(lines.map(({ row, cells }) => `${lineOf(row, cells, columns, widths)}\n`).join(""));
}

/** Takes from the widest column that may be cut until the table fits, or nothing is left to take. */
function narrow(widths: number[], columns: readonly Column[], width: number): void {
  const gaps = GAP.length * (columns.length - 1);
  let excess = widths.reduce((sum, each) => sum + each, gaps) - width;
  while (excess > 0) {
    let widest = -1;
    for (const [index, { cut }] of columns.entries()) {
      const each = widths[index] ?? 0;
      if (cut !== null && each > NARROWEST && each > (widths[widest] ?? 0)) widest = index;
    }
    if (widest < 0) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess--;
  }
}

function lineOf(row: Row, cells: readonly Cell[][], columns: readonly Column[], widths: readonly number[]): string {
  const texts = cells.map((cell, index) => {
    const width = widths[index] ?? 0;
    const shown = fit(cell, width, columns[index]?.cut ?? null);
    const isLast = index === cells.length - 1;
    return row.paint(textOf(shown) + (isLast ? "" : " ".repeat(width - widthOf(shown))), index);
  });
  return texts.join(GAP).trimEnd();
}

function fit(cells: readonly Cell[], width: number, cut: Column["cut"]): readonly Cell[] {
  if (cut === null || widthOf(cells) <= width) return cells;
  const room = width - CUT.width;
  if (cut === "start") return [CUT, ...tail(cells, room)];
  const front = head(cells, Math.floor(room / 2));
  return [...front, CUT, ...tail(cells, room - widthOf(front))];
}
