/** The source that both hosts walk: our engine and ESLint. Its shape is ESLint's `TextSourceCode`. */
import { once } from "../once.js";
import type { Dockerfile, Location, Node, Position, Range } from "./nodes.js";
import type { ParseResult } from "./parse.js";
import { createLocator } from "./positions.js";

/** One step of a walk: `phase` 1 enters the node, 2 leaves it. */
export interface WalkStep {
  readonly kind: 1;
  readonly type: "visit";
  readonly target: Node;
  readonly phase: 1 | 2;
  readonly args: readonly [Node, Node | null];
}

export interface DockerfileSource {
  /** The text as it was read, byte order mark included. */
  readonly text: string;
  readonly ast: Dockerfile;
  readonly hasBOM: boolean;
  readonly lines: readonly string[];
  /** The escape character in force: `\` or `` ` ``. */
  readonly escape: string;
  getLoc: (node: { readonly loc: Location }) => Location;
  getRange: (node: { readonly range: Range }) => [number, number];
  getText: (node?: { readonly range: Range }, before?: number, after?: number) => string;
  getParent: (node: Node) => Node | null;
  getAncestors: (node: Node) => Node[];
  /** A 0-based offset as a 1-based position; offsets beyond the text are clamped. */
  getLocFromIndex: (index: number) => Position;
  getIndexFromLoc: (position: Position) => number;
  locationOf: (range: Range) => Location;
  traverse: () => Iterable<WalkStep>;
}

/**
 * The source of a parsed text. Lines, line starts, parents and the steps of the walk are made when first asked for.
 * Pass `hasBOM` where the text was read without its byte order mark. A line ends at `\n`; the `\r` of a `\r\n` is not part of `lines` but counts as a column.
 */
export function createSource(
  text: string,
  { ast, escape }: ParseResult,
  hasBOM = text.startsWith("\uFEFF"),
): DockerfileSource {
  const locator = once(() => createLocator(text));
  const lines = once(() => text.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line)));
  const parents = once(() => parentsOf(ast));
  const steps = once(() => stepsOf(ast));
  const locationOf = (range: Range): Location => locator().locate(range);
  const getParent = (node: Node): Node | null => parents().get(node) ?? null;
  return {
    text,
    ast,
    escape,
    hasBOM,
    get lines() {
      return lines();
    },
    getLoc: ({ loc }) => loc,
    getRange: ({ range }) => [range[0], range[1]],
    getText: (node, before = 0, after = 0) =>
      node === undefined ? text : text.slice(Math.max(node.range[0] - before, 0), node.range[1] + after),
    getParent,
    getAncestors: (node) => {
      const ancestors: Node[] = [];
      for (let parent = getParent(node); parent !== null; parent = getParent(parent)) ancestors.unshift(parent);
      return ancestors;
    },
    getLocFromIndex: (index) => locator().positionAt(index),
    getIndexFromLoc: (position) => locator().offsetAt(position),
    locationOf,
    traverse: steps,
  };
}

function childrenOf(node: Node): readonly Node[] {
  if (node.type === "Dockerfile") return node.instructions;
  return node.type === "Onbuild" && node.instruction !== null ? [node.instruction] : [];
}

function stepsOf(ast: Dockerfile): readonly WalkStep[] {
  const steps: WalkStep[] = [];
  const step = (target: Node, parent: Node | null, phase: 1 | 2): void => {
    steps.push({ kind: 1, type: "visit", target, phase, args: [target, parent] });
  };
  // Deep only as ONBUILD is, which the parser bounds.
  const walk = (node: Node, parent: Node | null): void => {
    step(node, parent, 1);
    for (const child of childrenOf(node)) walk(child, node);
    step(node, parent, 2);
  };
  walk(ast, null);
  return steps;
}

function parentsOf(ast: Dockerfile): ReadonlyMap<Node, Node> {
  const parents = new Map<Node, Node>();
  for (const { target, phase, args } of stepsOf(ast)) {
    if (phase === 1 && args[1] !== null) parents.set(target, args[1]);
  }
  return parents;
}
