/** Short views of parsed text, so that a test says what it expects in one line. */
import type { Dockerfile, FlagValue, Instruction, SyntaxProblem, Word } from "../../src/syntax/nodes.js";
import { parse } from "../../src/syntax/parse.js";

/** The file that a text stands for: `⏎` is a line end. */
export const file = (text: string): string => text.replaceAll("⏎", "\n");

export const ast = (text: string): Dockerfile => parse(file(text)).ast;

/** The instruction at an index, the last one without it. */
export const instruction = (text: string, index = -1): Instruction => ast(text).instructions.at(index)!;

/** Keyword and arguments of each instruction, as the builder sees them: `["FROM a", "RUN x"]`. */
export const instructions = (text: string): string[] =>
  ast(text).instructions.map(({ keyword, args }) => (args === null ? keyword.text : `${keyword.text} ${args.text}`));

export const texts = (words: readonly Word[] | null): string[] | null => words?.map(({ text }) => text) ?? null;

/** The words of an instruction: arguments, strings of the JSON form, or names and values. */
export function words(node: Instruction): string[] | null {
  if ("words" in node) return texts(node.words);
  if ("exec" in node) return texts(node.exec);
  return null;
}

/** `name=value` of each pair; `name` alone without a value. */
export const pairs = (node: Instruction): string[] =>
  "pairs" in node
    ? node.pairs.map(({ name, value }) => (value === null ? name.text : `${name.text}=${value.text}`))
    : [];

export const flags = (node: Instruction): string[] =>
  node.flags.map(({ name, value }) => (value === null ? name : `${name}=${value.text}`));

/** What the source holds at a node's place. */
export const source = (text: string, { range }: { range: readonly [number, number] }): string =>
  file(text).slice(...range);

export const problems = (text: string): SyntaxProblem["code"][] => ast(text).problems.map(({ code }) => code);

/** The problems other than `code`, which the test is not about. */
export const problemData = (text: string, code: SyntaxProblem["code"]): SyntaxProblem["data"][] =>
  ast(text)
    .problems.filter((problem) => problem.code === code)
    .map(({ data }) => data);

/** The value of the first flag of the last instruction. */
export const flagValue = (text: string): FlagValue => instruction(text).flags[0]!.value!;
