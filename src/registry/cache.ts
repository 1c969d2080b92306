/** Answers of registries, kept for a few minutes in the user's own cache folder. It holds no credentials. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { makeOwnFolder, readOwn, removeOld, writeOwn } from "../files/user-cache.js";
import { own, parseObject } from "./json.js";

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
/** Our own files; the others in the folder are left alone. */
const FILE = /^registry-[0-9a-f]{64}\.json(?:\.[0-9a-f-]{1,36})?$/;

/** The cache in `folder`, which is made where it is not there; null where the folder is not this user's alone. */
export function openCache(folder: string): Cache | null {
  if (!makeOwnFolder(folder)) return null;
  const fileOf = (key: string): string =>
    join(folder, `registry-${createHash("sha256").update(key).digest("hex")}.json`);
  return {
    get: (key) => {
      const bytes = readOwn(fileOf(key), MOST_BYTES);
      const entry = bytes && parseObject(bytes);
      const [version, at] = [own(entry, "version"), own(entry, "at")];
      if (version !== VERSION || typeof at !== "number" || own(entry, "key") !== key) return null;
      return { at, value: own(entry, "value") };
    },
    put: (key, at, value) => {
      const text = JSON.stringify({ version: VERSION, key, at, value });
      if (text.length <= MOST_BYTES) writeOwn(fileOf(key), text);
    },
    prune: (time) => removeOld(folder, FILE, time),
  };
}
