/** One file: bytes -> result. */
import type { LintResult } from "../../result.js";
import { decode } from "../../syntax/decode.js";
import type { Input } from "../files/inputs.js";
import type { Linter } from "./linter.js";
import { internalError } from "./results.js";

export interface FileOutcome {
  readonly result: LintResult;
  /** Null when the file could not be read. */
  readonly bytes: Uint8Array | null;
  /** What the bytes say; null when nothing could be made of them. */
  readonly text: string | null;
}

/**
 * Lints a file, and fixes it when asked: the fixed text is then `output` of the result. What is not UTF-8 is
 * never fixed, as writing it back would change more. Never rejects.
 */
export async function lintFile(input: Input, linter: Linter, isFixing: boolean): Promise<FileOutcome> {
  const { filePath } = input;
  const { bytes, problem: unreadable } = input.read();
  if (bytes === null) return { result: linter.unreadable(filePath, unreadable), bytes, text: null };
  try {
    const { text, problem } = decode(bytes);
    const isFixed = isFixing && problem === null;
    const result = await (isFixed ? linter.fix(filePath, text) : linter.lint(filePath, text, problem));
    return { result, bytes, text };
  } catch (error) {
    return { result: internalError(filePath, error), bytes, text: null };
  }
}

/** True for a result that shows a bug of ours: the run then counts as failed. */
export function isCrash({ messages }: LintResult): boolean {
  return messages.some(({ messageId }) => messageId === "crash");
}
