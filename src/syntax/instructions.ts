/** One logical line as an instruction node. */
import { holdsSpaceByte, isAsciiSpace, isSeparator } from "./characters.js";
import type { ReportProblem } from "./directives.js";
import { splitCommand, type Command, type RawFlag } from "./flags.js";
import { readJsonForm } from "./json.js";
import type { LineHeredoc, LogicalLine } from "./lines.js";
import { keptOf, pairOf, rangeOf, sliceOf, wordOf, type Locate } from "./mapped.js";
import type { CommandInstruction, Flag, Heredoc, Instruction, Pair, PlainInstruction, Range, Word } from "./nodes.js";
import { splitOnWhitespace, splitQuoted, type Span } from "./words.js";

/** What reading an instruction needs of its file. */
export interface FileContext {
  readonly text: string;
  readonly escape: string;
  readonly locate: Locate;
  readonly report: ReportProblem;
}

const TYPES = {
  add: "Add",
  arg: "Arg",
  cmd: "Cmd",
  copy: "Copy",
  entrypoint: "Entrypoint",
  env: "Env",
  expose: "Expose",
  from: "From",
  healthcheck: "Healthcheck",
  label: "Label",
  maintainer: "Maintainer",
  onbuild: "Onbuild",
  run: "Run",
  shell: "Shell",
  stopsignal: "Stopsignal",
  user: "User",
  volume: "Volume",
  workdir: "Workdir",
} as const satisfies Readonly<Record<string, Instruction["type"]>>;

/** The keywords of BuildKit's `command.Commands`, upper case. */
export const KEYWORDS: readonly string[] = Object.keys(TYPES).map((keyword) => keyword.toUpperCase());

/** Chains of ONBUILD are refused by BuildKit; below this depth they are not even read. */
const MAX_ONBUILD_DEPTH = 10;

export function readInstruction(line: LogicalLine, file: FileContext): Instruction {
  return readPart(line, [0, line.text.length], file, 0);
}

function readPart(line: LogicalLine, [from, to]: Span, file: FileContext, depth: number): Instruction {
  const command = splitCommand(line.text, from, to, file.escape);
  const { locate } = file;
  const [argsFrom, argsTo] = command.args;
  const keyword = wordOf(line, ...command.keyword, locate);
  const heredocs = line.heredocs.map((heredoc) => heredocOf(line, heredoc, file));
  const end = heredocs.length > 0 ? Math.max(line.end, line.heredocs.at(-1)?.end ?? 0) : line.end;
  const range: Range = [Math.min(keyword.range[0], end), end];
  const base = {
    keyword,
    flags: command.flags.map((flag) => flagOf(line, flag, locate)),
    args: argsTo > argsFrom ? wordOf(line, argsFrom, argsTo, locate) : null,
    heredocs,
    trigger: depth > 0,
    range,
    loc: locate(range),
  };
  // Spread last everywhere: V8 keeps such objects a third of the size of those with the spread first.
  const words = (spans: readonly Span[]): Word[] => spans.map((span) => wordOf(line, ...span, locate));
  const name = keyword.text.toLowerCase();
  const type = Object.hasOwn(TYPES, name) ? TYPES[name as keyof typeof TYPES] : "Unknown";
  switch (type) {
    case "From": {
      const all = words(splitOnWhitespace(line.text, argsFrom, argsTo));
      return { type, words: all, image: all[0] ?? null, name: all.length === 3 ? (all[2] ?? null) : null, ...base };
    }
    case "Arg": {
      const spans = splitQuoted(line.text, argsFrom, argsTo, file.escape);
      return { type, pairs: spans.map(readPair(line, locate)), ...base };
    }
    case "Env":
    case "Label":
      return { type, pairs: readPairs(line, command, file, keyword.text), ...base };
    case "Copy":
    case "Add":
    case "Volume": {
      const strings = readStrings(line, command.args, file, keyword);
      const form = strings === null ? "words" : "json";
      const all = strings ?? words(splitOnWhitespace(line.text, argsFrom, argsTo));
      return type === "Volume" ? { type, words: all, ...base } : { type, form, words: all, ...base };
    }
    case "Run":
    case "Cmd":
    case "Entrypoint":
    case "Shell":
      return { type, exec: readStrings(line, command.args, file, keyword), ...base } satisfies CommandInstruction;
    case "Healthcheck": {
      const kindEnd = healthcheckKindEnd(line.text, argsFrom, argsTo);
      const kind = kindEnd > argsFrom ? wordOf(line, argsFrom, kindEnd, locate) : null;
      return { type, kind, exec: readStrings(line, [kindEnd, argsTo], file, keyword), ...base };
    }
    case "Onbuild": {
      const isRead = argsTo > argsFrom && depth < MAX_ONBUILD_DEPTH;
      return { type, instruction: isRead ? readPart(line, command.args, file, depth + 1) : null, ...base };
    }
    case "Expose":
    case "Unknown":
      return { type, words: words(splitOnWhitespace(line.text, argsFrom, argsTo)), ...base };
    default:
      return { type, words: base.args === null ? [] : [base.args], ...base } satisfies PlainInstruction;
  }
}

