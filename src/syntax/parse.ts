/** Text -> nodes and problems. */
import { skipSpace } from "./characters.js";
import { readDirectives, type ReportProblem } from "./directives.js";
import { readInstruction } from "./instructions.js";
import { MAX_LINE_BYTES, scanLines, type CommentLine } from "./lines.js";
import type { Locate } from "./mapped.js";
import type { Comment, Dockerfile, Instruction, Range, SyntaxProblem, SyntaxProblemCode } from "./nodes.js";
import { startsSeenByOthers } from "./other-reader.js";
import { mayBeReadDifferently } from "./plain.js";
import { createLocator } from "./positions.js";
import { validate } from "./validate.js";

/** A problem before its place is known as lines and columns. */
export type ProblemDraft = Omit<SyntaxProblem, "loc">;

export interface ParseOptions {
  /** Problems found before parsing, such as `decode`'s; they come first in the result. */
  readonly problems?: readonly ProblemDraft[];
  /** True where the byte order mark was cut off before. BuildKit discards one: a second one is text. */
  readonly markIsCut?: boolean;
}

export interface ParseResult {
  readonly ast: Dockerfile;
  /** The escape character in force: `\` or `` ` ``. */
  readonly escape: string;
}

/** Over these, dockerfile-ast is not asked: its time grows faster than the text. */
const LIMITS = {
  /** Bytes of UTF-8. */
  size: 1_048_576,
  commentsTimesStages: 1_000_000,
  flags: 1_000,
} as const;

const MAX_DIFFERENCES = 10;

/** Problems of one code that are kept, the first ones: a file that is no Dockerfile has one in every line. */
const MAX_OF_A_KIND = 1_000;

/**
 * Parses a Dockerfile. Never throws; every text gives a Dockerfile, with its problems in the order of the text,
 * at most 1,000 of a kind.
 * Instruction starts are BuildKit's; where dockerfile-ast sees others, a problem `readDifferently` says so.
 */
export function parse(text: string, options: ParseOptions = {}): ParseResult {
  const { locate } = createLocator(text);
  const problems: SyntaxProblem[] = [];
  const counts = new Map<SyntaxProblemCode, number>();
  const report: ReportProblem = (code, range, data = {}) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    if (count > MAX_OF_A_KIND) return;
    problems.push({ code, range, data: typeof data === "function" ? data() : data, loc: locate(range) });
  };
  const start = options.markIsCut !== true && text.startsWith("\uFEFF") ? 1 : 0;
  const { directives, escape, end } = readDirectives(text, start, locate, report);
  const { lines, comments, longLines } = scanLines(text, end, escape);
  for (const { range, length } of longLines) {
    report("lineTooLong", range, { length: String(length), limit: String(MAX_LINE_BYTES) });
  }
  const instructions = lines.map((line) => readInstruction(line, { text, escape, locate, report }));
  validate(instructions, report);
  const isReadable = isWithinLimits(text, instructions, comments.length, longLines.length, report);
  if (isReadable && mayBeReadDifferently(text, instructions)) {
    const theirs = startsOfOthers(text, options.markIsCut === true);
    if (theirs !== null) compareStarts(text, theirs, instructions, report);
  }
  problems.sort((a, b) => a.range[0] - b.range[0]);
  const given = (options.problems ?? []).map((problem) => ({ ...problem, loc: locate(problem.range) }));
  const range: Range = [0, text.length];
  const ast: Dockerfile = {
    type: "Dockerfile",
    range,
    loc: locate(range),
    directives,
    comments: comments.map((comment) => commentOf(text, comment, locate)),
    instructions,
    problems: [...given, ...problems],
  };
  return { ast, escape };
}

function commentOf(text: string, { start, end }: CommentLine, locate: Locate): Comment {
  const textStart = skipSpace(text, start + 1, end);
  const range: Range = [start, end];
  return { type: "Comment", text: text.slice(textStart, end), textStart, range, loc: locate(range) };
}

function isWithinLimits(
  text: string,
  instructions: readonly Instruction[],
  comments: number,
  longLines: number,
  report: ReportProblem,
): boolean {
  const start: Range = [0, Math.min(text.length, 1)];
  // A UTF-16 unit is at most three bytes: only texts that can be too large are measured.
  const size = text.length * 3 > LIMITS.size ? Buffer.byteLength(text) : 0;
  if (size > LIMITS.size) {
    report("tooLarge", start, { size: String(size), limit: String(LIMITS.size) });
    return false;
  }
  const stages = instructions.filter(({ type }) => type === "From").length;
  if (comments * stages > LIMITS.commentsTimesStages) {
    const count = String(comments * stages);
    report("tooComplex", start, { what: "comments times stages", count, limit: String(LIMITS.commentsTimesStages) });
    return false;
  }
  const crowded = instructions.find(({ flags }) => flags.length > LIMITS.flags);
  if (crowded !== undefined) {
    const count = String(crowded.flags.length);
    report("tooComplex", crowded.keyword.range, { what: "flags", count, limit: String(LIMITS.flags) });
    return false;
  }
  return longLines === 0;
}

/** What dockerfile-ast sees in the whole text: it, too, discards one byte order mark, which may be cut off here. */
function startsOfOthers(text: string, markIsCut: boolean): ReadonlyMap<number, string> | null {
  if (!markIsCut || !text.startsWith("\uFEFF")) return startsSeenByOthers(text);
  const theirs = startsSeenByOthers(`\uFEFF${text}`);
  return theirs && new Map([...theirs].map(([start, keyword]) => [start - 1, keyword]));
}

/** Reports where dockerfile-ast, as other tools, sees an instruction that is none, or misses one. */
function compareStarts(
  text: string,
  theirs: ReadonlyMap<number, string>,
  instructions: readonly Instruction[],
  report: ReportProblem,
): void {
  const ours = new Map(instructions.map(({ keyword }) => [keyword.range[0], keyword]));
  const differences: [Range, Record<string, string>][] = [];
  for (const [start, keyword] of theirs) {
    if (ours.has(start)) continue;
    differences.push([[start, Math.min(start + keyword.length, text.length)], { keyword, how: "extra" }]);
  }
  for (const [start, keyword] of ours) {
    if (!theirs.has(start)) differences.push([keyword.range, { keyword: keyword.text, how: "missing" }]);
  }
  differences.sort(([a], [b]) => a[0] - b[0]);
  for (const [range, data] of differences.slice(0, MAX_DIFFERENCES)) report("readDifferently", range, data);
}
