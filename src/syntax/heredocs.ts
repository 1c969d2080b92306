/**
 * Which words of a logical line open heredocs. BuildKit runs its shell lexer over the whole line, with nothing
 * set and quotes kept, and takes every word of the form `<<NAME`; a line that the lexer refuses has none
 * (`heredocsFromLine` in parser.go, `shell/lex.go`).
 */
import { isSpace } from "./characters.js";
import { readName } from "./names.js";

/** `from` and `to` are the word's indexes in the logical text. */
export interface HeredocWord {
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
  readonly from: number;
  readonly to: number;
}

interface LexedWord {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

interface LexMode {
  readonly rawQuotes: boolean;
  readonly rawEscapes: boolean;
}

/** Deeper nesting of `${…}` counts as a line that the lexer refuses. */
const MAX_DEPTH = 100;

/** How a heredoc's word begins. The rest is looked at by hand: one expression for all would backtrack. */
const OPENER = /^[0-9]*<<(-?)[\t\n\f\r ]*/;

/** The heredocs that a logical line opens, in order. */
export function findHeredocs(line: string): HeredocWord[] {
  if (!line.includes("<<")) return [];
  const heredocs: HeredocWord[] = [];
  for (const word of lexWords(line, { rawQuotes: true, rawEscapes: true }) ?? []) {
    const heredoc = parseHeredoc(word.text);
    if (heredoc !== null) heredocs.push({ ...heredoc, from: word.from, to: word.to });
  }
  return heredocs;
}

/** A word such as `<<EOF`, `3<<-"EOF"`; null when it opens no heredoc. */
export function parseHeredoc(word: string): { name: string; expand: boolean; chomp: boolean } | null {
  const match = OPENER.exec(word);
  const rest = match === null ? "" : word.slice(match[0].length);
  if (match === null || rest === "" || rest.includes("<")) return null;
  const words = lexWords(rest, { rawQuotes: false, rawEscapes: false });
  const raw = lexWords(rest, { rawQuotes: true, rawEscapes: false });
  const [only] = words ?? [];
  const [onlyRaw] = raw ?? [];
  if (words?.length !== 1 || raw?.length !== 1 || only === undefined || onlyRaw === undefined) return null;
  return { name: only.text, expand: countQuotes(only.text) === countQuotes(onlyRaw.text), chomp: match[1] === "-" };
}

function countQuotes(text: string): number {
  let count = 0;
  for (const char of text) if (char === "'" || char === '"') count++;
  return count;
}

/** Thrown for lines that BuildKit's lexer refuses; never leaves this file. */
const REFUSED = new Error("refused");

/** The words of a text, null when the lexer refuses it. */
function lexWords(text: string, mode: LexMode): LexedWord[] | null {
  try {
    return createLexer(text, mode).words();
  } catch (error) {
    if (error === REFUSED) return null;
    throw error;
  }
}

function createLexer(text: string, { rawQuotes, rawEscapes }: LexMode): { words: () => LexedWord[] } {
  let index = text.startsWith("\uFEFF") ? 1 : 0;
  let escapesKept = rawEscapes;
  // One buffer for all levels: a nested `${X:-…}` empties it, as BuildKit's does.
  let buffer = "";
  let bufferFrom = 0;

  function add(chars: string, from: number): void {
    if (buffer === "") bufferFrom = from;
    buffer += chars;
  }

  function readUntil(stop: string, depth: number): { result: string; words: LexedWord[] } {
    if (depth > MAX_DEPTH) throw REFUSED;
    buffer = "";
    let result = "";
    let inWord = false;
    const words: LexedWord[] = [];
    const flush = (to: number): void => {
      if (buffer !== "") words.push({ text: buffer, from: bufferFrom, to });
      buffer = "";
    };
    const addSplit = (chars: string, from: number): void => {
      for (const char of chars) {
        if (!isSpace(char.charCodeAt(0))) {
          add(char, from);
          inWord = true;
        } else if (inWord && buffer !== "") {
          flush(index);
          inWord = false;
        }
      }
    };
    while (index < text.length) {
      const from = index;
      const char = text.charAt(index);
      if (char === stop) {
        flush(index);
        index++;
        return { result, words };
      }
      if (char === "$") {
        const dollar = readDollar(depth);
        result += dollar;
        addSplit(dollar, from);
      } else if (char === "'" || char === '"' || char === "<") {
        const special = char === "<" ? readLess() : char === "'" ? readSingle() : readDouble(depth);
        result += special;
        add(special, from);
        inWord = true;
      } else if (char === "\\") {
        const kept = (escapesKept ? char : "") + text.charAt(index + 1);
        index = Math.min(index + 2, text.length);
        result += kept;
        add(kept, from);
        inWord = true;
      } else if (isSpace(char.charCodeAt(0))) {
        if (inWord && buffer !== "") {
          flush(index);
          inWord = false;
        }
        index++;
        result += char;
      } else {
        index++;
        result += char;
        add(char, from);
        inWord = true;
      }
    }
    if (stop !== "") throw REFUSED;
    flush(index);
    return { result, words };
  }

  function readLess(): string {
    const from = index++;
    if (text.charAt(index) !== "<") return "<";
    index++;
    while (index < text.length && "\t\r ".includes(text.charAt(index))) index++;
    return text.slice(from, index);
  }

  function readSingle(): string {
    const close = text.indexOf("'", index + 1);
    if (close === -1) throw REFUSED;
    const inner = text.slice(index + 1, close);
    index = close + 1;
    return rawQuotes ? `'${inner}'` : inner;
  }

  function readDouble(depth: number): string {
    let inner = "";
    index++;
    while (index < text.length) {
      const char = text.charAt(index);
      if (char === '"') {
        index++;
        return rawQuotes ? `"${inner}"` : inner;
      }
      if (char === "$") {
        inner += readDollar(depth);
      } else if (char === "\\") {
        if (escapesKept) inner += char;
        const next = text.charAt(++index);
        if (next === "") break;
        // Only these are taken by the escape; before others it stands for itself (and, kept, stands twice).
        if (next === '"' || next === "$" || next === "\\") {
          inner += next;
          index++;
        } else {
          inner += char;
        }
      } else {
        inner += char;
        index++;
      }
    }
    throw REFUSED;
  }

  function readDollar(depth: number): string {
    index++;
    if (text.charAt(index) !== "{") {
      const name = readName(text, index);
      index += name.length;
      return `$${name}`;
    }
    index++;
    if (index >= text.length || "{}:".includes(text.charAt(index))) throw REFUSED;
    const name = readName(text, index);
    index += name.length;
    let modifier = text.charAt(index);
    if (index++ >= text.length) throw REFUSED;
    if (modifier === "}") return `\${${name}}`;
    if (modifier === "/") {
      if (text.charAt(index) === "/") index++;
      const pattern = readNested("/", true, depth);
      return `\${${name}/${pattern}/${readNested("}", true, depth)}}`;
    }
    let isPattern = modifier === "#" || modifier === "%";
    if (modifier === ":") {
      const next = text.charAt(index++);
      isPattern = false;
      if (next === "#" || next === "%") throw REFUSED;
      modifier += next;
    } else if (!isPattern && !"+-?".includes(modifier)) {
      throw REFUSED;
    }
    return `\${${name}${modifier}${readNested("}", isPattern, depth)}}`;
  }

  function readNested(stop: string, keepEscapes: boolean, depth: number): string {
    const outer = escapesKept;
    escapesKept = keepEscapes;
    const { result } = readUntil(stop, depth + 1);
    escapesKept = outer;
    return result;
  }

  return { words: () => readUntil("", 0).words };
}
