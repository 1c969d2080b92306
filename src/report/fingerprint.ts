/**
 * What identifies a finding from run to run. It stays when lines above it come and go, when its file is moved and when
 * it is waived; it changes when its instruction does.
 */
import { createHash } from "node:crypto";
import type { LintMessage, LintResult } from "../result.js";
import type { Range } from "../syntax/nodes.js";
import { parse } from "../syntax/parse.js";
import { createLocator } from "../syntax/positions.js";
import { lowerBound } from "../syntax/search.js";

/**
 * A fingerprint for each message of a file, waived ones as well: 32 hex digits of the SHA-256 of its rule, the text of
 * the instruction that it stands in (continuations and runs of white space as one blank), and how many findings of that
 * rule stand before it in instructions of the same text. Unique within the file.
 */
export function fingerprintsOf(result: LintResult): ReadonlyMap<LintMessage, string> {
  const textAt = instructionTexts(result.source ?? "");
  const seen = new Map<string, number>();
  const fingerprints = new Map<LintMessage, string>();
  const inOrder = [...result.messages, ...result.suppressedMessages].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
  for (const message of inOrder) {
    const content = JSON.stringify([message.ruleId, textAt(message)]);
    const before = seen.get(content) ?? 0;
    seen.set(content, before + 1);
    fingerprints.set(message, digest(`${content}${before}`));
  }
  return fingerprints;
}

/** 32 hex digits. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** The text of the instruction at a place, or of the line where there is none, such as for a comment. */
function instructionTexts(source: string): (place: LintMessage) => string {
  const { instructions } = parse(source, { markIsCut: true }).ast;
  const { offsetAt, lineStarts } = createLocator(source);
  const known = new Map<number, string>();
  return ({ line, column }) => {
    const offset = offsetAt({ line, column });
    const instruction = instructions[lowerBound(instructions, ({ range }) => range[1] > offset)];
    const isInside = instruction !== undefined && instruction.range[0] <= offset;
    const range: Range = isInside ? instruction.range : [lineStarts[line - 1] ?? 0, lineStarts[line] ?? source.length];
    const text = known.get(range[0]) ?? normalized(source.slice(range[0], range[1]));
    known.set(range[0], text);
    return text;
  };
}

function normalized(text: string): string {
  return text
    .replace(/[\\`][ \t]*\r?\n/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
