/** A Dockerfile's text as logical instructions, cut exactly as BuildKit's parser.go cuts it. */
import { skipSpace, trimNewlineEnd, trimSpaceEnd } from "./characters.js";
import { splitCommand } from "./flags.js";
import { findHeredocs, type HeredocWord } from "./heredocs.js";
import { readJsonForm } from "./json.js";
import { mapSegments, type Mapped } from "./mapped.js";
import type { Range } from "./nodes.js";

/** A heredoc with its body. `word` holds indexes into the logical text, `body` and `end` source offsets. */
export interface LineHeredoc {
  readonly word: HeredocWord;
  /** The body's lines with their line ends, without the terminator's line. */
  readonly body: Range;
  readonly terminated: boolean;
  /** Just behind the terminator, without its line end. */
  readonly end: number;
}

/**
 * One instruction as the builder sees it: continued lines joined, comments and empty lines in between dropped.
 * `text` is untrimmed at its end, as BuildKit has it.
 */
export interface LogicalLine extends Mapped {
  /** Offset of the first character. */
  readonly start: number;
  /** Offset behind the last character that is no white space, or behind a dangling continuation; no heredocs. */
  readonly end: number;
  readonly heredocs: readonly LineHeredoc[];
}

/** A comment line: `start` is the offset of its `#`, `end` its end without white space. */
export interface CommentLine {
  readonly start: number;
  readonly end: number;
}

/** A physical line that BuildKit refuses for its length; `length` in bytes of UTF-8. */
export interface LongLine {
  readonly range: Range;
  readonly length: number;
}

export interface ScannedLines {
  readonly lines: readonly LogicalLine[];
  readonly comments: readonly CommentLine[];
  readonly longLines: readonly LongLine[];
}

/** The longest physical line in bytes, its `\n` left out: bufio.MaxScanTokenSize holds it with its `\n`. */
export const MAX_LINE_BYTES = 65_535;

const HEREDOC_KEYWORD = /^(?:add|copy|run)$/i;

/**
 * Cuts a text into logical lines, from offset `from` on (behind the byte order mark and the directives).
 * `escape` is the escape character in force. Linear in the length of the text.
 */
export function scanLines(text: string, from: number, escape: string): ScannedLines {
  const lines: LogicalLine[] = [];
  const comments: CommentLine[] = [];
  const longLines: LongLine[] = [];
  let next = from;

  /** The next physical line without its line end. */
  function readLine(): Range {
    const start = next;
    const newline = text.indexOf("\n", start);
    next = newline === -1 ? text.length : newline + 1;
    const length = (newline === -1 ? text.length : newline) - start;
    // A UTF-16 unit is at most three bytes: only lines that can be too long are measured.
    if (length * 3 > MAX_LINE_BYTES) {
      const bytes = Buffer.byteLength(text.slice(start, start + length));
      if (bytes > MAX_LINE_BYTES) longLines.push({ range: [start, start + length], length: bytes });
    }
    return [start, trimNewlineEnd(text, start, next)];
  }

  function readHeredoc(word: HeredocWord): LineHeredoc {
    const bodyStart = next;
    while (next < text.length) {
      const [start, end] = readLine();
      let from = start;
      while (word.chomp && from < end && text.charAt(from) === "\t") from++;
      if (end - from === word.name.length && text.startsWith(word.name, from)) {
        return { word, body: [bodyStart, start], terminated: true, end };
      }
    }
    return {
      word,
      body: [bodyStart, text.length],
      terminated: false,
      end: trimNewlineEnd(text, bodyStart, text.length),
    };
  }

  /** The instruction whose first line has its content at [start, end). */
  function readInstruction(start: number, end: number): LogicalLine {
    const parts: string[] = [];
    const starts: number[] = [];
    const targets: number[] = [];
    let length = 0;
    let lastEnd = end;

    /** Adds a physical line without its continuation; whether it has one. */
    const add = (lineStart: number, lineEnd: number): boolean => {
      const cut = continuationAt(text, lineStart, lineEnd, escape);
      const contentEnd = cut === -1 ? lineEnd : cut;
      lastEnd = trimSpaceEnd(text, lineStart, lineEnd);
      if (contentEnd > lineStart || parts.length === 0) {
        starts.push(length);
        targets.push(lineStart);
        parts.push(text.slice(lineStart, contentEnd));
        length += contentEnd - lineStart;
      }
      return cut !== -1;
    };

    let continued = add(start, end);
    while (continued && next < text.length) {
      const [lineStart, lineEnd] = readLine();
      const content = skipSpace(text, lineStart, lineEnd);
      if (content === lineEnd) continue;
      if (text.charAt(content) === "#") addComment(content, lineEnd);
      else continued = add(lineStart, lineEnd);
    }
    const joined = parts.join("");
    // An empty first segment (a line with nothing but a continuation) would map index 0 to that line.
    if (starts.length > 1 && starts[1] === 0) {
      starts.shift();
      targets.shift();
    }
    const heredocs = opensHeredocs(joined, escape) ? findHeredocs(joined).map(readHeredoc) : [];
    return { text: joined, offsetAt: mapSegments(starts, targets), start, end: lastEnd, heredocs };
  }

  function addComment(start: number, lineEnd: number): void {
    comments.push({ start, end: trimSpaceEnd(text, start, lineEnd) });
  }

  while (next < text.length) {
    const [lineStart, lineEnd] = readLine();
    const start = skipSpace(text, lineStart, lineEnd);
    if (start === lineEnd) continue;
    if (text.charAt(start) === "#") addComment(start, lineEnd);
    else lines.push(readInstruction(start, lineEnd));
  }
  return { lines, comments, longLines };
}

/**
 * Where the continuation of the line [start, end) stands, -1 when it has none: an escape character that only
 * spaces and tabs follow and that no other escape character precedes (`lineContinuationRegex` in parser.go).
 */
function continuationAt(text: string, start: number, end: number, escape: string): number {
  let last = end - 1;
  while (last >= start && (text.charAt(last) === " " || text.charAt(last) === "\t")) last--;
  if (last < start || text.charAt(last) !== escape) return -1;
  return last > start && text.charAt(last - 1) === escape ? -1 : last;
}

/** Whether heredocs are looked for: in RUN, COPY and ADD, also behind ONBUILD, and not in the JSON form. */
function opensHeredocs(text: string, escape: string): boolean {
  if (!text.includes("<<")) return false;
  let command = splitCommand(text, 0, text.length, escape);
  if (text.slice(...command.keyword).toLowerCase() === "onbuild") {
    command = splitCommand(text, ...command.args, escape);
  }
  return HEREDOC_KEYWORD.test(text.slice(...command.keyword)) && readJsonForm(text, ...command.args) === "notJson";
}
