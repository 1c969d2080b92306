/** A report on its way into a file, which is written when all of it is there. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { reasonOf } from "../../files/reason.js";
import { RunError } from "../run-error.js";
import type { Sink } from "./sink.js";
import { createSpool } from "./spool.js";
import { writeWhole } from "./write.js";

/** `file` is relative to `cwd`. Throws RunError at once for a folder. */
export function fileSink(file: string, cwd: string, columns: number): Sink {
  const path = resolve(cwd, file);
  if (isFolder(path)) throw new RunError(`The report cannot go to ${file}: this is a folder.`);
  const spool = createSpool();
  const attempt = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      spool.close();
      throw new RunError(`The report cannot be written to ${file} (${reasonOf(error)}).`);
    }
  };
  return {
    isTerminal: false,
    columns,
    write: (text) => attempt(() => spool.add(text)),
    end: () => {
      attempt(() => writeWhole(path, spool.chunks));
      spool.close();
    },
  };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
