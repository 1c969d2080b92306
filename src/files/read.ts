/** Bytes of a Dockerfile, or why they cannot be had. */
import { closeSync, constants, lstatSync, openSync, readSync, statSync } from "node:fs";
import { reasonOf } from "./reason.js";

/** What a file holds; `problem` is one clause, such as `permission denied`. */
export type FileBytes =
  { readonly bytes: Uint8Array; readonly problem: null } | { readonly bytes: null; readonly problem: string };

/** Anything larger is no Dockerfile. */
const MOST_MEGABYTES = 64;
const MOST_BYTES = MOST_MEGABYTES * 1024 * 1024;
const TOO_LARGE = `it is larger than ${MOST_MEGABYTES} MB`;

/** Should the file become a pipe between looking and opening, this does not wait for its other end. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

/** Reads a regular file (absolute path), through links. Never throws. */
export function readBytes(path: string): FileBytes {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return failure("it is a folder");
    if (!stats.isFile()) return failure("it is not a regular file");
    if (stats.size > MOST_BYTES) return failure(TOO_LARGE);
    const file = openSync(path, FLAGS);
    try {
      return readAll(file, stats.size);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const isDangling = (error as NodeJS.ErrnoException).code === "ENOENT" && isLink(path);
    return failure(isDangling ? "it is a link that leads nowhere" : reasonOf(error));
  }
}

/** All of a stream, up to the same limit. Never throws. */
export async function readStream(stream: AsyncIterable<Uint8Array>): Promise<FileBytes> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > MOST_BYTES) return failure(TOO_LARGE);
      chunks.push(chunk);
    }
  } catch (error) {
    return failure(reasonOf(error));
  }
  return { bytes: Buffer.concat(chunks), problem: null };
}

function readAll(file: number, size: number): FileBytes {
  // One byte more than it should have shows that it has grown, or lies about its size as files in /proc do.
  let buffer = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(file, buffer, length, buffer.length - length, null);
    if (count === 0) return { bytes: buffer.subarray(0, length), problem: null };
    length += count;
    if (length > MOST_BYTES) return failure(TOO_LARGE);
    if (length === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2 + 1024);
  }
}

function failure(problem: string): FileBytes {
  return { bytes: null, problem };
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
