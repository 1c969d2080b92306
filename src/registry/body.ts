/** The body of an answer, bounded as it comes and as it unpacks. */
import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";

/** Up to `mostBytes` of a body; null when the connection ends before the body does. */
export function readBody(
  response: IncomingMessage,
  mostBytes: number,
): Promise<{ readonly bytes: Buffer; readonly isCut: boolean } | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    response.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= mostBytes) return chunks.push(chunk);
      response.pause();
      resolve({ bytes: Buffer.concat(chunks), isCut: true });
    });
    response.once("end", () => resolve({ bytes: Buffer.concat(chunks), isCut: false }));
    response.once("error", () => resolve(null));
    response.once("close", () => resolve(null));
  });
}

const UNPACK = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** The body without its content encoding; null where that is not known, or it unpacks to more than `mostBytes`. */
export async function decodedBody(
  bytes: Buffer,
  encoding: string | undefined,
  mostBytes: number,
): Promise<Buffer | null> {
  const name = (encoding ?? "identity").trim().toLowerCase();
  // An answer to HEAD names the encoding and has no body.
  if (name === "identity" || name === "" || bytes.length === 0) return bytes;
  const unpack = Object.hasOwn(UNPACK, name) ? UNPACK[name as keyof typeof UNPACK] : null;
  try {
    return unpack && (await unpack(bytes, { maxOutputLength: mostBytes }));
  } catch {
    return null;
  }
}
