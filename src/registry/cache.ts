/** Answers of registries, kept for a few minutes in the user's own cache folder. It holds no credentials. */
import { createHash, randomUUID } from "node:crypto";
import { chmodSync, existsSync, lstatSync, mkdirSync, opendirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { platform, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { own, parseObject } from "./json.js";
import type { Environment } from "./proxy.js";
import { readFileBounded } from "./read-file.js";

export interface Cache {
  /** The value under `key`, and when it was put there; null without one, or for what is no such entry. */
  readonly get: (key: string) => { readonly at: number; readonly value: unknown } | null;
  /** Keeps a value; where that fails it is not kept. */
  readonly put: (key: string, at: number, value: unknown) => void;
  /** Removes entries from before `time`, and drafts that were left behind. */
  readonly prune: (time: number) => void;
}

const VERSION = 1;
const MOST_BYTES = 8 * 1024 * 1024;
/** More files than this are not looked through. */
const MOST_FILES = 20_000;
/** Our own files; the others in the folder are left alone. */
const FILE = /^registry-[0-9a-f]{64}\.json(?:\.[0-9a-f-]{36})?$/;

/** fromlint's folder for what can be fetched again; null where the environment names none. */
export function cacheFolder(env: Environment, home: string, system: NodeJS.Platform = platform()): string | null {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = env;
  if (XDG_CACHE_HOME?.startsWith("/") === true) return join(XDG_CACHE_HOME, "fromlint");
  if (system === "win32") return LOCALAPPDATA ? join(LOCALAPPDATA, "fromlint", "Cache") : null;
  if (home === "") return null;
  return system === "darwin" ? join(home, "Library", "Caches", "fromlint") : join(home, ".cache", "fromlint");
}

/** The cache in `folder`, which is made where it is not there; null where the folder is not this user's alone. */
export function openCache(folder: string): Cache | null {
  if (!makeOwn(folder)) return null;
  const fileOf = (key: string): string =>
    join(folder, `registry-${createHash("sha256").update(key).digest("hex")}.json`);
  return {
    get: (key) => {
      const bytes = readFileBounded(fileOf(key), MOST_BYTES, { isOwn: true, accepts: isOwn });
      const entry = typeof bytes === "string" ? null : parseObject(bytes);
      const [version, at] = [own(entry, "version"), own(entry, "at")];
      if (version !== VERSION || typeof at !== "number" || own(entry, "key") !== key) return null;
      return { at, value: own(entry, "value") };
    },
    put: (key, at, value) => {
      const text = JSON.stringify({ version: VERSION, key, at, value });
      if (text.length > MOST_BYTES) return;
      const file = fileOf(key);
      const draft = `${file}.${randomUUID()}`;
      try {
        // Whole or not at all: another run may read it at any time.
        writeFileSync(draft, text, { mode: 0o600, flag: "wx" });
        renameSync(draft, file);
      } catch {
        rmSync(draft, { force: true });
      }
    },
    prune: (time) => {
      for (const name of namesIn(folder)) {
        const file = join(folder, name);
        if (FILE.test(name) && (lstatSync(file, { throwIfNoEntry: false })?.mtimeMs ?? time) < time) {
          rmSync(file, { force: true });
        }
      }
    },
  };
}

/** A folder that belongs to someone else, or that others may write to, could hold answers that they made up. */
export function makeOwn(folder: string): boolean {
  try {
    makeFolders(folder);
    const stat = lstatSync(folder);
    if (!stat.isDirectory() || !isOwn(stat)) return false;
    if (hasUsers && (stat.mode & 0o077) !== 0) chmodSync(folder, 0o700);
    return true;
  } catch {
    return false;
  }
}

/** Not by `recursive`: Node does not come back where a file system makes no folders, such as /proc. */
function makeFolders(folder: string): void {
  const missing: string[] = [];
  for (let path = folder; !existsSync(path) && path !== dirname(path); path = dirname(path)) missing.unshift(path);
  for (const path of missing) mkdirSync(path, { mode: 0o700 });
}

const hasUsers = platform() !== "win32";

function isOwn({ uid, mode }: { uid: number; mode: number }): boolean {
  return !hasUsers || (uid === userInfo().uid && (mode & 0o022) === 0);
}

function namesIn(folder: string): string[] {
  const names: string[] = [];
  try {
    const open = opendirSync(folder);
    try {
      for (let entry = open.readSync(); entry && names.length < MOST_FILES; entry = open.readSync()) {
        names.push(entry.name);
      }
    } finally {
      open.closeSync();
    }
  } catch {
    // A cache that cannot be listed is not tidied up.
  }
  return names;
}
