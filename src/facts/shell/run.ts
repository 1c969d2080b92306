/** Reads a RUN: which text its shell gets, and what that does. */
import type { CommandInstruction, Heredoc, Range, Word } from "../../syntax/nodes.js";
import { lowerBound } from "../../syntax/search.js";
import { NOT_READ, type Argument, type Command, type RunScript } from "./command.js";
import { dialectOf, isPosixShell, programName } from "./dialect.js";
import { isReadable } from "./limits.js";
import type { ShellParser } from "./parser.js";
import { childScope, type Lookup } from "./scope.js";
import { walkScript, type Locate, type Reading } from "./walk.js";

/** What holds where the RUN stands. */
export interface RunContext {
  /** The Dockerfile. */
  readonly text: string;
  /** Absolute; null when it is the base image's, or has variables without a value. */
  readonly workdir: string | null;
  /** ENV and ARG; null for a value that is not known, undefined for none. */
  readonly lookup: Lookup;
  /** The words of SHELL. */
  readonly shell: readonly string[];
  /** True for a Windows image, or where the escape character is a backtick. */
  readonly windows: boolean;
}

/** A text with the way back to the Dockerfile. */
interface Script {
  readonly text: string;
  readonly offsetAt: (index: number) => number;
}

/**
 * The commands of a RUN in the order in which they are written. Without a parser, and for anything that is not
 * understood, `complete` is false.
 */
export function readRun(run: CommandInstruction, context: RunContext, parser: ShellParser | null): RunScript {
  if (context.windows) return { kind: "foreign", shell: programName(context.shell[0] ?? "") };
  if (run.exec !== null) return parser === null ? NOT_READ : readExec(run.exec, run.range, context, parser);
  const dialect = dialectOf(context.shell);
  if (dialect.kind === "foreign") return dialect;
  if (parser === null || run.args === null) return NOT_READ;
  const script = scriptOf(run.args, run.heredocs, context.text);
  if (typeof script === "string") return { kind: "foreign", shell: script };
  return read(script.text, locator(script), dialect.errexit, context, parser);
}

/** A script with the way from its positions to the Dockerfile's. */
export interface ShellText {
  readonly text: string;
  readonly locate: Locate;
}

/** What the shell of a RUN gets; null for the exec form, which has none, and for another language than sh's. */
export function shellText(
  { exec, args, heredocs }: CommandInstruction,
  { text, shell, windows }: Pick<RunContext, "text" | "shell" | "windows">,
): ShellText | null {
  if (windows || exec !== null || args === null || dialectOf(shell).kind === "foreign") return null;
  const script = scriptOf(args, heredocs, text);
  return typeof script === "string" ? null : { text: script.text, locate: locator(script) };
}

/**
 * `RUN <<EOF` runs the body, `RUN cat <<EOF` is given to the shell with it (dockerfile2llb, dispatchRun). The name of
 * the interpreter where the body starts with `#!` and it is no shell of ours.
 */
function scriptOf(args: Word, heredocs: readonly Heredoc[], text: string): Script | string {
  const [first] = heredocs;
  if (!first) return args;
  const body = bodyOf(first, text);
  if (heredocs.length > 1 || first.range[0] !== args.range[0] || first.range[1] !== args.range[1]) {
    return withBodies(args, heredocs, text);
  }
  const interpreter = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(body);
  const name = programName(interpreter?.[1] ?? "");
  const program = name === "env" ? (interpreter?.[2] ?? "") : name;
  if (interpreter && !isPosixShell(program)) return program;
  return { text: body, offsetAt: (index) => first.body[0] + index };
}

/** Line ends are made the shell's, without moving anything. */
function bodyOf(heredoc: Heredoc, text: string): string {
  return text.slice(...heredoc.body).replaceAll("\r\n", " \n");
}

function withBodies(args: Word, heredocs: readonly Heredoc[], text: string): Script {
  const parts = [args.text, "\n"];
  const starts = [0];
  let length = args.text.length + 1;
  const offsets: number[] = [];
  for (const heredoc of heredocs) {
    const body = bodyOf(heredoc, text);
    starts.push(length);
    offsets.push(heredoc.body[0]);
    parts.push(body, `${heredoc.name}\n`);
    length += body.length + heredoc.name.length + 1;
  }
  const offsetAt = (index: number): number => {
    const at = lowerBound(starts, (start) => start > index) - 1;
    return at <= 0
      ? args.offsetAt(Math.min(index, args.text.length))
      : (offsets[at - 1] ?? 0) + index - (starts[at] ?? 0);
  };
  return { text: parts.join(""), offsetAt };
}

function locator({ text, offsetAt }: Script): Locate {
  return (from, to): Range => {
    const start = offsetAt(Math.min(from, text.length));
    return [start, to > from ? offsetAt(to - 1) + 1 : start];
  };
}

function read(text: string, locate: Locate, errexit: boolean, context: RunContext, parser: ShellParser): RunScript {
  if (!isReadable(text)) return NOT_READ;
  const commands: Command[] = [];
  const reading: Reading = { parser, commands, complete: true };
  const scope = childScope({ cwd: context.workdir, errexit, lookup: context.lookup, functions: new Set() });
  try {
    walkScript(parser.parse(text), reading, { scope, conditional: false, user: null, input: false, locate, depth: 0 });
  } catch (error) {
    // Some nesting the parser follows without a limit.
    if (error instanceof RangeError) return NOT_READ;
    throw error;
  }
  return { kind: "commands", commands, complete: reading.complete };
}

/** The exec form starts a program without a shell; where that is `sh -c`, its script is read. */
function readExec(words: readonly Word[], range: Range, context: RunContext, parser: ShellParser): RunScript {
  const [program, ...rest] = words;
  if (!program) return NOT_READ;
  const name = programName(program.text);
  const dialect = dialectOf(words.map(({ text }) => text));
  const flag = rest.findIndex(({ text }) => /^-[a-z]*c$/i.test(text));
  const script = rest[flag + 1];
  if (dialect.kind === "posix" && name !== "busybox" && flag >= 0 && script) {
    return read(script.text, locator(script), dialect.errexit, context, parser);
  }
  const args = rest.map(({ text, range: at }): Argument => ({ text, prefix: text, pattern: false, range: at }));
  const command: Command = {
    name,
    path: program.text,
    args,
    env: new Map(),
    cwd: context.workdir,
    conditional: false,
    user: null,
    input: false,
    redirects: [],
    range,
  };
  return { kind: "commands", commands: [command], complete: true };
}
