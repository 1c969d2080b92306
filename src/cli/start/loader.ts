import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import type { CompiledCode } from "./compiled-code.js";

/** The build begins each file with the hash of its text, and makes it a script that gives the module as a function. */
const KEY = /^\/\*([0-9a-f]{16})\*\//;

/**
 * `require` for the CommonJS files of a folder, by their compiled code where there is some. They name one another
 * `./name.cjs`; anything else is Node's own to find.
 *
 * @param folder absolute
 * @param requireFromHere Node's `require` of a file in that folder
 */
export function loaderOf(
  folder: string,
  compiled: CompiledCode | null,
  requireFromHere: (name: string) => unknown,
): (name: string) => unknown {
  // Each is compiled by Node's own loader then, which a coverage tool or the user's own compile cache hooks into.
  if (!compiled) return requireFromHere;

  const loaded = new Map<string, { exports: unknown }>();
  const load = (name: string): unknown => {
    if (!name.startsWith("./")) return requireFromHere(name);
    const known = loaded.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    const filename = join(folder, name);
    // The build leaves nothing but ASCII in them.
    const text = readFileSync(filename, "latin1");
    const key = KEY.exec(text)?.[1];
    const cachedData = key === undefined ? undefined : compiled.get(key);
    const script = new Script(text, { filename, ...(cachedData ? { cachedData } : {}) });
    if (key !== undefined) compiled.keep(key, script);
    const run = script.runInThisContext() as (...scope: readonly unknown[]) => void;
    run(module.exports, load, module, filename, folder);
    return module.exports;
  };
  return load;
}
