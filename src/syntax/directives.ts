/** Parser directives: `# syntax=`, `# escape=`, `# check=` in the first lines (directives.go). */
import { skipSpace, trimNewlineEnd } from "./characters.js";
import type { Locate } from "./mapped.js";
import { wordOf } from "./mapped.js";
import type { Directive, Range, SyntaxProblemCode } from "./nodes.js";

export type ProblemData = Readonly<Record<string, string>>;

/** Notes a problem at a range of the source; `data` that takes work to find is a function. */
export type ReportProblem = (code: SyntaxProblemCode, range: Range, data?: ProblemData | (() => ProblemData)) => void;

export interface ReadDirectives {
  readonly directives: readonly Directive[];
  /** `\` or `` ` ``. */
  readonly escape: string;
  /** Offset behind the directives' lines, where instructions and comments start. */
  readonly end: number;
}

const NAME = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=/;
const NAMES: ReadonlySet<string> = new Set(["syntax", "escape", "check"]);

/** A line that is a directive: offsets of its value. */
interface Found {
  readonly name: Directive["name"];
  readonly line: Range;
  readonly value: Range;
}

/**
 * Reads the directives from `start`, behind the byte order mark. The first line that is none ends them. A second one of the same
 * name and an `escape` other than `\` or `` ` `` are reported and have no effect.
 */
export function readDirectives(text: string, start: number, locate: Locate, report: ReportProblem): ReadDirectives {
  const directives = new Map<string, Directive>();
  let escape = "\\";
  let end = start;
  for (;;) {
    const next = lineEnd(text, end);
    const found = readDirective(text, skipSpace(text, end, trimNewlineEnd(text, end, next)), next, "#");
    if (found === null || next === end) break;
    end = next;
    if (directives.has(found.name)) {
      report("duplicateDirective", found.line, { name: found.name });
      continue;
    }
    const directive = directiveOf(text, found, locate);
    directives.set(found.name, directive);
    const value = directive.value.text;
    if (found.name !== "escape") continue;
    if (value === "\\" || value === "`") escape = value;
    else report("invalidEscape", directive.value.range, { value });
  }
  const hidden = directives.has("syntax") ? null : findOtherSyntax(text, start);
  const all = [...directives.values()];
  return { directives: hidden === null ? all : [...all, directiveOf(text, hidden, locate)], escape, end };
}

function directiveOf(text: string, { name, line, value }: Found, locate: Locate): Directive {
  const whole = { text, offsetAt: (index: number) => index };
  return { type: "Directive", name, value: wordOf(whole, ...value, locate), range: line, loc: locate(line) };
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  return newline === -1 ? text.length : newline + 1;
}

/** Reads the line [start, next) as a directive behind the comment sign; null when it is none. */
function readDirective(text: string, start: number, next: number, sign: string): Found | null {
  const end = trimNewlineEnd(text, start, next);
  if (!text.startsWith(sign, start) || start + sign.length > end) return null;
  const nameStart = skipSpace(text, start + sign.length, end);
  // Names are short; a slice keeps the expression from running over the whole text.
  const match = NAME.exec(text.slice(nameStart, Math.min(end, nameStart + 1000)));
  const name = match?.[1]?.toLowerCase();
  if (match === null || name === undefined || !NAMES.has(name)) return null;
  const rest = nameStart + match[0].length;
  if (rest >= end) return null;
  let valueStart = rest;
  let valueEnd = end;
  while (valueStart < valueEnd - 1 && isBlank(text.charAt(valueStart))) valueStart++;
  while (valueEnd > valueStart + 1 && isBlank(text.charAt(valueEnd - 1))) valueEnd--;
  return { name: name as Directive["name"], line: [start, valueEnd], value: [valueStart, valueEnd] };
}

/** `\s` of Go's regular expressions. */
function isBlank(char: string): boolean {
  return "\t\n\f\r ".includes(char);
}

/**
 * The `syntax` that BuildKit finds in other forms, and whose image it runs: behind a `#!` line or as
 * `// syntax=` (`DetectSyntax` in directives.go). The JSON form is that of other front ends' files.
 */
function findOtherSyntax(text: string, start: number): Found | null {
  const first = text.startsWith("#!", start) ? lineEnd(text, start) : start;
  return scanFor(text, first, "#") ?? scanFor(text, first, "//");
}

function scanFor(text: string, from: number, sign: string): Found | null {
  const seen = new Set<string>();
  let start = from;
  while (start < text.length) {
    const next = lineEnd(text, start);
    const found = readDirective(text, start, next, sign);
    if (found === null || seen.has(found.name)) return null;
    if (found.name === "syntax") return found;
    seen.add(found.name);
    start = next;
  }
  return null;
}
