/** Answers that many files ask for again, such as what the catalog says of the image that they all stand on. */

/** More than the images of a large repository; then all of them are forgotten. */
const MOST_KEPT = 5000;

/** Keeps what `compute` gives for a key, by the object that it rests on: it has to rest on nothing else. */
export function keptBy<Value>(): (owner: object, key: string, compute: () => Value) => Value {
  const owners = new WeakMap<object, Map<string, Value>>();
  return (owner, key, compute) => {
    let kept = owners.get(owner);
    if (!kept || kept.size >= MOST_KEPT) owners.set(owner, (kept = new Map<string, Value>()));
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = compute();
    kept.set(key, value);
    return value;
  };
}
