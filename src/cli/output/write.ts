/** Writes a file whole or not at all. */
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** Why a file cannot be replaced although it may be overwritten: its folder, owner or mount forbids it. */
const NOT_REPLACEABLE = new Set(["EACCES", "EPERM", "EROFS", "EBUSY", "EXDEV", "ETXTBSY", "ENAMETOOLONG"]);

/** Text, which is written as UTF-8, or what gives bytes in pieces, from the start each time. */
export type Content = string | (() => Iterable<Uint8Array>);

/**
 * Writes `content` to `path` (absolute), through a link to the file behind it. What is there is
 * replaced in one step and keeps its mode and owner; where that cannot be done (the folder is not ours, the
 * file has a second name, it is a pipe or a device), it is overwritten in place. Folders of a new file are
 * made. Throws the file system's error; the old file is then still there.
 */
export function writeWhole(path: string, content: Content): void {
  const before = statSync(path, { throwIfNoEntry: false });
  if (!before) {
    mkdirSync(dirname(path), { recursive: true });
    replace(path, content, null);
    return;
  }
  accessSync(path, constants.W_OK);
  if (before.isFile() && before.nlink === 1) {
    try {
      replace(realpathSync(path), content, before);
      return;
    } catch (error) {
      if (!NOT_REPLACEABLE.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
  const file = openSync(path, "w");
  try {
    writeTo(file, content);
  } finally {
    closeSync(file);
  }
}

function writeTo(file: number, content: Content): void {
  if (typeof content === "string") writeFileSync(file, content);
  else for (const bytes of content()) writeFileSync(file, bytes);
}

/**
 * The same, and never in place: whoever reads `path`, also after a crash or a power cut, sees the old text or the new
 * one. Throws the file system's error, also where the file cannot be replaced.
 */
export function replaceWhole(path: string, text: string): void {
  const before = statSync(path, { throwIfNoEntry: false }) ?? null;
  if (!before) mkdirSync(dirname(path), { recursive: true });
  replace(before ? realpathSync(path) : path, text, before, true);
}

function replace(path: string, content: Content, before: Stats | null, isDurable = false): void {
  const draft = join(dirname(path), `.${basename(path).slice(0, 50)}.${process.pid}.fromlint`);
  // What a process of the same number left when it was killed.
  rmSync(draft, { force: true });
  const file = openSync(draft, "wx", before ? before.mode & 0o777 : 0o666);
  try {
    try {
      writeTo(file, content);
      if (before) {
        fchownSync(file, before.uid, before.gid);
        fchmodSync(file, before.mode & 0o7777); // the umask and the change of owner may have taken bits away
      }
      if (isDurable) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
