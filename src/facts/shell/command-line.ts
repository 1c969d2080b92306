/** A command's words as options and operands. */
import type { Argument, Command } from "./command.js";

export interface CommandLine {
  readonly command: Command;
  /** Operands: what is neither an option nor an option's value. The first ones are often the subcommand. */
  readonly operands: readonly Argument[];
  /** Option -> its values, null for one that has none: `--prefix` -> [web]. Of `--a=b` the name is `--a`. */
  readonly options: ReadonlyMap<string, readonly (Argument | null)[]>;
  /** True when a word is not known that could be an option. */
  readonly unclear: boolean;
}

/** Splits a command line; `valued` names the options that take the next word as their value. */
export function commandLine(command: Command, valued: ReadonlySet<string>, args = command.args): CommandLine {
  const operands: Argument[] = [];
  const options = new Map<string, (Argument | null)[]>();
  let unclear = false;
  const add = (name: string, value: Argument | null): void => {
    const values = options.get(name);
    if (values) values.push(value);
    else options.set(name, [value]);
  };
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    if (!word) continue;
    const { text, prefix } = word;
    if (text === null && prefix === "") unclear = true;
    if (text === "--") {
      operands.push(...args.slice(index + 1));
      break;
    }
    if (!prefix.startsWith("-") || prefix === "-") {
      operands.push(word);
      continue;
    }
    const equals = prefix.indexOf("=");
    if (equals > 0) add(prefix.slice(0, equals), rest(word, equals + 1));
    else if (text !== null && valued.has(text)) add(text, args[++index] ?? null);
    else if (prefix.startsWith("--") || prefix.length === 2) add(prefix, null);
    else addShort(word, valued, add);
  }
  return { command, operands, options, unclear };
}

/** `-xzf`: each letter is an option; the rest of the word is the value of the first that takes one. */
function addShort(
  word: Argument,
  valued: ReadonlySet<string>,
  add: (name: string, value: Argument | null) => void,
): void {
  add(word.prefix, null);
  for (let index = 1; index < word.prefix.length; index++) {
    const name = `-${word.prefix.charAt(index)}`;
    const takes = valued.has(name) && index + 1 < word.prefix.length;
    add(name, takes ? rest(word, index + 1) : null);
    if (takes) return;
  }
}

function rest({ text, prefix, pattern, range }: Argument, from: number): Argument {
  return { text: text === null ? null : text.slice(from), prefix: prefix.slice(from), pattern, range };
}

export function hasOption(line: CommandLine, ...names: readonly string[]): boolean {
  return names.some((name) => line.options.has(name));
}

/** The last value of the first option given that has one; null without. */
export function optionValue(line: CommandLine, ...names: readonly string[]): Argument | null {
  for (const name of names) {
    const value = line.options.get(name)?.findLast((one) => one !== null);
    if (value) return value;
  }
  return null;
}
