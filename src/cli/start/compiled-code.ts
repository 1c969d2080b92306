/**
 * V8's compiled code of our files, kept in the user's own cache folder: half of a start is compiling. V8 looks at its
 * own version, its flags, the length of the source and of the code, and at nothing that somebody else could not write,
 * too: the rest is believed, so the folder and the file have to be this user's alone.
 */
import { accessSync, constants, lstatSync } from "node:fs";
import { join } from "node:path";
import type { Script } from "node:vm";
import { cacheFolder, isOwnFolder, makeOwnFolder, readOwn, removeOld, writeOwn } from "../../files/user-cache.js";

export interface CompiledCode {
  /** What an earlier run left for a file, `key` being the hash of its text; undefined for nothing. */
  readonly get: (key: string) => Buffer | undefined;
  /** When the process ends, leaves what V8 has compiled of `script` by then, where that is not there yet. */
  readonly keep: (key: string, script: Script) => void;
}

const MOST_BYTES = 16 * 1024 * 1024;
/** What a computer leaves in a file that it did not get to write before it lost power. V8 would run it, and crash. */
const BLANK = Buffer.alloc(512);
const HOUR = 3_600_000;
const MONTH = 30 * 24 * HOUR;
/** Our own files, and drafts of them; the others in the folder are left alone. */
const FILE = /^compiled-[0-9a-f]{16}-[\w.-]+$/;

/** Null where none is wanted, or where it has no place. Never throws, nor does what it returns. */
export function openCompiledCode(
  env: Readonly<Record<string, string | undefined>>,
  onExit: (act: () => void) => void = (act) => process.once("exit", act),
): CompiledCode | null {
  if (env.FROMLINT_NO_COMPILE_CACHE || env.NODE_DISABLE_COMPILE_CACHE) return null;
  const folder = cacheFolder(env, env.HOME ?? "");
  if (folder === null) return null;

  const fileOf = (key: string): string => join(folder, `compiled-${key}-${process.versions.v8}-${process.arch}`);
  const isOwn = attempt(() => isOwnFolder(folder)) ?? false;
  const used = new Map<string, Script>();
  // After the work, when all has been printed.
  onExit(() => attempt(() => leave(folder, new Map([...used].map(([key, script]) => [fileOf(key), script])))));
  return {
    get: (key) => {
      const bytes = isOwn ? readOwn(fileOf(key), MOST_BYTES) : null;
      return bytes === null || bytes.includes(BLANK) ? undefined : bytes;
    },
    keep: (key, script) => used.set(key, script),
  };
}

/**
 * Within an hour a file is written once. After that it grows by the functions that other runs needed; at once where a run
 * loaded a file that no run before it did, since it then did what those did not.
 */
function leave(folder: string, scripts: ReadonlyMap<string, Script>): void {
  const now = Date.now();
  const isFirst = [...scripts.values()].some((script) => script.cachedDataRejected === undefined);
  const due = [...scripts].filter(([file, script]) => {
    if (isFirst) return true;
    const written = lstatSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return script.cachedDataRejected !== false || written < now - HOUR || written > now + HOUR;
  });
  if (due.length === 0 || !makeOwnFolder(folder)) return;
  // Compiled code takes milliseconds to write down, which is not worth it on a file system that takes none.
  accessSync(folder, constants.W_OK);
  for (const [file, script] of due) writeOwn(file, script.createCachedData());
  removeOld(folder, FILE, now - MONTH);
}

/** Compiled code is never worth a failure. */
function attempt<Value>(act: () => Value): Value | null {
  try {
    return act();
  } catch {
    return null;
  }
}
