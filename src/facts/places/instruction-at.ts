/** Which instruction an offset stands in, also where one is still being written. */
import type { Instruction } from "../../syntax/nodes.js";
import { lowerBound } from "../../syntax/search.js";
import type { DockerfileSource } from "../../syntax/source.js";

/**
 * The instruction at `offset` (0-based), or the one that would be written on there: behind its end on the same line, or on
 * the line that its last continuation opens. Null between instructions and in the comments there.
 */
export function instructionAt({ ast, text, escape }: DockerfileSource, offset: number): Instruction | null {
  const { instructions } = ast;
  const found = instructions[lowerBound(instructions, ({ range }) => range[0] > offset) - 1];
  if (!found) return null;
  const [start, end] = found.range;
  if (offset <= end) return found;
  const gap = text.slice(end, offset);
  if (!/^[ \t\r]*(?:\n|$)/.test(gap)) return null;
  if (!gap.includes("\n")) return found;
  const isOpen = found.heredocs.length === 0 && text.slice(start, end).endsWith(escape);
  return isOpen && gap.trim() === "" ? found : null;
}

/** The instruction behind ONBUILD where the offset stands in it. */
export function innermost(instruction: Instruction, offset: number): Instruction {
  let found = instruction;
  while (found.type === "Onbuild" && found.instruction && found.instruction.range[0] <= offset)
    found = found.instruction;
  return found;
}
