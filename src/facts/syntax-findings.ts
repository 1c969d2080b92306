/** What the parser found wrong, as it is to be told: which message, with which words, and what to write instead. */
import type { Edit, MessageData } from "../rule.js";
import type { Dockerfile, Location, SyntaxProblem } from "../syntax/nodes.js";
import type { LintSource } from "./facts.js";
import { usageOf } from "./usage.js";

/** Message ids beside the problem's own code, for where more is known. */
type Closer =
  | "notUtf8As"
  | "notUtf8Binary"
  | "unknownInstructionNear"
  | "unknownLines"
  | "invalidPairName"
  | "invalidFlagNear"
  | "readDifferentlyExtra";

export type SyntaxMessageId = SyntaxProblem["code"] | Closer;

export interface SyntaxFinding {
  readonly loc: Location;
  readonly messageId: SyntaxMessageId;
  readonly data: MessageData;
  /** Puts the name there that was meant; null where none is near. */
  readonly edit: Edit | null;
}

/** The problems of a file in their order; a run of lines that are no instructions is one finding. */
export function syntaxFindings({ ast, escape, text }: LintSource): SyntaxFinding[] {
  const runs = unknownRuns(ast);
  return ast.problems.flatMap((problem): SyntaxFinding[] => {
    const more = runs.get(problem) ?? 0;
    if (runs.get(problem) === null) return [];
    const data = { ...problem.data, lines: more + 1, escape, usage: usageOf(problem.data.keyword ?? "") };
    const messageId = more > 0 ? "unknownLines" : messageIdOf(problem);
    return [{ loc: problem.loc, messageId, data, edit: editFor(problem, text) }];
  });
}

function messageIdOf({ code, data }: SyntaxProblem): SyntaxMessageId {
  switch (code) {
    case "notUtf8":
      return data.encoding === "binary" ? "notUtf8Binary" : data.encoding === "unknown" ? code : "notUtf8As";
    case "unknownInstruction":
    case "invalidFlag":
      return data.suggestion ? `${code}Near` : code;
    case "invalidPair":
      return data.text === "=" ? "invalidPairName" : code;
    case "readDifferently":
      return data.how === "extra" ? "readDifferentlyExtra" : code;
    default:
      return code;
  }
}

/** The misspelt name alone: a flag's problem covers its value, too. */
function editFor({ range, data }: SyntaxProblem, text: string): Edit | null {
  const { suggestion } = data;
  const written = data.flag ?? data.keyword;
  if (!suggestion || !written || !text.startsWith(written, range[0])) return null;
  return { range: [range[0], range[0] + written.length], text: data.flag ? `--${suggestion}` : suggestion };
}

/**
 * Unknown instructions without a near name that follow one another directly, as in a template or a text that lost
 * its heredoc. Each first one of a run is mapped to how many come behind it, all others to null.
 */
function unknownRuns({ instructions, problems }: Dockerfile): ReadonlyMap<SyntaxProblem, number | null> {
  const indexOf = new Map(instructions.map(({ keyword }, index) => [keyword.range[0], index]));
  const runs = new Map<SyntaxProblem, number | null>();
  let head: SyntaxProblem | null = null;
  let last = -2;
  for (const problem of problems) {
    if (problem.code !== "unknownInstruction" || problem.data.suggestion) continue;
    const index = indexOf.get(problem.range[0]) ?? -1;
    if (head && index === last + 1) {
      runs.set(head, (runs.get(head) ?? 0) + 1);
      runs.set(problem, null);
    } else {
      head = problem;
      runs.set(problem, 0);
    }
    last = index;
  }
  return runs;
}
