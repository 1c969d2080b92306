/**
 * The nodes of a parsed Dockerfile: the only list of node kinds.
 *
 * Positions: `range` holds offsets into the text in UTF-16 units, 0-based, end exclusive. `loc` holds
 * lines and columns, both 1-based, end exclusive. Both always lie inside the text.
 */

/** Offsets into the text, 0-based, end exclusive. */
export type Range = readonly [start: number, end: number];

/** 1-based line and 1-based column, in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Location {
  readonly start: Position;
  readonly end: Position;
}

interface Located {
  readonly range: Range;
  readonly loc: Location;
}

/**
 * A piece of an instruction as the builder sees it: continuations and the comments inside them are gone.
 * `text` is that logical text, quotes and escapes still in it. `range` runs from its first to its last
 * character in the source, so it may span lines; `offsetAt` maps an index into `text` (0 to text.length)
 * back to a source offset.
 */
export interface Word extends Located {
  readonly type: "Word";
  readonly text: string;
  readonly offsetAt: (index: number) => number;
}

/** `--name=value`; `value` is null for a bare `--name`. Quotes and escapes are resolved, as BuildKit does. */
export interface Flag extends Located {
  readonly type: "Flag";
  readonly name: string;
  readonly value: FlagValue | null;
}

/** The value of a flag: `text` without quotes and escapes, and where each of its characters stands. */
export interface FlagValue extends Located {
  readonly text: string;
  readonly offsetAt: (index: number) => number;
}

/** One `NAME=value` of ARG, ENV or LABEL, or the old form `NAME value`; `value` is null for `ARG NAME`. */
export interface Pair extends Located {
  readonly type: "Pair";
  readonly name: Word;
  readonly value: Word | null;
}

/** `<<EOF`: `body` is where its lines stand, without the terminator's; `expand` is false for a quoted word. */
export interface Heredoc extends Located {
  readonly type: "Heredoc";
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
  readonly content: string;
  readonly body: Range;
  readonly terminated: boolean;
}

/** What every instruction has. `range` covers its heredocs, not the line end behind it. */
interface InstructionBase extends Located {
  /** As written: `FROM`, `from`. */
  readonly keyword: Word;
  readonly flags: readonly Flag[];
  /** Everything behind the keyword and the flags, trimmed; null where there is nothing. */
  readonly args: Word | null;
  readonly heredocs: readonly Heredoc[];
  /** True for the instruction behind ONBUILD. */
  readonly trigger: boolean;
}

/** `words` are all arguments, `image` the first, `name` the third of `FROM image AS name`. */
export interface FromInstruction extends InstructionBase {
  readonly type: "From";
  readonly words: readonly Word[];
  readonly image: Word | null;
  readonly name: Word | null;
}

export interface PairsInstruction extends InstructionBase {
  readonly type: "Arg" | "Env" | "Label";
  readonly pairs: readonly Pair[];
}

/** `words` are sources then destination; in the JSON form their text is the decoded string. */
export interface CopyInstruction extends InstructionBase {
  readonly type: "Copy" | "Add";
  readonly form: "words" | "json";
  readonly words: readonly Word[];
}

/** `exec` holds the decoded strings of the JSON form, null for the shell form. */
export interface CommandInstruction extends InstructionBase {
  readonly type: "Run" | "Cmd" | "Entrypoint" | "Shell";
  readonly exec: readonly Word[] | null;
}

export interface HealthcheckInstruction extends InstructionBase {
  readonly type: "Healthcheck";
  /** `CMD` or `NONE`, as written. */
  readonly kind: Word | null;
  readonly exec: readonly Word[] | null;
}

export interface OnbuildInstruction extends InstructionBase {
  readonly type: "Onbuild";
  readonly instruction: Instruction | null;
}

export interface PlainInstruction extends InstructionBase {
  readonly type: "Expose" | "Maintainer" | "Stopsignal" | "User" | "Volume" | "Workdir" | "Unknown";
  readonly words: readonly Word[];
}

export type Instruction =
  | FromInstruction
  | PairsInstruction
  | CopyInstruction
  | CommandInstruction
  | HealthcheckInstruction
  | OnbuildInstruction
  | PlainInstruction;

/** `# syntax=…`, `# escape=…` or `# check=…` in the first lines. */
export interface Directive extends Located {
  readonly type: "Directive";
  /** Lower case. */
  readonly name: "syntax" | "escape" | "check";
  readonly value: Word;
}

/** A comment line: `text` is what stands behind `#`, trimmed. Directives are not among the comments. */
export interface Comment extends Located {
  readonly type: "Comment";
  readonly text: string;
  /** Where `text` starts in the source, 0-based. */
  readonly textStart: number;
}

/** The whole file. */
export interface Dockerfile extends Located {
  readonly type: "Dockerfile";
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  readonly instructions: readonly Instruction[];
  /** What the parser found wrong; reported by the rule `valid-syntax`. */
  readonly problems: readonly SyntaxProblem[];
}

export type Node = Dockerfile | Instruction;

/** Something wrong with the text itself. `code` is the message id of `valid-syntax`, `data` its placeholders. */
export interface SyntaxProblem extends Located {
  readonly code: SyntaxProblemCode;
  readonly data: Readonly<Record<string, string>>;
}

export type SyntaxProblemCode =
  | "unreadable" // the file cannot be read: { reason }
  | "notUtf8" // { line, encoding }: what it looks like instead: "UTF-16", "binary" (NUL bytes) or "unknown"
  | "tooLarge" // over the size limit, checked by our own lines only: { size, limit }
  | "tooComplex" // over another limit of the second parser: { what, count, limit }
  | "lineTooLong" // { length, limit }
  | "empty" // no instruction at all
  | "noFrom" // instructions, but no FROM
  | "beforeFrom" // { keyword }
  | "unknownInstruction" // { keyword, suggestion }: suggestion is "" when none is near
  | "missingArguments" // { keyword }
  | "fromArguments" // FROM with two or more than three words: { count }
  | "invalidStageName" // { name }
  | "invalidPair" // ENV or LABEL without `=` or value: { keyword, text }
  | "jsonNotStrings" // a JSON array that holds something else than strings: { keyword }
  | "invalidFlag" // unknown flag or one without its value: { flag, keyword, suggestion }
  | "invalidMount" // RUN --mount that BuildKit refuses: { text, reason }
  | "invalidArguments" // arguments that BuildKit refuses for another reason: { keyword, reason }
  | "invalidOnbuild" // ONBUILD ONBUILD, ONBUILD FROM, …: { keyword }
  | "duplicateDirective" // { name }
  | "invalidEscape" // { value }
  | "unterminatedHeredoc" // { name }
  | "readDifferently"; // other parsers see another instruction here: { keyword, how: "extra" | "missing" }
