/** Variables, quotes and escapes of a word, put in as BuildKit's shell/lex.go does (`ProcessWord`). */
import type { Mapped } from "./mapped.js";
import { characterAt } from "./characters.js";
import type { Expansion, Piece } from "./expansion.js";
import { readName } from "./names.js";
import { plainExpansion } from "./plain-word.js";
import { replacePattern, trimPrefix, trimSuffix, type PatternResult } from "./pattern.js";

export type { Expansion, Piece };

/** Deeper nesting of `${…}` is an error. BuildKit has no limit, and no Dockerfile comes near it. */
const MAX_DEPTH = 100;

/**
 * What variables may add to one word, in UTF-16 units: values that double each other, put into every line, must
 * not fill the memory. No reference, label or path comes near it.
 */
const MAX_LENGTH = 8_192;

/** A literal character run or a variable's piece, in indexes of the word. */
interface Part<V> {
  text: string;
  readonly from: number;
  to: number;
  readonly variable: Piece<V>["variable"];
  readonly exact: boolean;
}

/** What a word, or a nested one, comes to. */
interface Processed<V> {
  readonly parts: Part<V>[];
  readonly used: { readonly name: string; readonly variable: V }[];
  readonly unresolved: string[];
}

/** A substitution under way: its name, the index of its `$`, and how deep it stands in others. */
interface Use {
  readonly name: string;
  readonly from: number;
  readonly depth: number;
}

/** Thrown with BuildKit's reason; never leaves this file. */
class Refusal extends Error {
  readonly unresolved: readonly string[];
  constructor(reason: string, unresolved: readonly string[] = []) {
    super(reason);
    this.unresolved = unresolved;
  }
}

/**
 * Expands a word (without splitting it).
 *
 * `word.offsetAt` maps indexes of `word.text` to source offsets. `lookup` gives a variable by name (cases count),
 * null when it is not set. `escape` is the escape character in force, `\` or `` ` ``. Never throws: what BuildKit
 * refuses comes back as `error`.
 */
