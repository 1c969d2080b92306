/** Where everything in the picture stands, in pixels: dagre orders both sides so that few lines cross. */
import { Graph as DagreGraph, layout } from "@dagrejs/dagre";
import { grouped } from "./filter.js";
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
const WEIGHTS = { none: 1.75, tag: 1.75, major: 3, minor: 4.5, patch: 6.5, digest: 9 } as const;
const NO_IMAGE = 1.5;
const LINE_GAP = 2;
const NODE_GAP = 12;

export function weightOf({ pinning }: Pick<Line, "pinning">): number {
  return pinning === null ? NO_IMAGE : WEIGHTS[pinning];
}

/** Below this, in heights of a line of text, names take two lines and what is said beside them goes below. */
const NARROW = 42;

export function isNarrow(width: number, em: number): boolean {
  return width < NARROW * em;
}

/**
 * @param width in pixels
 * @param em size of the text in pixels; style.css counts in the same
 */
export function layoutOf(graph: Graph, width: number, em: number): Layout {
  const narrow = isNarrow(width, em);
  const gap = Math.max(32, Math.min(220, width * (narrow ? 0.12 : 0.2)));
  const column = (width - gap) / 2;
  const head = Math.round(em * (narrow ? 3.2 : 2.1));
  const row = Math.round(em * 1.5);
  const byImage = grouped(graph.lines, (line) => line.image);
  const byPlace = grouped(graph.lines, (line) => line.place);
  const drawing = new DagreGraph({ multigraph: true });
  drawing.setGraph({ rankdir: "LR", nodesep: NODE_GAP, ranksep: gap });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const { key, eol } of graph.images) {
    const words = narrow ? (eol && eol.state !== "later" ? 5.6 : 4.2) : 3.5;
    const height = Math.max(Math.round(em * words), thickness(byImage.get(key) ?? []) + 10);
    drawing.setNode(`i${key}`, { width: column, height });
  }
  for (const { key, rows } of graph.places) {
    const height =
      rows.length > 0 ? head + rows.length * row + 8 : Math.max(head, thickness(byPlace.get(key) ?? []) + 10);
    drawing.setNode(`p${key}`, { width: column, height });
  }
  for (const { image, place, pinning, row: at } of graph.lines) {
    drawing.setEdge(`i${image}`, `p${place}`, {}, `${String(pinning)} ${String(at)}`);
  }
  layout(drawing);
  const ordered = (prefix: string, keys: readonly { key: string }[]): Item[] => {
    const items = keys.map(({ key }) => {
      const { y, height } = drawing.node(prefix + key) as { y: number; height: number };
      return { key, y, height };
    });
    return items.sort((a, b) => a.y - b.y);
  };
  const left = ordered("i", graph.images);
  const right = ordered("p", graph.places);
  const isLeftTaller = stackedHeight(left) > stackedHeight(right);
  const [tall, short] = isLeftTaller ? [left, right] : [right, left];
  const height = stackedHeight(tall);
  const tallTops = stack(tall);
  const partners = isLeftTaller ? byPlace : byImage;
  const centre = new Map(tall.map(({ key, height: own }) => [key, (tallTops.get(key) ?? 0) + own / 2]));
  const shortTops = beside(short, height, (key) => {
    const lines = partners.get(key) ?? [];
    const ends = lines.map(({ image, place }) => centre.get(isLeftTaller ? image : place) ?? 0);
    return ends.reduce((sum, end) => sum + end, 0) / Math.max(1, ends.length);
  });
  const boxes = (items: readonly Item[], tops: ReadonlyMap<string, number>, x: number): Map<string, Box> =>
    new Map(items.map((item) => [item.key, { x, y: tops.get(item.key) ?? 0, width: column, height: item.height }]));
  const images = boxes(left, isLeftTaller ? tallTops : shortTops, 0);
  const places = boxes(right, isLeftTaller ? shortTops : tallTops, column + gap);
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
    for (const lines of grouped(graph.lines, ({ place, row: at }) => `${String(at)} ${place}`).values()) {
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

interface Item {
  readonly key: string;
  readonly y: number;
  readonly height: number;
}

function stackedHeight(items: readonly Item[]): number {
  return Math.max(
    0,
    items.reduce((sum, { height }) => sum + height + NODE_GAP, -NODE_GAP),
  );
}

/** One below the other without more than the usual gap. Key -> top. */
function stack(items: readonly Item[]): Map<string, number> {
  let at = 0;
  return new Map(
    items.map(({ key, height }) => {
      const top = at;
      at += height + NODE_GAP;
      return [key, top];
    }),
  );
}

/** In their order, each as near to the `wanted` middle as the others and `total` leave room for. Key -> top. */
function beside(items: readonly Item[], total: number, wanted: (key: string) => number): Map<string, number> {
  const tops: number[] = [];
  let free = 0;
  for (const { key, height } of items) {
    const top = Math.max(free, wanted(key) - height / 2);
    tops.push(top);
    free = top + height + NODE_GAP;
  }
  let limit = total;
  for (const [index, { height }] of [...items.entries()].reverse()) {
    tops[index] = Math.max(0, Math.min(tops[index] ?? 0, limit - height));
    limit = (tops[index] ?? 0) - NODE_GAP;
  }
  return new Map(items.map(({ key }, index) => [key, tops[index] ?? 0]));
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
