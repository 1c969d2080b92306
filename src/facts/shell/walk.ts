/** Walks a parsed script and lists its simple commands. */
import type {
  AndOr,
  Case,
  CompoundList,
  If,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Redirection,
  Statement,
  SyntaxNode,
  Word,
} from "unbash";
import type { Range } from "../../syntax/nodes.js";
import type { Argument, Command, Redirect } from "./command.js";
import type { ShellParser } from "./parser.js";
import { childScope, mergeBranch, type Scope } from "./scope.js";
import { simpleCommand } from "./simple.js";
import { readWord } from "./words.js";

/** Maps a position in a script to an offset in the Dockerfile. */
export type Locate = (from: number, to: number) => Range;

/** One reading of one RUN: what was found so far. */
export interface Reading {
  readonly parser: ShellParser;
  readonly commands: Command[];
  complete: boolean;
}

/** How a part of a script runs. */
export interface Where {
  readonly scope: Scope;
  readonly conditional: boolean;
  readonly user: string | null;
  /** True behind a pipe. */
  readonly input: boolean;
  readonly locate: Locate;
  /** How deep scripts stand in one another (`sh -c "sh -c …"`). */
  readonly depth: number;
}

export function walkScript(script: ParsedScript, reading: Reading, where: Where): void {
  if ((script.errors?.length ?? 0) > 0) reading.complete = false;
  walkList(script.commands, reading, where);
}

function walkList(statements: readonly Statement[], reading: Reading, where: Where): void {
  const last = statements.length - 1;
  statements.forEach((statement, index) => {
    const inner = statement.background === true ? { ...where, scope: childScope(where.scope) } : where;
    // What the last list returns is what the script returns, so each of its commands must have succeeded.
    walkNode(statement.command, reading, inner, index === last);
  });
}

function walkNode(node: PipelineNode | AndOr, reading: Reading, where: Where, isLast: boolean): void {
  switch (node.type) {
    case "AndOr": {
      walkAndOr(node, reading, where, isLast);
      return;
    }
    case "Pipeline": {
      walkPipeline(node, reading, where);
      return;
    }
    case "Command": {
      simpleCommand(node, reading, where);
      return;
    }
    case "Redirected": {
      const redirects = redirectsOf(node.redirects, reading, where);
      const input = where.input || takesInput(node.redirects);
      if (redirects.length > 0)
        reading.commands.push({ ...bare(where.locate(node.pos, node.end), where), input, redirects });
      walkNode(node.command, reading, { ...where, input }, isLast);
      return;
    }
    case "Subshell": {
      walkBody(node.body, reading, { ...where, scope: childScope(where.scope) });
      return;
    }
    case "BraceGroup": {
      walkBody(node.body, reading, where);
      return;
    }
    case "If": {
      walkIf(node, reading, where);
      return;
    }
    case "Case": {
      walkCase(node, reading, where);
      return;
    }
    case "For":
    case "Select": {
      for (const word of node.wordlist ?? []) staticWord(word, reading, where);
      walkBranch(where, (inner) => {
        inner.scope.set(node.name.value, null);
        walkBody(node.body, reading, inner);
      });
      return;
    }
    case "ArithmeticFor": {
      walkBranch(where, (inner) => walkBody(node.body, reading, inner));
      return;
    }
    case "While":
      walkBranch(where, (inner) => {
        walkBody(node.clause, reading, inner);
        walkBody(node.body, reading, inner);
      });
      return;
    case "Function": {
      where.scope.functions.add(node.name.value);
      const scope = childScope(where.scope);
      scope.cwd = null;
      const inner = { ...where, scope, conditional: true };
      if (node.body.type === "CompoundList") walkBody(node.body, reading, inner);
      else walkNode(node.body, reading, inner, false);
      return;
    }
    case "Coproc":
      reading.complete = false;
      return;
    case "TestCommand":
    case "ArithmeticCommand":
      // They change nothing. A `$(…)` inside them would have to be read, too, so nothing is said of such a RUN.
      if (holdsScript(node, reading.parser)) reading.complete = false;
      return;
  }
}