/** The end of HEALTHCHECK's first word, which BuildKit looks for byte by byte. */
function healthcheckKindEnd(text: string, from: number, to: number): number {
  let end = from;
  while (end < to && !isAsciiSpace(text.charCodeAt(end))) {
    const codePoint = text.codePointAt(end) ?? 0;
    end += codePoint > 0xffff ? 2 : 1;
    if (holdsSpaceByte(codePoint)) break;
  }
  return end;
}

function flagOf(line: LogicalLine, { from, to, kept }: RawFlag, locate: Locate): Flag {
  const range = rangeOf(line, from, to);
  const all = keptOf(line, kept, to);
  const equals = all.text.indexOf("=");
  const base = { type: "Flag", range, loc: locate(range) } as const;
  if (equals === -1) return { name: all.text.slice(2), value: null, ...base };
  const { text, offsetAt } = sliceOf(all, equals + 1, all.text.length);
  const isEmpty = text === "";
  const valueRange: Range = isEmpty ? [range[1], range[1]] : [offsetAt(0), offsetAt(text.length)];
  const value = { text, offsetAt, range: valueRange, loc: locate(valueRange) };
  return { name: all.text.slice(2, equals), value, ...base };
}

function readPair(line: LogicalLine, locate: Locate): (span: Span) => Pair {
  return ([from, to]) => {
    const found = line.text.slice(from, to).indexOf("=");
    const equals = found === -1 ? to : from + found;
    const value = found === -1 ? null : wordOf(line, equals + 1, to, locate);
    return pairOf(line, [from, to], locate, wordOf(line, from, equals, locate), value);
  };
}

/** `parseNameVal`: `NAME=value …`, or the old form `NAME value`, told apart by the first word. */
function readPairs(line: LogicalLine, { args: [from, to] }: Command, file: FileContext, keyword: string): Pair[] {
  const spans = splitQuoted(line.text, from, to, file.escape);
  const [first] = spans;
  if (first === undefined) return [];
  const pairs = spans.map(readPair(line, file.locate));
  if (line.text.slice(...first).includes("=")) {
    for (const pair of pairs) {
      if (pair.value === null) file.report("invalidPair", pair.range, { keyword, text: pair.name.text });
    }
    return pairs;
  }
  const [name] = splitOnWhitespace(line.text, from, to);
  if (name === undefined) return [];
  let rest = name[1];
  while (rest < to && isSeparator(line.text.charCodeAt(rest))) rest++;
  const word = wordOf(line, ...name, file.locate);
  if (rest === to) file.report("invalidPair", rangeOf(line, from, to), { keyword, text: word.text });
  const value = rest === to ? null : wordOf(line, rest, to, file.locate);
  return [pairOf(line, [from, to], file.locate, word, value)];
}

/** The strings of the JSON form; null for the shell form and, reported, for an array of other things. */
function readStrings(line: LogicalLine, [from, to]: Span, file: FileContext, keyword: Word): Word[] | null {
  const form = readJsonForm(line.text, from, to);
  if (form === "notStrings") file.report("jsonNotStrings", rangeOf(line, from, to), { keyword: keyword.text });
  if (typeof form === "string") return null;
  return form.map((string) => {
    const range = rangeOf(line, string.from, string.to);
    const { text, offsetAt } = keptOf(line, string.kept, string.from);
    const { length } = text;
    // The last character may be an escape of several: the end is the closing quote's.
    const toOffset = (index: number): number => (index >= length ? range[1] : offsetAt(index));
    return { type: "Word", text, offsetAt: toOffset, range, loc: file.locate(range) };
  });
}

function heredocOf(line: LogicalLine, { word, body, terminated }: LineHeredoc, file: FileContext): Heredoc {
  const { name, expand, chomp } = word;
  const range = rangeOf(line, word.from, word.to);
  const raw = file.text.slice(...body);
  // The builder takes the tabs away: from the file that COPY makes, and in the shell that RUN starts.
  const content = chomp ? raw.replace(/(^|\n)\t+/g, "$1") : raw;
  return { type: "Heredoc", name, expand, chomp, content, body, terminated, range, loc: file.locate(range) };
}
