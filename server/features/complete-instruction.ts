/** Completion of instruction keywords, their flags, and the names behind ARG. */
import {
  argumentCandidates,
  flagsOf,
  innermost,
  instructionAt,
  KEYWORDS,
  usageOf,
  type Instruction,
  type Range,
} from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";
import { variableItem } from "./complete-variable.js";
import { NOTHING, type Completion, type Completions } from "./completion-item.js";
import { holds, lineStart } from "./ranges.js";

/** At the start of a line, and behind ONBUILD. */
export function keywordCompletions(source: LintSource, offset: number): Completions {
  const outer = instructionAt(source, offset);
  if (!outer) return isLineStart(source, offset) ? keywords([offset, offset], KEYWORDS) : NOTHING;
  const instruction = innermost(outer, offset);
  if (instruction.type === "Onbuild" && !instruction.instruction && offset > instruction.keyword.range[1]) {
    return keywords([offset, offset], TRIGGERS);
  }
  if (
    instruction.type === "From" &&
    instruction.words.length === 1 &&
    offset > (instruction.image?.range[1] ?? offset)
  ) {
    return { items: [keyword("AS", [offset, offset], "FROM image AS name")], isIncomplete: false };
  }
  if (!holds(instruction.keyword.range, offset) || instruction.keyword.text.includes("\n")) return NOTHING;
  return keywords(instruction.keyword.range, instruction.trigger ? TRIGGERS : KEYWORDS);
}

/** What BuildKit refuses behind ONBUILD. */
const TRIGGERS = KEYWORDS.filter((name) => !["FROM", "MAINTAINER", "ONBUILD"].includes(name));

/** Only white space before it: on a line of its own, or after nothing but that. */
function isLineStart({ text }: LintSource, offset: number): boolean {
  return /^\s*$/.test(text.slice(lineStart(text, offset), offset));
}

function keywords(range: Range, names: readonly string[]): Completions {
  return { items: names.map((name) => keyword(name, range, usageOf(name))), isIncomplete: false };
}

function keyword(name: string, range: Range, detail: string): Completion {
  return { label: name, kind: "keyword", range, text: `${name} `, detail, filter: null, deprecated: false };
}

/** Behind `--`, before the arguments. */
export function flagCompletions(source: LintSource, offset: number): Completions {
  const outer = instructionAt(source, offset);
  if (!outer) return NOTHING;
  const instruction = innermost(outer, offset);
  const typed = /(?:^|\s)(--?[a-z-]*)$/.exec(source.text.slice(instruction.keyword.range[1], offset))?.[1];
  if (typed === undefined || isBehindArguments(instruction, offset - typed.length)) return NOTHING;
  const rest = /^[a-z-]*=?/.exec(source.text.slice(offset))?.[0].length ?? 0;
  const range: Range = [offset - typed.length, offset + rest];
  const items = flagsOf(instruction.type).map(({ name, hasValue }): Completion => {
    const text = `--${name}${hasValue ? "=" : ""}`;
    return {
      label: `--${name}`,
      kind: "flag",
      range,
      text,
      detail: instruction.keyword.text,
      filter: null,
      deprecated: false,
    };
  });
  return { items, isIncomplete: false };
}

function isBehindArguments({ args }: Instruction, start: number): boolean {
  return args !== null && args.range[0] < start;
}

/** `ARG` in a stage: the global ARGs and the platform arguments that it can bring in. */
export function argumentCompletions(source: LintSource, offset: number): Completions {
  const instruction = instructionAt(source, offset);
  if (instruction?.type !== "Arg" || offset <= instruction.keyword.range[1]) return NOTHING;
  const pair = instruction.pairs.find(({ range }) => holds(range, offset));
  if (pair && (pair.value || !holds(pair.name.range, offset))) return NOTHING;
  const range: Range = pair ? pair.name.range : [offset, offset];
  return {
    items: argumentCandidates(instruction, source).map((each) => variableItem(each, range, "")),
    isIncomplete: false,
  };
}
