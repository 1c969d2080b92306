/** JSON from outside: anything may be in it. */

/** The object that the bytes hold; null where they hold no JSON, or another value. A byte order mark is let pass. */
export function parseObject(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

export function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** The own property of that name: what a file calls `constructor` is no function. */
export function own(object: Record<string, unknown> | null, name: string): unknown {
  return object !== null && Object.hasOwn(object, name) ? object[name] : undefined;
}
