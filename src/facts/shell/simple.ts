/** One simple command of a script: what the shell itself does of it, and what it leaves to a program. */
import type { Assignment, Command as Node, HereDoc, Word } from "unbash";
import { normalPath } from "../effects/paths.js";
import type { Argument, Command } from "./command.js";
import { isPosixShell, programName } from "./dialect.js";
import { childScope } from "./scope.js";
import { redirectsOf, staticWord, takesInput, walkScript, type Reading, type Where } from "./walk.js";
import { unwrap } from "./wrappers.js";

/** Scripts in scripts (`sh -c "sh -c …"`) below this depth are not read. */
const DEEPEST_SCRIPT = 3;

/** What the shell does itself and no other command sees. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  ":",
  "true",
  "false",
  "exit",
  "return",
  "break",
  "continue",
  "shift",
  "umask",
  "ulimit",
  "wait",
  "hash",
]);
/** What can do anything, or changes what later words mean. */
const UNREADABLE: ReadonlySet<string> = new Set(["eval", ".", "source", "trap", "alias", "coproc", "enable", "exec"]);

/** Lists a command, or applies it to the scope where it is the shell's own (`cd`, `export`, `set -e`). */
export function simpleCommand(node: Node, reading: Reading, where: Where): void {
  const { scope } = where;
  const env = assignments(node, reading, where);
  const redirects = redirectsOf(node.redirects, reading, where);
  const input = where.input || takesInput(node.redirects);
  const range = where.locate(node.pos, node.end);
  if (node.name === undefined) {
    for (const [name, value] of env) scope.set(name, where.conditional ? null : value);
    if (redirects.length > 0) reading.commands.push(commandOf("", [], env, where, { input, redirects, range }));
    return;
  }
  const words = [node.name, ...node.args].map((word) => argumentOf(word, reading, where));
  const unwrapped = unwrap(words);
  const [called, ...args] = unwrapped.words;
  if (called?.text === undefined || called.text === null || called.pattern) {
    reading.complete = false;
    return;
  }
  const merged = new Map([...env, ...unwrapped.env]);
  const inner: Where = { ...where, user: unwrapped.user ?? where.user };
  const name = programName(called.text);
  const command = commandOf(called.text, args, merged, inner, { input, redirects, range });
  if (scope.functions.has(called.text)) {
    // What a function does is listed where it is defined.
    if (redirects.length > 0) reading.commands.push({ ...command, name: "", path: "", args: [] });
  } else if (unwrapped.words.length === words.length && applyBuiltin(name, args, inner)) {
    if (redirects.length > 0) reading.commands.push({ ...command, name: "", path: "", args: [] });
  } else if (UNREADABLE.has(name)) {
    reading.complete = false;
  } else if (isPosixShell(name) && name !== "busybox") {
    if (!nestedScript(node, command, reading, inner)) reading.commands.push(command);
  } else {
    reading.commands.push(command);
  }
}

function commandOf(
  path: string,
  args: readonly Argument[],
  env: ReadonlyMap<string, string | null>,
  { scope, conditional, user }: Where,
  rest: Pick<Command, "input" | "redirects" | "range">,
): Command {
  return { name: path === "" ? "" : programName(path), path, args, env, cwd: scope.cwd, conditional, user, ...rest };
}

/** `A=b` before the command. A shell function or a later word does not see it, so the scope stays as it is. */
function assignments(node: Node, reading: Reading, where: Where): ReadonlyMap<string, string | null> {
  const env = new Map<string, string | null>();
  for (const item of node.prefix) {
    if (item.type === "Assignment") env.set(item.name, assigned(item, reading, where));
  }
  return env;
}

function assigned({ value, append, index }: Assignment, reading: Reading, where: Where): string | null {
  if (value.type === "ArrayValue") {
    for (const element of value.elements) staticWord(element, reading, where);
    return null;
  }
  const { text, pattern } = staticWord(value, reading, where);
  return append === true || index !== undefined || pattern ? null : text;
}

/** `export A=b` has assignments among its words: they read as `A=b`. */
function argumentOf(word: Word | Assignment, reading: Reading, where: Where): Argument {
  if (word.type === "Word") return staticWord(word, reading, where);
  const value = assigned(word, reading, where);
  const prefix = `${word.name}=${value ?? ""}`;
  return { text: value === null ? null : prefix, prefix, pattern: false, range: where.locate(word.pos, word.end) };
}

