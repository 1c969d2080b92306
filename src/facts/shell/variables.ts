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
export function usedVariables(
  { text, locate }: ShellText,
  { parse, forEachChild }: ShellParser,
): readonly UsedVariable[] {
  if (!isReadable(text)) return [];
  const found: UsedVariable[] = [];
  const known = new Set<string>();
  const open: SyntaxNode[] = [parse(text)];
  for (let node = open.pop(); node; node = open.pop()) {
    const use = nameOf(node);
    if (use) {
      if (use.covered) known.add(use.name);
      else found.push({ name: use.name, range: locate(node.pos, node.end) });
    }
    for (const name of settled(node)) known.add(name);
    forEachChild(node, (child) => void open.push(child));
  }
  return found.filter(({ name }) => !known.has(name)).sort((a, b) => a.range[0] - b.range[0]);
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