/** `a && b || c`. Only in a list of `&&` alone that ends its script is every command sure to have run. */
function walkAndOr(node: AndOr, reading: Reading, where: Where, isLast: boolean): void {
  const isSure = isLast && node.operators.every((operator) => operator === "&&");
  let cwd: string | null | undefined;
  node.commands.forEach((command, index) => {
    const isOr = index > 0 && node.operators[index - 1] === "||";
    if (isOr) {
      walkBranch(where, (inner) => walkNode(command, reading, inner, false));
      return;
    }
    const inner = index > 0 && !isSure ? { ...where, conditional: true } : where;
    walkNode(command, reading, inner, isSure);
    if (index === 0) cwd = where.scope.cwd;
  });
  if (!isSure && cwd !== undefined && where.scope.cwd !== cwd) where.scope.cwd = null;
}

function walkPipeline(node: Pipeline, reading: Reading, where: Where): void {
  if (node.commands.length === 1 && node.commands[0]) {
    walkNode(node.commands[0], reading, where, false);
    return;
  }
  node.commands.forEach((command, index) => {
    walkNode(command, reading, { ...where, scope: childScope(where.scope), input: where.input || index > 0 }, false);
  });
}

function walkIf(node: If, reading: Reading, where: Where): void {
  walkBody(node.clause, reading, where);
  const branches = [
    node.then,
    ...node.elif.flatMap(({ clause, then }) => [clause, then]),
    ...(node.else ? [node.else] : []),
  ];
  for (const branch of branches) walkBranch(where, (inner) => walkBody(branch, reading, inner));
}

function walkCase(node: Case, reading: Reading, where: Where): void {
  staticWord(node.word, reading, where);
  for (const { body } of node.items) walkBranch(where, (inner) => walkBody(body, reading, inner));
}

function walkBranch(where: Where, walk: (inner: Where) => void): void {
  const branch = childScope(where.scope);
  walk({ ...where, scope: branch, conditional: true });
  mergeBranch(where.scope, branch);
}

function walkBody(body: CompoundList, reading: Reading, where: Where): void {
  walkList(body.commands, reading, where);
}

/** A word as an argument; the scripts inside it are walked as shells of their own. */
export function staticWord(word: Word, reading: Reading, where: Where): Argument {
  const range = where.locate(word.pos, word.end);
  const read = readWord(word, where.scope.lookup, (script) => {
    if (script === undefined) return;
    const inner = { ...where, scope: childScope(where.scope), input: false };
    // A script with a text of its own (escaped backticks) has positions of its own, too.
    walkScript(script, reading, script.source === undefined ? inner : { ...inner, locate: () => range });
  });
  const { text, prefix, pattern } = read;
  return { text, prefix, pattern, range };
}

/** The redirections that name files. */
export function redirectsOf(redirections: readonly Redirection[], reading: Reading, where: Where): readonly Redirect[] {
  return redirections.flatMap((redirection): Redirect[] => {
    if (redirection.type === "HereDoc") {
      for (const part of redirection.body.parts ?? []) {
        if (part.type === "CommandExpansion" && part.script) {
          walkScript(part.script, reading, { ...where, scope: childScope(where.scope), locate: where.locate });
        }
      }
      return [];
    }
    if (redirection.target === undefined) return [];
    const target = staticWord(redirection.target, reading, where);
    if (redirection.type === "HereString") return [];
    const copies = redirection.operator.endsWith("&") && /^(?:\d+-?|-)$/.test(target.text ?? "");
    if (copies || target.text === "/dev/null") return [];
    if (redirection.operator === "<>")
      return [
        { kind: "read", target },
        { kind: "write", target },
      ];
    return [{ kind: redirection.operator.startsWith("<") ? "read" : "write", target }];
  });
}

export function takesInput(redirections: readonly Redirection[]): boolean {
  return redirections.some(({ operator }) => operator.startsWith("<"));
}

/** True when a command substitution stands somewhere in the node. */
function holdsScript(node: SyntaxNode, parser: ShellParser): boolean {
  const open: SyntaxNode[] = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.type === "CommandExpansion" || next.type === "ArithmeticCommandExpansion") return true;
    parser.forEachChild(next, (child) => void open.push(child));
  }
  return false;
}

/** A command without a name: only its redirections count. */
function bare(range: Range, { scope, conditional, user }: Where): Command {
  return {
    name: "",
    path: "",
    args: [],
    env: new Map(),
    cwd: scope.cwd,
    conditional,
    user,
    input: false,
    redirects: [],
    range,
  };
}