/** True when the shell does all of it; its effect on later commands is then in the scope. */
function applyBuiltin(name: string, args: readonly Argument[], { scope, conditional }: Where): boolean {
  switch (name) {
    case "cd":
    case "pushd": {
      const folder = args.find(({ text }) => text === null || !/^-[LPe@]?$|^--$/.test(text));
      const target = folder === undefined ? (scope.lookup("HOME") ?? null) : folder.pattern ? null : folder.text;
      scope.cwd = folderOf(scope.cwd, target);
      return true;
    }
    case "popd":
      scope.cwd = null;
      return true;
    case "set":
      for (const { text } of args) {
        if (text === "errexit" || /^-[a-z]*e[a-z]*$/.test(text ?? "")) scope.errexit = !conditional;
        else if (/^\+[a-z]*e[a-z]*$/.test(text ?? "")) scope.errexit = false;
      }
      return true;
    case "export":
    case "readonly":
    case "declare":
    case "typeset":
    case "local":
      for (const { text, prefix } of args) {
        const equals = prefix.indexOf("=");
        if (equals > 0)
          scope.set(prefix.slice(0, equals), text === null || conditional ? null : text.slice(equals + 1));
      }
      return true;
    case "unset":
    case "read":
    case "getopts":
    case "mapfile":
      for (const { text } of args) if (text !== null) scope.set(text, null);
      return true;
    case "shopt":
      return true;
    default:
      return WITHOUT_EFFECT.has(name);
  }
}

/** PATH_MAX: a longer one cannot be entered. */
const LONGEST_PATH = 4096;

function folderOf(cwd: string | null, target: string | null): string | null {
  if (target === null || (cwd === null && !target.startsWith("/"))) return null;
  const folder = normalPath(cwd ?? "/", target);
  return folder.length > LONGEST_PATH ? null : folder;
}

/** Reads the script of `sh -c "…"` or `bash <<EOF`; false when there is none that can be read. */
function nestedScript(node: Node, command: Command, reading: Reading, where: Where): boolean {
  const flag = command.args.findIndex(({ text }) => text !== null && /^-[a-z]*c$/i.test(text));
  const plain = command.args.slice(0, flag < 0 ? undefined : flag);
  const isPlain = plain.every(
    ({ text }, index) => text !== null && (/^[-+]/.test(text) || /^-[a-z]*o$/.test(plain[index - 1]?.text ?? "")),
  );
  if (!isPlain || where.depth >= DEEPEST_SCRIPT) return false;
  const scope = childScope(where.scope);
  scope.errexit = command.args
    .slice(0, flag + 1)
    .some(({ text }) => text === "errexit" || /^-[a-z]*e/.test(text ?? ""));
  for (const [name, value] of command.env) scope.set(name, value);
  const inner = { ...where, scope, input: command.input, depth: where.depth + 1 };
  const heredocs = node.redirects.filter((redirect): redirect is HereDoc => redirect.type === "HereDoc");
  if (flag < 0)
    return heredocs.length === 1 && command.redirects.length === 0 && heredocScript(heredocs[0], reading, inner);
  const script = command.args[flag + 1];
  if (script?.text === undefined || script.text === null || script.pattern) return false;
  if (command.redirects.length > 0) reading.commands.push({ ...command, name: "", path: "", args: [] });
  const quoted = node.args.find(
    (word) => word.type === "Word" && where.locate(word.pos, word.end)[0] === script.range[0],
  );
  const exact = quoted?.text.slice(1, -1) === script.text;
  const start = quoted ? quoted.pos + 1 : 0;
  const locate = exact ? (from: number, to: number) => where.locate(start + from, start + to) : () => script.range;
  walkScript(reading.parser.parse(script.text), reading, { ...inner, locate });
  return true;
}

function heredocScript(heredoc: HereDoc | undefined, reading: Reading, where: Where): boolean {
  if (!heredoc) return false;
  const { text, pos } = heredoc.body;
  // Without quotes around the delimiter the outer shell reads escapes first.
  if (heredoc.delimiter?.quoted !== true && /[\\`]/.test(text)) return false;
  walkScript(reading.parser.parse(text), reading, {
    ...where,
    input: false,
    locate: (from, to) => where.locate(pos + from, pos + to),
  });
  return true;
}
