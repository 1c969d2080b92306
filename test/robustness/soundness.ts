/** What must hold of the findings and fixes of any text, said as a list of what does not. */
import { rules } from "../../rules/index.js";
import { openCatalog } from "../../src/catalog.js";
import { fixOf } from "../../src/fix.js";
import { fixText, lintText, type LintOptions } from "../../src/lint.js";
import type { Fix, LintMessage } from "../../src/result.js";
import { parse } from "../../src/syntax/parse.js";
import { keywordOf, referenceLines } from "../syntax/reference.js";
import type { Circumstances } from "./policies.js";

const catalog = openCatalog();
const MOST_PASSES = 10;

export const everyRule: ReadonlySet<string> = new Set(Object.keys(rules));
export const noRule: ReadonlySet<string> = new Set();

export function optionsFor(circumstances: Circumstances): LintOptions {
  return { ...circumstances, filePath: "/project/Dockerfile", rules, catalog };
}

const withoutMark = (text: string): string => text.replace(/^\ufeff/, "");

/** Crashes, and ranges that do not lie in the text. */
export function unsoundFindings(text: string, options: LintOptions): string[] {
  const { result } = lintText(text, options);
  const plain = withoutMark(text);
  return [...result.messages, ...result.suppressedMessages].flatMap((message) => [
    ...(message.messageId === "crash" ? [message.message] : []),
    ...placesOf(message)
      .filter((place) => !isIn(plain, place))
      .map((place) => said(message, place)),
    ...editsOf(message)
      .filter(({ range: [start, end] }) => !(start >= 0 && start <= end && end <= plain.length))
      .map((edit) => said(message, edit)),
    ...(/\{\{\w+\}\}|undefined|\[object|NaN/.test(withoutQuotes(message.message))
      ? [said(message, message.message)]
      : []),
  ]);
}

/** A message without what it quotes of the file. */
function withoutQuotes(message: string): string {
  return message.replace(/`[^]*`/, "");
}

function said(message: LintMessage, what: unknown): string {
  return `${message.ruleId} ${message.messageId}: ${JSON.stringify(what)}`;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function placesOf(message: LintMessage): (readonly [Place, Place])[] {
  const own = [
    { line: message.line, column: message.column },
    { line: message.endLine, column: message.endColumn },
  ] as const;
  return [own, ...(message.related ?? []).map(({ loc }) => [loc.start, loc.end] as const)];
}

function isIn(text: string, [start, end]: readonly [Place, Place]): boolean {
  const lines = text.split("\n");
  const inside = ({ line, column }: Place): boolean => {
    const found = lines[line - 1];
    return found !== undefined && column >= 1 && column <= found.length + 1;
  };
  return (
    inside(start) && inside(end) && (start.line < end.line || (start.line === end.line && start.column <= end.column))
  );
}

function editsOf({ fix, suggestions }: LintMessage): Fix[] {
  return [...(fix ? [fix] : []), ...(suggestions ?? []).map((suggestion) => suggestion.fix)];
}

/** Fixes that do not come to rest, break the file, or change a byte that no finding's edit covers. */
export function unsoundFixes(text: string, options: LintOptions, apply: ReadonlySet<string>): string[] {
  const complaints: string[] = [];
  const output = fixText(text, options, apply).result.output ?? text;
  const again = fixText(output, options, apply).result.output;
  if (again !== undefined) complaints.push(`a second run changes it again: ${JSON.stringify(again)}`);
  if (broken(output) > broken(text)) complaints.push(`parses worse: ${JSON.stringify(output)}`);
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const reachable = [text.slice(mark.length)];
  for (let pass = 0; pass < MOST_PASSES && mark + reachable.at(-1)! !== output; pass++) {
    const current = reachable.at(-1)!;
    const { messages } = lintText(mark + current, options).result;
    reachable.push(
      edited(
        current,
        messages.flatMap((message) => fixOf(message, apply) ?? []),
      ),
    );
  }
  if (mark + reachable.at(-1)! !== output) complaints.push(`other bytes changed: ${JSON.stringify(output)}`);
  return complaints;
}

/** How many instructions are not as they should be. */
function broken(text: string): number {
  const { instructions, problems } = parse(text).ast;
  return new Set(problems.map(({ range }) => instructions.findIndex((instruction) => instruction.range[1] >= range[0])))
    .size;
}

/** The edits of a pass, the earliest first, those that overlap left out: from the back, so that offsets stay right. */
function edited(text: string, fixes: readonly Fix[]): string {
  const taken: Fix[] = [];
  for (const fix of [...fixes].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1])) {
    const last = taken.at(-1)?.range;
    const isSame = last?.[0] === fix.range[0] && last[1] === fix.range[1];
    if (!last || (fix.range[0] >= last[1] && !isSame)) taken.push(fix);
  }
  return taken.reduceRight(
    (done, { range: [start, end], text: put }) => done.slice(0, start) + put + done.slice(end),
    text,
  );
}

/** Which instructions of how many are FROM, as the parser has them and as the plain reading of BuildKit's rules has them. */
export function starts(text: string): { readonly ours: Starts; readonly reference: Starts } {
  const ours = parse(text).ast.instructions.map(({ type }) => type === "From");
  const reference = referenceLines(text).map((line) => keywordOf(line) === "from");
  return { ours: startsOf(ours), reference: startsOf(reference) };
}

interface Starts {
  readonly count: number;
  /** 0-based, among all instructions. */
  readonly from: readonly number[];
}

function startsOf(isFrom: readonly boolean[]): Starts {
  return { count: isFrom.length, from: isFrom.flatMap((is, index) => (is ? [index] : [])) };
}