export function expand<V extends { readonly value: string }>(
  word: Mapped,
  lookup: (name: string) => V | null,
  escape: string,
): Expansion<V> {
  const plain = plainExpansion(word);
  if (plain) return plain;
  try {
    const { parts, used, unresolved } = createExpander(word, lookup, escape)();
    const pieces = parts.map(({ text, from, to, variable, exact }): Piece<V> => {
      const start = word.offsetAt(from);
      return { text, range: [start, to > from ? word.offsetAt(to - 1) + 1 : start], variable, exact };
    });
    return { text: textOf(parts), pieces, used, unresolved, error: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { text: "", pieces: [], used: [], unresolved: error.unresolved, error: error.message };
  }
}

function textOf<V>(parts: readonly Part<V>[]): string {
  return parts.map(({ text }) => text).join("");
}

function createExpander<V extends { readonly value: string }>(
  { text, offsetAt }: Mapped,
  lookup: (name: string) => V | null,
  escape: string,
): () => Processed<V> {
  let index = text.startsWith("\uFEFF") ? 1 : 0;
  let length = 0;

  /** Adds the character at word index `at`, to the last run where it follows on it in word and source. */
  function addLiteral({ parts }: Processed<V>, char: string, at: number): void {
    const last = parts.at(-1);
    if (last?.variable === null && last.exact && last.to === at && offsetAt(at) === offsetAt(at - 1) + 1) {
      last.text += char;
      last.to = at + 1;
    } else {
      parts.push({ text: char, from: at, to: at + 1, variable: null, exact: true });
    }
  }

  /** Adds the character behind the escape character at `at`: to put another text there, both must go. */
  function addEscaped({ parts }: Processed<V>, char: string, at: number): void {
    parts.push({ text: char, from: at, to: at + 1 + char.length, variable: null, exact: false });
  }

  function count(chars: number): void {
    length += chars;
    if (length > MAX_LENGTH) throw new Refusal("the expanded text is too long");
  }

  function addPart(target: Processed<V>, part: Part<V>): void {
    count(part.text.length);
    target.parts.push(part);
  }

  function addNames(target: Processed<V>, { used, unresolved }: Processed<V>): void {
    for (const use of used) target.used.push(use);
    for (const name of unresolved) target.unresolved.push(name);
  }

  /** Reads up to `stop` ("" for the end). With `keepEscapes`, as in patterns, escape characters stay. */
  function readUntil(stop: string, keepEscapes: boolean, depth: number): Processed<V> {
    if (depth > MAX_DEPTH) throw new Refusal("substitutions are nested too deeply");
    const target: Processed<V> = { parts: [], used: [], unresolved: [] };
    while (index < text.length) {
      const char = text.charAt(index);
      if (char === stop) {
        index++;
        return target;
      }
      if (char === "$") readDollar(target, depth);
      else if (char === "'") readSingle(target);
      else if (char === '"') readDouble(target, keepEscapes, depth);
      else if (char === escape) {
        if (keepEscapes) addLiteral(target, char, index);
        const escaped = characterAt(text, index + 1);
        if (escaped !== "") addEscaped(target, escaped, index);
        index += 1 + escaped.length;
      } else addLiteral(target, char, index++);
    }
    if (stop !== "") throw new Refusal(`syntax error: missing '${stop}' in a substitution`);
    return target;
  }

  function readSingle(target: Processed<V>): void {
    const close = text.indexOf("'", index + 1);
    if (close === -1) throw new Refusal("a single quote is not closed");
    for (index++; index < close; index++) addLiteral(target, text.charAt(index), index);
    index++;
  }

  function readDouble(target: Processed<V>, keepEscapes: boolean, depth: number): void {
    index++;
    while (index < text.length) {
      const char = text.charAt(index);
      if (char === '"') {
        index++;
        return;
      }
      if (char === "$") {
        readDollar(target, depth);
      } else if (char === escape) {
        if (keepEscapes) addLiteral(target, char, index);
        const next = text.charAt(index + 1);
        if (next === "") break;
        // Only these can be escaped; before others the escape character stands for itself.
        const isTaken = next === '"' || next === "$" || next === escape;
        if (isTaken) addEscaped(target, next, index);
        else addLiteral(target, char, index);
        index += isTaken ? 2 : 1;
      } else {
        addLiteral(target, char, index++);
      }
    }
    throw new Refusal("a double quote is not closed");
  }

  function readDollar(target: Processed<V>, depth: number): void {
    const from = index++;
    if (text.charAt(index) === "{") {
      index++;
      readBraces(target, from, depth);
      return;
    }
    const name = readName(text, index);
    index += name.length;
    if (name === "") addLiteral(target, "$", from);
    else addValue(target, { name, from, depth });
  }

  function readBraces(target: Processed<V>, from: number, depth: number): void {
    if (index >= text.length) throw new Refusal("syntax error: missing '}' in a substitution");
    if ("{}:".includes(text.charAt(index))) throw new Refusal("syntax error: bad substitution");
    const name = readName(text, index);
    index += name.length;
    const use = { name, from, depth };
    let modifier = text.charAt(index++);
    const colon = modifier === ":";
    if (colon) modifier = text.charAt(index++);
    if (modifier === "+" || modifier === "-" || modifier === "?") readAlternative(target, use, modifier, colon);
    else if (colon) throw new Refusal(`unsupported modifier (:${modifier}) in a substitution`);
    else if (modifier === "}") addValue(target, use);
    else if (modifier === "/") readReplacement(target, use);
    else if (modifier === "#" || modifier === "%") readTrim(target, use, modifier);
    else throw new Refusal(`unsupported modifier (${modifier}) in a substitution`);
  }

  /** Adds a variable's whole value, or notes that there is none. */
  function addValue(target: Processed<V>, use: Use): void {
    const value = lookup(use.name);
    if (value === null) target.unresolved.push(use.name);
    else addVariable(target, use, value, value.value, true);
  }

  function addVariable(target: Processed<V>, { name, from }: Use, value: V, result: string, exact: boolean): void {
    target.used.push({ name, variable: value });
    addPart(target, { text: result, from, to: index, variable: { name, value }, exact });
  }

  /** `${X:-word}`, `${X:+word}`, `${X:?word}`; without the colon an empty value counts as one. */
  function readAlternative(target: Processed<V>, use: Use, kind: "+" | "-" | "?", colon: boolean): void {
    const { name } = use;
    const word = readUntil("}", false, use.depth + 1);
    const value = lookup(name);
    const isThere = value !== null && !(colon && value.value === "");
    if (kind === "?" && !isThere) {
      const message = textOf(word.parts) || `is not allowed to be ${value === null ? "unset" : "empty"}`;
      throw new Refusal(`${name}: ${message}`, value === null ? [name] : []);
    }
    const usesWord = kind === "+" ? isThere : !isThere;
    if (value !== null && !usesWord && kind !== "+") {
      addVariable(target, use, value, value.value, true);
      return;
    }
    if (value !== null) target.used.push({ name, variable: value });
    if (!usesWord) return;
    for (const part of word.parts) target.parts.push(part);
    addNames(target, word);
  }

  /** `${X#pattern}`, `${X##pattern}`, `${X%pattern}`, `${X%%pattern}`. */
  function readTrim(target: Processed<V>, use: Use, kind: "#" | "%"): void {
    const word = readUntil("}", true, use.depth + 1);
    const pattern = textOf(word.parts);
    const isGreedy = pattern.startsWith(kind);
    const trim = kind === "#" ? trimPrefix : trimSuffix;
    addComputed(target, use, [word], (value) => trim(value, isGreedy ? pattern.slice(1) : pattern, isGreedy));
  }

  /** `${X/pattern/replacement}`, `${X//pattern/replacement}`. */
  function readReplacement(target: Processed<V>, use: Use): void {
    const isAll = text.charAt(index) === "/";
    if (isAll) index++;
    const pattern = readUntil("/", true, use.depth + 1);
    const replacement = readUntil("}", true, use.depth + 1);
    addComputed(target, use, [pattern, replacement], (value) =>
      replacePattern(value, textOf(pattern.parts), textOf(replacement.parts), isAll),
    );
  }

  function addComputed(
    target: Processed<V>,
    use: Use,
    words: readonly Processed<V>[],
    compute: (value: string) => PatternResult,
  ): void {
    const value = lookup(use.name);
    // What a pattern reads counts too: many can read much and leave nothing.
    count(value?.value.length ?? 0);
    const result = compute(value?.value ?? "");
    if ("error" in result) throw new Refusal(result.error);
    for (const word of words) addNames(target, word);
    if (value !== null) {
      addVariable(target, use, value, result.text, false);
      return;
    }
    target.unresolved.push(use.name);
    if (result.text !== "") {
      addPart(target, { text: result.text, from: use.from, to: index, variable: null, exact: false });
    }
  }

  return () => readUntil("", false, 0);
}
