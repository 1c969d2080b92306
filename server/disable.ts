/** Comments that silence a finding, as edits of the text. */
import type { Range } from "../src/editor.js";
import type { Fix, LintMessage, LintSource } from "../src/index.js";

type Scope = "next-line" | "stage" | "file";

/** Where a comment can be put for one finding: what it covers, and the edit. */
export interface Disabling {
  readonly scope: Scope;
  readonly fix: Fix;
}

/** Stands for the reason, which only its author knows. */
const REASON = "-- reason";

/** The comments that would silence a finding, the narrowest first. A comment that covers it already is extended. */
export function disablings(message: LintMessage, source: LintSource): Disabling[] {
  const at = source.getIndexFromLoc(message);
  const scopes: readonly (readonly [Scope, Fix | null])[] = [
    ["next-line", forInstruction(message.ruleId, at, source)],
    ["stage", forStage(message.ruleId, at, source)],
    ["file", forFile(message.ruleId, at, source)],
  ];
  return scopes.flatMap(([scope, fix]) => (fix ? [{ scope, fix }] : []));
}

/** Above the instruction, indented as it is. */
function forInstruction(rule: string, at: number, source: LintSource): Fix | null {
  const instruction = source.ast.instructions.find(({ range }) => range[0] <= at && at < range[1]);
  if (!instruction) return null;
  const start = lineStart(source.text, instruction.range[0]);
  const indent = source.text.slice(start, instruction.range[0]);
  return (
    extended("next-line", rule, at, source) ?? insertion(start, `${indent}${comment("next-line", rule)}`, source.text)
  );
}

/** Behind the FROM; null in a file of one stage, where it would be the same as for the file. */
function forStage(rule: string, at: number, source: LintSource): Fix | null {
  const { stages } = source.facts;
  const stage = stages.findLast(({ from }) => from.range[0] <= at);
  if (!stage || stages.length === 1) return null;
  const end = lineEnd(source.text, stage.from.range[1]);
  return extended("stage", rule, at, source) ?? insertion(end, comment("stage", rule), source.text);
}

/** At the top, behind the parser directives, which would be none below a comment. */
function forFile(rule: string, at: number, source: LintSource): Fix | null {
  const { text, ast } = source;
  const top = text.startsWith("#!") ? lineEnd(text, 0) : 0;
  const end = ast.directives.reduce((last, { range }) => Math.max(last, lineEnd(text, range[1])), top);
  // A directive in another form, such as `// syntax=`, may stand anywhere: then nothing is safe to put above it.
  const isOnTop = ast.instructions.every(({ range }) => range[0] >= end);
  if (!isOnTop) return null;
  return extended("file", rule, at, source) ?? insertion(end, comment("file", rule), text);
}

function comment(scope: Scope, rule: string): string {
  return `# fromlint-disable-${scope} ${rule} ${REASON}`;
}

/** The name put behind those of a comment that covers the place and holds; null where there is none. */
function extended(scope: Scope, rule: string, at: number, source: LintSource): Fix | null {
  const covering = source.facts.waivers[scope].filter(({ tool, covers, expired, problem, rules }) => {
    return tool === "fromlint" && !expired && problem === null && rules.length > 0 && covers[0] <= at && at < covers[1];
  });
  const last = covering.at(-1)?.rules.at(-1);
  return last ? { range: [last.range[1], last.range[1]], text: `, ${rule}` } : null;
}

/** A line of its own at `at`, which is the start of a line or the end of the text. */
function insertion(at: number, line: string, text: string): Fix {
  const end = lineEndOf(text);
  const range: [number, number] = [at, at];
  const isNewLine = at === 0 || text[at - 1] === "\n";
  return { range, text: isNewLine ? `${line}${end}` : `${end}${line}` };
}

/** The line end that the text uses. */
function lineEndOf(text: string): string {
  const first = text.indexOf("\n");
  return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** Behind the line end at or after `offset`. */
function lineEnd(text: string, offset: Range[1]): number {
  // A range may hold its own line end.
  if (offset > 0 && text[offset - 1] === "\n") return offset;
  const next = text.indexOf("\n", offset);
  return next === -1 ? text.length : next + 1;
}
