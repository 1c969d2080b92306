/** Text on its way into a file, kept in little memory whatever its length. */
import { closeSync, mkdtempSync, openSync, readSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Less than this never touches the disk. */
const HELD = 1 << 18;
const CHUNK = 1 << 16;

export interface Spool {
  /** Throws the file system's error. */
  readonly add: (text: string) => void;
  /** Everything that was added, as UTF-8, in pieces. */
  readonly chunks: () => Iterable<Uint8Array>;
  readonly close: () => void;
}

/** What is too much for the memory goes to a temporary file without a name, so that nothing stays when a run is stopped. */
export function createSpool(): Spool {
  let held: string[] = [];
  let length = 0;
  let file: number | null = null;
  const flush = (): void => {
    if (held.length === 0) return;
    file ??= openUnnamed();
    const bytes = Buffer.from(held.join(""));
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    held = [];
    length = 0;
  };
  return {
    add: (text) => {
      held.push(text);
      length += text.length;
      if (length >= HELD) flush();
    },
    chunks: function* () {
      if (file !== null) yield* chunksOf(file);
      yield Buffer.from(held.join(""));
    },
    close: () => {
      if (file !== null) closeSync(file);
      file = null;
      held = [];
    },
  };
}

function* chunksOf(file: number): Iterable<Uint8Array> {
  for (let position = 0; ;) {
    const buffer = Buffer.allocUnsafe(CHUNK);
    const count = readSync(file, buffer, 0, CHUNK, position);
    if (count === 0) return;
    position += count;
    yield buffer.subarray(0, count);
  }
}

/** A file that is gone from its folder while it is open. */
function openUnnamed(): number {
  const folder = mkdtempSync(join(tmpdir(), "fromlint-"));
  const path = join(folder, "report");
  const file = openSync(path, "wx+", 0o600);
  rmSync(path, { force: true });
  rmdirSync(folder);
  return file;
}
