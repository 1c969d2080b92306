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
    else if (addShort(word, valued, add)) add(`-${prefix.slice(-1)}`, args[++index] ?? null);
  }
  return { command, operands, options, unclear };
}

/**
 * `-xzf`: each letter is an option; the rest of the word is the value of the first that takes one. True when the last
 * letter takes the next word (`curl -fsSLo file`).
 */
function addShort(
  word: Argument,
  valued: ReadonlySet<string>,
  add: (name: string, value: Argument | null) => void,
): boolean {
  const { text, prefix } = word;
  add(prefix, null);
  for (let index = 1; index < prefix.length; index++) {
    const name = `-${prefix.charAt(index)}`;
    const isLast = index + 1 === prefix.length;
    if (isLast && text !== null && valued.has(name)) return true;
    const takes = valued.has(name) && !isLast;
    add(name, takes ? rest(word, index + 1) : null);
    if (takes) return false;
  }
  return false;
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
