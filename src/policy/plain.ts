/** YAML nodes -> plain data, aliases written out, with where everything stands. */
import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import { quoted } from "./errors.js";
import { MAX_DEPTH } from "./tokens.js";

/** More values than this from aliases are refused ("billion laughs"). */
const MAX_ALIASED = 10_000;

/** Offsets of an entry: its key (for a list, its value) and its value; `source` is a scalar's text as written. */
interface Spot {
  readonly key: number;
  readonly value: number;
  readonly source: string | null;
}

export type Spots = Map<object, Map<string | number, Spot>>;

/** `offset` is 0-based; `earlier` is the other place that the message speaks of. */
interface DataProblem {
  readonly offset: number;
  readonly message: string;
  readonly earlier?: number;
}

interface Plain {
  readonly data: unknown;
  readonly spots: Spots;
  readonly problems: readonly DataProblem[];
}

interface Work {
  readonly spots: Spots;
  readonly problems: DataProblem[];
  /** Anchors seen so far; a later one of the same name takes over. */
  readonly anchors: Map<string, ParsedNode>;
  /** What each alias stood for where it was written. */
  readonly targets: Map<ParsedNode, ParsedNode>;
  /** The alias that is being written out now; null outside of aliases. */
  alias: ParsedNode | null;
  aliased: number;
}

/** Converts a tree whose own depth is at most MAX_DEPTH. Data are void where there are problems. */
export function plainData(root: ParsedNode): Plain {
  const work: Work = {
    spots: new Map(),
    problems: [],
    anchors: new Map(),
    targets: new Map(),
    alias: null,
    aliased: 0,
  };
  const data = convert(root, work, 0);
  return { data, spots: work.spots, problems: work.problems };
}

function convert(node: ParsedNode | null, work: Work, depth: number): unknown {
  if (node === null) return null;
  if (work.alias && ++work.aliased > MAX_ALIASED) {
    if (work.aliased === MAX_ALIASED + 1) {
      problem(work, work.alias.range[0], `the aliases up to here stand for more than ${MAX_ALIASED} values`);
    }
    return null;
  }
  if (isAlias(node)) return convertAlias(node as ParsedNode & { source: string }, work, depth);
  noteAnchor(node, work);
  if (isScalar(node)) return node.value;
  if (depth > MAX_DEPTH) {
    problem(work, node.range[0], `this is nested more than ${MAX_DEPTH} levels deep`);
    return null;
  }
  return isSeq(node) ? convertList(node, work, depth) : convertMap(node, work, depth);
}

interface ListNode {
  readonly items: readonly (ParsedNode | null)[];
  readonly range: readonly [number, number, number];
}

function convertList(node: ListNode, work: Work, depth: number): unknown[] {
  const list: unknown[] = [];
  const spots = new Map<number, Spot>();
  node.items.forEach((item, index) => {
    list.push(convert(item, work, depth + 1));
    const offset = item?.range[0] ?? node.range[0];
    spots.set(index, { key: offset, value: offset, source: sourceOf(item) });
  });
  work.spots.set(list, spots);
  return list;
}

function convertMap(node: ParsedNode, work: Work, depth: number): Record<string, unknown> {
  const map = Object.create(null) as Record<string, unknown>;
  const spots = new Map<string | number, Spot>();
  if (!isMap(node)) return map;
  for (const pair of node.items) {
    const key = pair.key as ParsedNode | null;
    const value = pair.value;
    const name = keyName(key, node.range[0], work);
    const data = convert(value, work, depth + 1);
    if (name === null) continue;
    const offset = key?.range[0] ?? node.range[0];
    const first = spots.get(name);
    if (first !== undefined && work.alias === null) {
      work.problems.push({ offset, message: `the key ${quoted(name)} is here twice`, earlier: first.key });
    }
    const empty = isScalar(value) && value.source === "" && value.value === null;
    map[name] = data;
    spots.set(name, { key: offset, value: value && !empty ? value.range[0] : offset, source: sourceOf(value) });
  }
  work.spots.set(map, spots);
  return map;
}

/** The text of a key as written (`3.10` stays `3.10`); null for what cannot be a key. */
function keyName(key: ParsedNode | null, fallback: number, work: Work): string | null {
  const offset = key?.range[0] ?? fallback;
  if (!isScalar(key)) {
    problem(work, offset, "a key has to be text, not a list, a map or an alias");
    return null;
  }
  noteAnchor(key, work);
  const name = typeof key.value === "string" ? key.value : key.source;
  if (name === "<<" && key.type === "PLAIN") {
    problem(work, offset, "merge keys (`<<`) are not read; write the keys out, or use `extends`");
    return null;
  }
  if (name === "" && key.type === "PLAIN") {
    problem(work, offset, "a name is missing before the `:`");
    return null;
  }
  return name;
}

function convertAlias(node: ParsedNode & { source: string }, work: Work, depth: number): unknown {
  const target = work.targets.get(node) ?? work.anchors.get(node.source);
  if (!target) {
    problem(work, node.range[0], `no anchor named ${quoted(node.source)} stands before this alias`);
    return null;
  }
  work.targets.set(node, target);
  if (target.range[0] <= node.range[0] && node.range[1] <= target.range[1]) {
    problem(work, node.range[0], `the alias ${quoted(`*${node.source}`)} stands inside its own anchor`);
    return null;
  }
  const outer = work.alias;
  work.alias ??= node;
  const data = convert(target, work, depth);
  work.alias = outer;
  return data;
}

function noteAnchor(node: ParsedNode, work: Work): void {
  const { anchor } = node as { anchor?: string };
  if (anchor !== undefined && work.alias === null) work.anchors.set(anchor, node);
}

function sourceOf(node: ParsedNode | null): string | null {
  return isScalar(node) && node.type === "PLAIN" ? node.source : null;
}

function problem(work: Work, offset: number, message: string): void {
  work.problems.push({ offset, message });
}
