/** The outline of a file: its stages with their instructions, and the ARGs before them. */
import { safe, type Instruction, type Range, type Stage } from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";

export interface OutlineSymbol {
  /** Never empty; plain text on one line. */
  readonly name: string;
  readonly detail: string;
  readonly kind: "stage" | "instruction" | "argument" | "variable";
  /** All of it, offsets, 0-based, end exclusive. */
  readonly range: Range;
  /** What is selected for it; lies in `range`. */
  readonly selection: Range;
  readonly children: readonly OutlineSymbol[];
}

/** Longer texts are cut. */
const LONGEST = 80;

export function symbolsOf({ ast, facts }: LintSource): readonly OutlineSymbol[] {
  const first = facts.stages[0]?.from.range[0] ?? Infinity;
  const before = ast.instructions.filter(({ range }) => range[0] < first);
  return [...before.flatMap(symbolsIn), ...facts.stages.map(stageSymbol)];
}

function stageSymbol({ from, name, index, expansion, instructions }: Stage): OutlineSymbol {
  const range: Range = [from.range[0], instructions.at(-1)?.range[1] ?? from.range[1]];
  return {
    name: shown(name ?? `stage ${String(index)}`),
    detail: shown(expansion?.text ?? from.image?.text ?? ""),
    kind: "stage",
    range,
    selection: from.name?.range ?? from.image?.range ?? from.keyword.range,
    children: instructions.flatMap(symbolsIn),
  };
}

/** One, or for ARG and ENV one a variable. */
function symbolsIn(instruction: Instruction): readonly OutlineSymbol[] {
  const { type, keyword, args, range } = instruction;
  const word = keyword.text.toUpperCase();
  if ((type === "Arg" || type === "Env") && instruction.pairs.length > 0) {
    return instruction.pairs.map((pair): OutlineSymbol => {
      const kind = type === "Arg" ? "argument" : "variable";
      const value = pair.value ? `${word} = ${pair.value.text}` : word;
      return {
        name: shown(pair.name.text),
        detail: shown(value),
        kind,
        range: pair.range,
        selection: pair.name.range,
        children: [],
      };
    });
  }
  const name = args ? `${word} ${args.text.replace(/\s+/g, " ")}` : word;
  return [{ name: shown(name), detail: "", kind: "instruction", range, selection: keyword.range, children: [] }];
}

function shown(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return safe(cut).trim() || "?";
}
