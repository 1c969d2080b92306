/** What a word with its variables put in comes to. */
import type { Range } from "./nodes.js";

/** A part of an expanded text; the pieces of an expansion, one after the other, are its text. */
export interface Piece<V> {
  readonly text: string;
  /** The source range of what produced it: literal characters, or the whole `$X` or `${X…}`. */
  readonly range: Range;
  /** The variable whose value this is, or was computed from; null for literal text. */
  readonly variable: { readonly name: string; readonly value: V } | null;
  /**
   * A literal piece: its source text is its text, so that it can be edited in place. A variable's piece: it is the
   * variable's whole value. False for an escaped character and for what `${X#p}`, `${X%p}` and `${X/p/r}` compute.
   */
  readonly exact: boolean;
}

export interface Expansion<V> {
  /** Without quotes and escapes; "" when there is an error. */
  readonly text: string;
  readonly pieces: readonly Piece<V>[];
  /** The variables that the text rests on, in order of use, with repetitions. */
  readonly used: readonly { readonly name: string; readonly variable: V }[];
  /** Names without a value that no modifier covers: `$X`, `${X:?}`, but neither `${X:-y}` nor `${X:+y}`. */
  readonly unresolved: readonly string[];
  /** Why BuildKit refuses the word; null when it takes it. */
  readonly error: string | null;
}
