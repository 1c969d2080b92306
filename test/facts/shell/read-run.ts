/** Reads the first RUN of a Dockerfile for the tests, and writes commands down in one line each. */
import * as unbash from "unbash";
import type { Argument, Command, RunScript } from "../../../src/facts/shell/command.js";
import { DEFAULT_SHELL } from "../../../src/facts/shell/dialect.js";
import { readRun, type RunContext } from "../../../src/facts/shell/run.js";
import type { CommandInstruction } from "../../../src/syntax/nodes.js";
import { parse } from "../../../src/syntax/parse.js";

export function runOf(text: string, context: Partial<RunContext> & { env?: Record<string, string> } = {}): RunScript {
  const run = parse(text).ast.instructions.find((one): one is CommandInstruction => one.type === "Run");
  if (!run) throw new Error(`no RUN in ${text}`);
  const lookup = (name: string): string | undefined => context.env?.[name];
  return readRun(run, { text, workdir: "/", lookup, shell: DEFAULT_SHELL, windows: false, ...context }, unbash);
}

/** `[cwd] A=b cmd "two words" <unknown> >/file ?` with `?` for a conditional command; `!` as last line when incomplete. */
export function linesOf(script: RunScript): string[] {
  if (script.kind === "foreign") return [`foreign: ${script.shell}`];
  const lines = script.commands.map(lineOf);
  return script.complete ? lines : [...lines, "!"];
}

function lineOf({ path, args, env, cwd, conditional, user, input, redirects }: Command): string {
  const words = [
    ...(cwd === "/" ? [] : [`[${cwd ?? "?"}]`]),
    ...(user === null ? [] : [`${user}:`]),
    ...[...env].map(([name, value]) => `${name}=${value ?? "<unknown>"}`),
    ...(path === "" ? [] : [path]),
    ...args.map(shown),
    ...(input ? ["<-"] : []),
    ...redirects.map(({ kind, target }) => (kind === "read" ? "<" : ">") + shown(target)),
    ...(conditional ? ["?"] : []),
  ];
  return words.join(" ");
}

function shown({ text, prefix, pattern }: Argument): string {
  if (text === null) return `<${prefix}...>`;
  return /\s/.test(text) || text === "" ? JSON.stringify(text) : text + (pattern ? "(pattern)" : "");
}
