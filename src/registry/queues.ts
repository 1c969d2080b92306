/** Work at a time for each of several names, the rest in the order in which it came. */

/** Runs at most `most` tasks of the same name at once. */
export function queues(most: number): <Value>(name: string, task: () => Promise<Value>) => Promise<Value> {
  const states = new Map<string, { running: number; readonly waiting: (() => void)[] }>();
  return async (name, task) => {
    const state = states.get(name) ?? { running: 0, waiting: [] };
    states.set(name, state);
    // Who is let in by the one that leaves takes over its place.
    if (state.running >= most) await new Promise<void>((enter) => state.waiting.push(enter));
    else state.running += 1;
    try {
      return await task();
    } finally {
      const next = state.waiting.shift();
      if (next) next();
      else state.running -= 1;
    }
  };
}
