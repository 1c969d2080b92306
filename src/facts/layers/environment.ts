/** The environment of a stage as it grows: what ENV and ARG put into every later RUN's cache key (client/llb EnvList). */
import { append, EMPTY, itemAt, items, sequenceDigest, setAt, type Sequence } from "./sequence.js";

export interface EnvironmentEntry {
  readonly name: string;
  /** Null where it rests on a variable of the base image, which this file does not tell. */
  readonly value: string | null;
  /** The value, or for an unknown one all that is known of it. */
  readonly key: string;
  /** The value with "" for what is not known: of `PATH=/x:$PATH` it is `/x:`. */
  readonly known: string;
  readonly source: "env" | "arg";
}

/** Versions share what they have in common, so that every step can keep its own. */
export interface Environment {
  /** Entries in the order of their last assignment: that is the order of BuildKit's key. */
  readonly order: Sequence<EnvironmentEntry>;
  /** Number of a name -> its place in `order`. */
  readonly places: Sequence<number>;
  /** Name -> its number. It only grows, and is shared by all versions. */
  readonly numbers: Map<string, number>;
}

export function emptyEnvironment(): Environment {
  return { order: EMPTY, places: EMPTY, numbers: new Map() };
}

/** A new assignment goes to the end, also of a name that is there. */
export function assign(environment: Environment, entry: EnvironmentEntry): Environment {
  const { numbers } = environment;
  let { order, places } = environment;
  const text = `${entry.name}=${entry.key}`;
  let number = numbers.get(entry.name);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(entry.name, number);
  }
  const old = itemAt(places, number);
  if (old !== null) order = setAt(order, old, null);
  places = setAt(places, number, order.length);
  order = append(order, entry, text);
  return { order, places, numbers };
}

export function entryOf({ order, places, numbers }: Environment, name: string): EnvironmentEntry | null {
  const number = numbers.get(name);
  const place = number === undefined ? null : itemAt(places, number);
  return place === null ? null : itemAt(order, place);
}

export function entriesOf({ order }: Environment): Iterable<EnvironmentEntry> {
  return items(order);
}

/** Two environments with the same variables in the same order have the same one. */
export function environmentKey({ order }: Environment): string {
  return sequenceDigest(order);
}
