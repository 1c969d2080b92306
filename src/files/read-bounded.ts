/** Reads a small file that may be anything. */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";

/**
 * The bytes of a file; `missing` where there is none, `unreadable` for what may not be read, is no plain file, is
 * larger than `mostBytes`, or does not pass `accepts`. Links are followed unless `isOwn`.
 */
export function readFileBounded(
  path: string,
  mostBytes: number,
  { isOwn = false, accepts = () => true }: { isOwn?: boolean; accepts?: (stat: Stats) => boolean } = {},
): Buffer | "missing" | "unreadable" {
  let file: number;
  try {
    // Opened without waiting: a FIFO has no end. Windows has neither of the two flags; what is undefined adds none.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | (isOwn ? constants.O_NOFOLLOW : 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR" ? "missing" : "unreadable";
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size > mostBytes || !accepts(stat)) return "unreadable";
    const buffer = Buffer.alloc(stat.size);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
    return buffer.subarray(0, length);
  } catch {
    return "unreadable";
  } finally {
    closeSync(file);
  }
}
