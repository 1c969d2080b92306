/** Bytes of a file as text. */
import type { ProblemDraft } from "./parse.js";

export interface DecodedText {
  /** With its byte order mark, if there was one; what is not UTF-8 reads as U+FFFD. */
  readonly text: string;
  readonly problem: ProblemDraft | null;
}

/**
 * Decodes a file. Dockerfiles are UTF-8: anything else is read as well as it can be, and reported as `notUtf8` at
 * the first place that shows it. NUL bytes are valid UTF-8, but a text that holds them is none.
 */
export function decode(bytes: Uint8Array): DecodedText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodeUtf16(bytes, "utf-16le");
  if (first === 0xfe && second === 0xff) return decodeUtf16(bytes, "utf-16be");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return { text, problem: problemAt(text, firstInvalid(bytes, text), "unknown") };
  }
  const nul = text.indexOf("\0");
  return { text, problem: nul === -1 ? null : problemAt(text, nul, "binary") };
}

/** A problem of `decode`, for a source made of the same text: there, positions count without the byte order mark. */
export function inPlainText(problem: ProblemDraft, text: string): ProblemDraft {
  if (text.charCodeAt(0) !== 0xfeff) return problem;
  const [start, end] = problem.range;
  return { ...problem, range: [Math.max(0, start - 1), Math.max(0, end - 1)] };
}

function decodeUtf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): DecodedText {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  return { text, problem: problemAt(text, 0, "UTF-16") };
}

function problemAt(text: string, offset: number, encoding: string): ProblemDraft {
  const lineEnd = text.indexOf("\n", offset);
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  const start = before.lastIndexOf("\n") + 1;
  const end = Math.min(lineEnd === -1 ? text.length : lineEnd, offset + 1);
  return {
    code: "notUtf8",
    range: [Math.min(encoding === "UTF-16" ? start : offset, end), end],
    data: { line: String(line), encoding },
  };
}

/** The offset of the first U+FFFD that the bytes do not spell out themselves. */
function firstInvalid(bytes: Uint8Array, text: string): number {
  const encoder = new TextEncoder();
  let offset = -1;
  let byte = 0;
  let from = 0;
  for (;;) {
    offset = text.indexOf("\uFFFD", from);
    if (offset === -1) return 0;
    byte += encoder.encode(text.slice(from, offset)).length;
    const isSpelledOut = bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd;
    if (!isSpelledOut) return offset;
    byte += 3;
    from = offset + 1;
  }
}
