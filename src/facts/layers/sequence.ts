/**
 * A list that keeps its old versions: appending, replacing and removing cost log n and share the rest. It has a
 * digest that depends on the entries left and their order alone, not on how they came there.
 */
import { digest } from "./digest.js";

/** Polynomial hashes modulo primes near 2^26: products stay below 2^53, so they are exact. */
const PRIMES = [67_108_859, 67_108_837, 67_108_819, 67_108_777] as const;
const BASES = [51_234_577, 33_456_781, 60_000_011, 45_678_923] as const;

type Lanes = readonly [number, number, number, number];

const ZERO: Lanes = [0, 0, 0, 0];
const ONE: Lanes = [1, 1, 1, 1];

interface Node<Item> {
  readonly hash: Lanes;
  /** The bases to the power of the number of entries. */
  readonly power: Lanes;
  readonly item: Item | null;
  readonly left: Node<Item> | null;
  readonly right: Node<Item> | null;
}

export interface Sequence<Item> {
  readonly root: Node<Item> | null;
  /** The tree has room for 2^height entries; `length` of them were used, removed ones included. */
  readonly height: number;
  readonly length: number;
}

export const EMPTY: Sequence<never> = { root: null, height: 0, length: 0 };

/** `text` is what the digest sees of the item. */
export function append<Item>(sequence: Sequence<Item>, item: Item, text: string): Sequence<Item> {
  return setAt(sequence, sequence.length, item, text);
}

/** Puts `item` at `index`, or takes away what is there; the others keep their places. Places between may be empty. */
export function setAt<Item>(sequence: Sequence<Item>, index: number, item: Item | null, text = ""): Sequence<Item> {
  let { root, height } = sequence;
  while (index >= 2 ** height) {
    root = join(root, null);
    height++;
  }
  const length = Math.max(sequence.length, index + 1);
  return { root: put(root, height, index, item === null ? null : leaf(item, text)), height, length };
}

export function itemAt<Item>({ root, height, length }: Sequence<Item>, index: number): Item | null {
  if (index < 0 || index >= length) return null;
  let node = root;
  for (let level = height - 1; level >= 0 && node; level--) {
    node = Math.floor(index / 2 ** level) % 2 === 0 ? node.left : node.right;
  }
  return node?.item ?? null;
}

/** The entries that are left, in order. */
export function* items<Item>({ root }: Sequence<Item>): Iterable<Item> {
  const open = root ? [root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.item !== null) yield node.item;
    if (node.right) open.push(node.right);
    if (node.left) open.push(node.left);
  }
}

export function sequenceDigest<Item>({ root }: Sequence<Item>): string {
  return root ? [...root.hash, ...root.power].map((lane) => lane.toString(36)).join(".") : "";
}

function leaf<Item>(item: Item, text: string): Node<Item> {
  const name = digest(text);
  const hash = PRIMES.map((prime, lane) => (parseInt(name.slice(lane * 8, lane * 8 + 8), 16) % (prime - 1)) + 1);
  return { hash: hash as unknown as Lanes, power: BASES, item, left: null, right: null };
}

/** Recursion is as deep as the tree: 2^height entries. */
function put<Item>(
  node: Node<Item> | null,
  height: number,
  index: number,
  value: Node<Item> | null,
): Node<Item> | null {
  if (height === 0) return value;
  const half = 2 ** (height - 1);
  if (index < half) return join(put(node?.left ?? null, height - 1, index, value), node?.right ?? null);
  return join(node?.left ?? null, put(node?.right ?? null, height - 1, index - half, value));
}

function join<Item>(left: Node<Item> | null, right: Node<Item> | null): Node<Item> | null {
  if (!left && !right) return null;
  const [before, after, shift] = [left?.hash ?? ZERO, right?.hash ?? ZERO, right?.power ?? ONE];
  return {
    hash: lanes((lane, prime) => ((before[lane] ?? 0) * (shift[lane] ?? 1) + (after[lane] ?? 0)) % prime),
    power: lanes((lane, prime) => ((left?.power[lane] ?? 1) * (shift[lane] ?? 1)) % prime),
    item: null,
    left,
    right,
  };
}

function lanes(compute: (lane: number, prime: number) => number): Lanes {
  return [compute(0, PRIMES[0]), compute(1, PRIMES[1]), compute(2, PRIMES[2]), compute(3, PRIMES[3])];
}
