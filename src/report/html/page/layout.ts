/** Where everything in the picture stands, in pixels: dagre orders both sides so that few lines cross. */
import { Graph as DagreGraph, layout } from "@dagrejs/dagre";
import type { Graph, Line } from "./graph.js";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedLine {
  readonly line: Line;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly width: number;
}

export interface Layout {
  readonly height: number;
  readonly images: ReadonlyMap<string, Box>;
  readonly places: ReadonlyMap<string, Box>;
  readonly lines: readonly PlacedLine[];
}

/** How heavy a line is: the tighter the pin, the heavier. */
export const WEIGHTS = { none: 1.75, tag: 1.75, major: 3, minor: 4.5, patch: 6.5, digest: 9 } as const;
const NO_IMAGE = 1.5;
const LINE_GAP = 2;
const NODE_GAP = 12;

export function weightOf({ pinning }: Pick<Line, "pinning">): number {
  return pinning === null ? NO_IMAGE : WEIGHTS[pinning];
}

/** @param em height of a line of text, in pixels */
export function layoutOf(graph: Graph, width: number, em: number): Layout {
  const gap = Math.max(36, Math.min(220, width * 0.2));
  const column = (width - gap) / 2;
  const head = Math.round(em * 2);
  const row = Math.round(em * 1.5);
  const byImage = Map.groupBy(graph.lines, (line) => line.image);
  const byPlace = Map.groupBy(graph.lines, (line) => line.place);
  const drawing = new DagreGraph({ multigraph: true });
  drawing.setGraph({ rankdir: "LR", nodesep: NODE_GAP, ranksep: gap });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const { key } of graph.images) {
    const height = Math.max(head + row, thickness(byImage.get(key) ?? []) + 10);
    drawing.setNode(`i${key}`, { width: column, height });
  }
  for (const { key, rows } of graph.places) {
    const height = rows.length > 0 ? head + rows.length * row + 8 : Math.max(head, thickness(byPlace.get(key) ?? []) + 10);
    drawing.setNode(`p${key}`, { width: column, height });
  }
  for (const { image, place, pinning, row: at } of graph.lines) {
    drawing.setEdge(`i${image}`, `p${place}`, {}, `${String(pinning)} ${String(at)}`);
  }
  layout(drawing);
  const boxes = (prefix: string, keys: readonly { key: string }[], x: number): Map<string, Box> => {
    return new Map(
      keys.map(({ key }) => {
        const { y, height } = drawing.node(prefix + key) as { y: number; height: number };
        return [key, { x, y: y - height / 2, width: column, height }];
      }),
    );
  };
  const images = boxes("i", graph.images, 0);
  const places = boxes("p", graph.places, column + gap);
  const all = [...images.values(), ...places.values()];
  const height = all.reduce((most, box) => Math.max(most, box.y + box.height), 0);
  return { height: Math.ceil(height) + 2, images, places, lines: placedLines() };

  /** Lines leave and arrive in the order of where they go, so that none crosses at its end. */
  function placedLines(): PlacedLine[] {
    const middle = (box: Box | undefined): number => (box ? box.y + box.height / 2 : 0);
    const target = ({ place, row: at }: Line): number => {
      const box = places.get(place);
      return box && at !== null ? box.y + head + (at + 0.5) * row : middle(box);
    };
    const starts = new Map<Line, number>();
    for (const [key, lines] of byImage) {
      const sorted = [...lines].sort((a, b) => target(a) - target(b));
      spread(sorted, middle(images.get(key)), starts);
    }
    const ends = new Map<Line, number>();
    for (const lines of Map.groupBy(graph.lines, ({ place, row: at }) => `${String(at)} ${place}`).values()) {
      const sorted = [...lines].sort((a, b) => middle(images.get(a.image)) - middle(images.get(b.image)));
      const [first] = sorted;
      if (first) spread(sorted, target(first), ends);
    }
    return graph.lines.map((line) => ({
      line,
      from: [column, starts.get(line) ?? 0],
      to: [column + gap, ends.get(line) ?? 0],
      width: weightOf(line),
    }));
  }
}

/** Side by side around `middle`. */
function spread(lines: readonly Line[], middle: number, into: Map<Line, number>): void {
  let at = middle - thickness(lines) / 2;
  for (const line of lines) {
    into.set(line, at + weightOf(line) / 2);
    at += weightOf(line) + LINE_GAP;
  }
}

function thickness(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + weightOf(line) + LINE_GAP, -LINE_GAP);
}
