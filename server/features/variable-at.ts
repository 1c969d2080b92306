/** Which variable the cursor stands on. */
import { variablesOf, type Declaration, type Range, type VariableUse } from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";
import { holds } from "./ranges.js";

/** The use under the cursor, and the range of all of it: `$NAME`, or `${NAME` with its closing brace where that follows. */
export function variableAt(
  source: LintSource,
  offset: number,
): { readonly use: VariableUse; readonly range: Range } | null {
  for (const use of variablesOf(source).uses) {
    const range = wholeRange(use, source.text);
    if (holds(range, offset)) return { use, range };
    if (range[0] > offset) return null;
  }
  return null;
}

/** The declaration whose name is under the cursor. */
export function declarationAt(source: LintSource, offset: number): Declaration | null {
  return variablesOf(source).declarations.find(({ pair }) => holds(pair.name.range, offset)) ?? null;
}

function wholeRange({ range: [start, end] }: VariableUse, text: string): Range {
  const inBraces = text.charAt(start - 1) === "{";
  return [start - (inBraces ? 2 : 1), inBraces && text.charAt(end) === "}" ? end + 1 : end];
}
