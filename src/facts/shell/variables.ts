/** Which variables a script takes from its environment. */
import type { SyntaxNode } from "unbash";
import type { Range } from "../../syntax/nodes.js";
import { isReadable } from "./limits.js";
import type { ShellParser } from "./parser.js";
import type { ShellText } from "./run.js";

export interface UsedVariable {
  readonly name: string;
  readonly range: Range;
}

/** Builtins whose operands are names that they set. */
const SETTERS: ReadonlySet<string> = new Set([
  "read",
  "export",
  "declare",
  "local",
  "typeset",
  "readonly",
  "unset",
  "mapfile",
  "getopts",
]);

/**
 * The variables whose value the script puts in without a word for the case that they are not set: `$A`, `${A%x}`, but
 * not `${A:-b}`. Those that it sets anywhere are left out.
 */
export function usedVariables(script: ShellText, parser: ShellParser): readonly UsedVariable[] {
  const { uses = [], settled = new Set<string>() } = namedVariables(script, parser) ?? {};
  const covered = new Set(uses.flatMap(({ name, covered }) => (covered ? [name] : [])));
  return uses.filter(({ name }) => !settled.has(name) && !covered.has(name));
}

export interface NamedInScript extends UsedVariable {
  /** Of the name alone, without `$` and braces. */
  readonly nameRange: Range;
  /** True for `${A:-b}`, which has a word for the case that it is not set. */
  readonly covered: boolean;
}

/** Every variable that the script names, in order, and the names that it sets itself; null for one that is not read. */
export function namedVariables(
  { text, locate }: ShellText,
  { parse, forEachChild }: ShellParser,
): { readonly uses: readonly NamedInScript[]; readonly settled: ReadonlySet<string> } | null {
  if (!isReadable(text)) return null;
  const uses: NamedInScript[] = [];
  const set = new Set<string>();
  const script = parsed(text, parse);
  const open: SyntaxNode[] = script ? [script] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    const use = nameOf(node);
    if (use) {
      const from = Math.max(text.indexOf(use.name, node.pos + 1), node.pos);
      uses.push({ ...use, range: locate(node.pos, node.end), nameRange: locate(from, from + use.name.length) });
    }
    for (const name of settled(node)) set.add(name);
    forEachChild(node, (child) => void open.push(child));
  }
  return script && { uses: uses.sort((a, b) => a.range[0] - b.range[0]), settled: set };
}

/** Some nesting the parser follows without a limit. */
function parsed(text: string, parse: ShellParser["parse"]): ReturnType<ShellParser["parse"]> | null {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function nameOf(node: SyntaxNode): { name: string; covered: boolean } | null {
  if (node.type === "SimpleExpansion") return { name: node.text.slice(1), covered: false };
  if (node.type !== "ParameterExpansion") return null;
  const isCovered = node.prefix !== undefined || node.index !== undefined || node.operation?.type === "Default";
  return { name: node.parameter, covered: isCovered };
}

/** The names that a node sets. */
function settled(node: SyntaxNode): readonly string[] {
  switch (node.type) {
    case "Assignment":
      return [node.name];
    case "For":
    case "Select":
      return [node.name.value];
    case "Command":
      if (!SETTERS.has(node.name?.value ?? "")) return [];
      return node.args.flatMap((arg) => (arg.type === "Word" ? [arg.value] : []));
    default:
      return [];
  }
}
