/** The folder for what can be made again: the user's own, as what lies there is believed. */
import { chmodSync, existsSync, lstatSync, mkdirSync, opendirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readFileBounded } from "./read-bounded.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** fromlint's folder for what can be made again; null where the environment names none. */
export function cacheFolder(
  { XDG_CACHE_HOME, LOCALAPPDATA }: Environment,
  home: string,
  system: NodeJS.Platform = process.platform,
): string | null {
  if (XDG_CACHE_HOME?.startsWith("/") === true) return join(XDG_CACHE_HOME, "fromlint");
  if (system === "win32") return LOCALAPPDATA ? join(LOCALAPPDATA, "fromlint", "Cache") : null;
  if (home === "") return null;
  return system === "darwin" ? join(home, "Library", "Caches", "fromlint") : join(home, ".cache", "fromlint");
}

/** A folder that belongs to someone else, or that others may write to, could hold what they made up. */
export function isOwnFolder(folder: string): boolean {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  return stat !== undefined && stat.isDirectory() && isOwn(stat);
}

/** Makes the folder where it is not there, and its own; false where it is not this user's alone. Never throws. */
export function makeOwnFolder(folder: string): boolean {
  try {
    makeFolders(folder);
    if (!isOwnFolder(folder)) return false;
    if (hasUsers && (lstatSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
    return true;
  } catch {
    return false;
  }
}

/** The bytes of a file that this user wrote; null for any other, and for one of more than `mostBytes`. */
export function readOwn(file: string, mostBytes: number): Buffer | null {
  const bytes = readFileBounded(file, mostBytes, { isOwn: true, accepts: isOwn });
  return typeof bytes === "string" ? null : bytes;
}

/** Writes a file whole or not at all: another run may read it at any time. False where that fails. */
export function writeOwn(file: string, data: string | Uint8Array): boolean {
  // Not node:crypto's: loading that would be felt, and a name that is taken only means that nothing is written.
  const draft = `${file}.${Math.random().toString(16).slice(2)}`;
  try {
    writeFileSync(draft, data, { mode: 0o600, flag: "wx" });
    renameSync(draft, file);
    return true;
  } catch {
    rmSync(draft, { force: true });
    return false;
  }
}

/** Removes files of the folder whose name is `named` and that were written before `time`. Never throws. */
export function removeOld(folder: string, named: RegExp, time: number): void {
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    if (named.test(name) && (lstatSync(file, { throwIfNoEntry: false })?.mtimeMs ?? time) < time) {
      rmSync(file, { force: true });
    }
  }
}

/** More files than this are not looked through. */
const MOST_FILES = 20_000;

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

/** Not by `recursive`: Node does not come back where a file system makes no folders, such as /proc. */
function makeFolders(folder: string): void {
  const missing: string[] = [];
  for (let path = folder; !existsSync(path) && path !== dirname(path); path = dirname(path)) missing.unshift(path);
  for (const path of missing) mkdirSync(path, { mode: 0o700 });
}

const user = process.geteuid?.();
/** Windows has no such numbers; a user's folders are closed to others there. */
const hasUsers = user !== undefined;

function isOwn({ uid, mode }: { uid: number; mode: number }): boolean {
  return !hasUsers || (uid === user && (mode & 0o022) === 0);
}
