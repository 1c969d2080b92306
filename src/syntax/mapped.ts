/** Text that was put together from pieces of a source, with a way back to where each character stands. */
import type { Location, Pair, Range, Word } from "./nodes.js";
import { lowerBound } from "./search.js";

/** `offsetAt` maps an index into `text` (0 to text.length) to a source offset. */
export interface Mapped {
  readonly text: string;
  readonly offsetAt: (index: number) => number;
}

export type Locate = (range: Range) => Location;

/** Text made of segments: the characters from starts[k] on stand at targets[k] and behind it. */
export function mapSegments(starts: readonly number[], targets: readonly number[]): (index: number) => number {
  return starts.length > 1 ? bySegments(starts, targets) : shiftedBy(targets[0] ?? 0);
}

function shiftedBy(target: number): (index: number) => number {
  return (index) => target + index;
}

function bySegments(starts: readonly number[], targets: readonly number[]): (index: number) => number {
  return (index) => {
    const segment = lowerBound(starts, (start) => start > index) - 1;
    return (targets[segment] ?? 0) + index - (starts[segment] ?? 0);
  };
}

/** The part [from, to) of a mapped text. Its end maps to just behind its last character. */
export function sliceOf(whole: Mapped, from: number, to: number): Mapped {
  const end = rangeOf(whole, from, to)[1];
  const length = to - from;
  return {
    text: whole.text.slice(from, to),
    offsetAt: (index) => (index >= length ? end : whole.offsetAt(from + index)),
  };
}

/** The source range of the part [from, to). */
export function rangeOf(whole: Mapped, from: number, to: number): Range {
  const start = whole.offsetAt(from);
  return [start, to > from ? whole.offsetAt(to - 1) + 1 : start];
}

/**
 * A part [from, to) of a mapped text. A class, as a file can have millions of these: what is derived is derived when it
 * is asked for, and shared functions take a third of the memory that closures take.
 */
class Part {
  readonly #whole: Mapped;
  readonly #from: number;
  readonly #to: number;
  readonly #locate: Locate;

  constructor(whole: Mapped, from: number, to: number, locate: Locate) {
    this.#whole = whole;
    this.#from = from;
    this.#to = to;
    this.#locate = locate;
  }

  get range(): Range {
    return rangeOf(this.#whole, this.#from, this.#to);
  }

  get loc(): Location {
    return this.#locate(this.range);
  }

  get text(): string {
    return this.#whole.text.slice(this.#from, this.#to);
  }

  get offsetAt(): (index: number) => number {
    return sliceOf(this.#whole, this.#from, this.#to).offsetAt;
  }
}

class WordPart extends Part implements Word {
  readonly type = "Word";
}

class PairPart extends Part implements Pair {
  readonly type = "Pair";
  readonly name: Word;
  readonly value: Word | null;

  constructor(whole: Mapped, from: number, to: number, locate: Locate, name: Word, value: Word | null) {
    super(whole, from, to, locate);
    this.name = name;
    this.value = value;
  }
}

export function wordOf(whole: Mapped, from: number, to: number, locate: Locate): Word {
  return new WordPart(whole, from, to, locate);
}

/** `NAME=value` or `NAME value` at [from, to). */
export function pairOf(
  whole: Mapped,
  [from, to]: readonly [number, number],
  locate: Locate,
  name: Word,
  value: Word | null,
): Pair {
  return new PairPart(whole, from, to, locate, name, value);
}

/** Collects the characters that are kept of a longer text: quotes and escapes left out. */
export interface Kept {
  text: string;
  readonly starts: number[];
  readonly indexes: number[];
}

export function createKept(): Kept {
  return { text: "", starts: [], indexes: [] };
}

/** Appends `text` that stands at `index` of the longer text. */
export function keep(kept: Kept, text: string, index: number): void {
  const last = kept.starts.length - 1;
  const continues = last >= 0 && (kept.indexes[last] ?? 0) + kept.text.length - (kept.starts[last] ?? 0) === index;
  if (!continues) {
    kept.starts.push(kept.text.length);
    kept.indexes.push(index);
  }
  kept.text += text;
}

/** The kept characters as a mapped text; `emptyAt` is the index where an empty one stands. */
export function keptOf(whole: Mapped, kept: Kept, emptyAt: number): Mapped {
  const toIndex = mapSegments(kept.starts, kept.indexes);
  const { length } = kept.text;
  const end = length === 0 ? whole.offsetAt(emptyAt) : whole.offsetAt(toIndex(length - 1)) + 1;
  return {
    text: kept.text,
    offsetAt: (index) => (index >= length ? end : whole.offsetAt(toIndex(index))),
  };
}
