/** `--change`: what it names -> what changes between two builds of this file. */
import type { LintSource } from "../../facts/facts.js";
import { argumentNames, contentChange } from "../../facts/layers/changes.js";
import type { NamedChange } from "../../facts/layers/outline.js";
import type { Change } from "../../facts/layers/rerun.js";
import { nearest } from "../../spelling.js";
import type { Instruction } from "../../syntax/nodes.js";
import { lowerBound } from "../../syntax/search.js";
import { RunError } from "../run-error.js";

/** `asked` holds values of `--change`. Throws RunError for an ARG or a line that the file does not have. */
export function askedChanges(asked: readonly string[], source: LintSource): NamedChange[] {
  return [...new Set(asked)].map((name) => {
    if (name === "source" || name === "lockfile") return contentChange(name);
    const at = name.indexOf(":");
    const value = name.slice(at + 1);
    const parts = name.startsWith("arg:") ? argumentChange(value, source) : lineChange(Number(value), source);
    return { name, parts };
  });
}

function argumentChange(name: string, { ast }: LintSource): Change[] {
  const names = argumentNames(ast.instructions);
  if (names.has(name)) return [{ kind: "argument", name }];
  const near = nearest(name, names);
  const some = [...names].slice(0, 5).join(", ");
  const hint = near ? ` Did you mean ${near}?` : names.size > 0 ? ` There is ${some}.` : "";
  throw new RunError(`--change arg:${name}: the file has no ARG of that name.${hint}`);
}

function lineChange(line: number, { ast, lines }: LintSource): Change[] {
  const { instructions } = ast;
  const instruction = instructions[lowerBound(instructions, ({ loc }) => loc.end.line >= line)];
  if (!instruction || instruction.loc.start.line > line) {
    const count = lines.at(-1) === "" ? lines.length - 1 : lines.length;
    const where = line > count ? `the file ends at line ${count}` : "no instruction stands there";
    throw new RunError(`--change line:${line}: ${where}.`);
  }
  const isGlobal = instruction.type === "Arg" && isBeforeFrom(instruction, instructions);
  if (isGlobal) return instruction.pairs.map(({ name }) => ({ kind: "argument", name: name.text }));
  const inner = instruction.type === "Onbuild" ? instruction.instruction : null;
  return [{ kind: "texts", instructions: new Set(inner ? [instruction, inner] : [instruction]) }];
}

function isBeforeFrom(instruction: Instruction, instructions: readonly Instruction[]): boolean {
  const from = instructions.find(({ type }) => type === "From");
  return from === undefined || instruction.range[0] < from.range[0];
}
