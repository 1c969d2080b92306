/** Moves instructions in the text, with the comments that belong to them. */
import type { Edit } from "../../rule.js";
import type { Comment, Instruction, Range } from "../../syntax/nodes.js";
import { lowerBound } from "../../syntax/search.js";
import type { DockerfileSource } from "../../syntax/source.js";

type MoveSource = Pick<DockerfileSource, "text" | "ast" | "escape">;

/** Comments for a tool about the next instruction: they stay with it even over a blank line. */
const ABOUT_NEXT = /^(?:fromlint-disable-next-line|hadolint\s+ignore)\b/;

/**
 * The edit that puts `moved` directly before or behind `target`, both instructions of the file itself. The comments
 * directly above an instruction go with it; blank lines, and comments set apart by one, stay where they are. One
 * range is replaced, from the first line touched to the last. Null when the text does not allow it: an instruction
 * that ends in a dangling continuation, or a heredoc without end.
 */
export function moveStep(
  source: MoveSource,
  moved: Instruction,
  place: "before" | "behind",
  target: Instruction,
): Edit | null {
  const { instructions } = source.ast;
  const from = indexOf(instructions, moved);
  const at = indexOf(instructions, target);
  if (from < 0 || at < 0 || from === at) return null;
  const to = place === "before" ? (from < at ? at - 1 : at) : from < at ? at : at + 1;
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const touched = instructions.slice(first, last + 1);
  if (touched.length < 2 || !touched.every((one) => isWhole(one, source))) return null;
  const blocks = touched.map((instruction, index) => {
    const before = instructions[first + index - 1];
    return blockOf(instruction, before?.range[1] ?? 0, source);
  });
  const order = blocks.map((_, index) => index);
  const [taken] = order.splice(from - first, 1);
  order.splice(to - first, 0, taken ?? 0);
  let text = "";
  blocks.forEach((block, index) => {
    const next = blocks[order[index] ?? index] ?? block;
    text += source.text.slice(...next);
    // What stands between two blocks stays between the two that are there now.
    text += source.text.slice(block[1], blocks[index + 1]?.[0] ?? block[1]);
  });
  return { range: [blocks[0]?.[0] ?? 0, blocks.at(-1)?.[1] ?? 0], text };
}

/** The lines of an instruction of the file and of the comments that belong to it, without the last line end. */
export function blockAt(instruction: Instruction, source: MoveSource): Range {
  const { instructions } = source.ast;
  const index = lowerBound(instructions, ({ range }) => range[0] >= instruction.range[0]);
  return blockOf(instruction, instructions[index - 1]?.range[1] ?? 0, source);
}

/** The same, where it is known where the instruction before ends. */
export function blockOf(instruction: Instruction, previousEnd: number, { text, ast }: MoveSource): Range {
  const line = text.indexOf("\n", instruction.range[1]);
  const end = line < 0 ? text.length : line - (text.charAt(line - 1) === "\r" ? 1 : 0);
  let start = lineStart(text, instruction.range[0]);
  const { comments } = ast;
  for (let index = lowerBound(comments, ({ range }) => range[0] >= start) - 1; index >= 0; index--) {
    const comment = comments[index];
    if (!comment || comment.range[0] < previousEnd || !belongs(comment, start, text)) break;
    start = lineStart(text, comment.range[0]);
  }
  return [start, Math.max(end, instruction.range[1])];
}

function belongs({ range, text: words }: Comment, start: number, text: string): boolean {
  const between = text.slice(range[1], start);
  return between.split("\n").length <= 2 || ABOUT_NEXT.test(words);
}

function isWhole(instruction: Instruction, { text, escape }: MoveSource): boolean {
  if (instruction.heredocs.some(({ terminated }) => !terminated)) return false;
  const [start, end] = instruction.range;
  const onLine = text.slice(end, Math.max(end, text.indexOf("\n", end)));
  if (instruction.heredocs.length > 0) return true;
  return !text.slice(start, end).trimEnd().endsWith(escape) && !onLine.includes(escape);
}

/** Instructions stand in order; the one at `range`, by bisection. */
function indexOf(instructions: readonly Instruction[], wanted: Instruction): number {
  const index = lowerBound(instructions, ({ range }) => range[0] >= wanted.range[0]);
  return instructions[index] === wanted ? index : -1;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** The lines of an instruction and of the comments that belong to it, the last line end included; to be removed. Null as for `linesOf`. */
export function linesWithComments(source: MoveSource, instruction: Instruction): Range | null {
  const lines = linesOf(source, instruction);
  return lines && [blockAt(instruction, source)[0], lines[1]];
}

/** The lines of an instruction without its comments, the last line end included; to be removed. Null when the text does not allow it. */
export function linesOf(source: MoveSource, instruction: Instruction): Range | null {
  if (!isWhole(instruction, source)) return null;
  const { text } = source;
  const end = text.indexOf("\n", instruction.range[1]);
  return [lineStart(text, instruction.range[0]), end < 0 ? text.length : end + 1];
}
