/** The second reader: where dockerfile-ast, as other tools do, sees instructions. Its only importer. */
import { Parser } from "dockerfile-ast/lib/parser.js";

/** The methods of its parser that cut a text into instructions, and what they make of each. */
interface Cutting {
  parse: (text: string) => unknown;
  createInstruction: (dockerfile: object, keyword: string, start: number, keywordEnd: number, end: number) => object;
  processComment: (dockerfile: object, start: number) => number;
}

/**
 * Offset -> keyword of the instructions that dockerfile-ast sees; null when it fails, which is no fault of the text.
 * Most of its time goes into the arguments of instructions. Where one ends rests on them for heredocs alone, so all
 * others are left unread.
 */
export function startsSeenByOthers(text: string): ReadonlyMap<number, string> | null {
  const starts = new Map<number, string>();
  const parser = new Parser() as unknown as Cutting;
  const createWhole = parser.createInstruction.bind(parser);
  parser.createInstruction = (dockerfile, keyword, start, keywordEnd, end) => {
    starts.set(start, keyword);
    if (text.slice(start, end).includes("<<")) return createWhole(dockerfile, keyword, start, keywordEnd, end);
    return { getKeyword: () => keyword.toUpperCase(), getArguments: () => [], getTriggerInstruction: () => null };
  };
  parser.processComment = (_dockerfile, start) => {
    let end = start;
    while (end < text.length && text[end] !== "\r" && text[end] !== "\n") end++;
    return end;
  };
  try {
    parser.parse(text);
    return starts;
  } catch {
    return null;
  }
}
