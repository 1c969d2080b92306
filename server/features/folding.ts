/** What can be folded: stages, heredocs, instructions of several lines, blocks of comments. */
import type { Range } from "../../src/editor.js";
import type { LintSource } from "../../src/index.js";

export interface Fold {
  /** From the first line's start on, offsets, 0-based, end exclusive; over more than one line. */
  readonly range: Range;
  readonly kind: "region" | "comment";
}

export function foldsOf({ ast, facts, text }: LintSource): readonly Fold[] {
  const stages = facts.stages.map(({ from, instructions }): Range => [
    from.range[0],
    (instructions.at(-1) ?? from).range[1],
  ]);
  const instructions = ast.instructions.map(({ range }) => range);
  const heredocs = ast.instructions.flatMap((instruction) => {
    const inner = instruction.type === "Onbuild" && instruction.instruction ? instruction.instruction : instruction;
    // The first one begins with its instruction, which is folded already.
    return inner.heredocs.slice(1).map(({ body }) => body);
  });
  const regions = [...stages, ...instructions, ...heredocs].map((range): Fold => ({ range, kind: "region" }));
  const all = [...regions, ...commentBlocks(ast.comments, text)].filter(({ range }) =>
    text
      .slice(...range)
      .trimEnd()
      .includes("\n"),
  );
  return all.sort((a, b) => a.range[0] - b.range[0] || b.range[1] - a.range[1]);
}

/** Comments of which only white space parts each from the next, on the line below. */
function commentBlocks(comments: readonly { readonly range: Range }[], text: string): readonly Fold[] {
  const blocks: [number, number][] = [];
  for (const { range } of comments) {
    const last = blocks.at(-1);
    if (last && /^[ \t\r]*\n[ \t]*$/.test(text.slice(last[1], range[0]))) last[1] = range[1];
    else blocks.push([range[0], range[1]]);
  }
  return blocks.map((range) => ({ range, kind: "comment" }));
}
