/** Shell words with variables put in, as far as they are known before the build. */
import type { ParsedScript, Word, WordPart } from "unbash";
import type { Lookup } from "./scope.js";

export interface StaticWord {
  readonly text: string | null;
  readonly prefix: string;
  readonly pattern: boolean;
}

/** Collects the parts of a word, one after the other. */
interface Draft {
  text: string;
  /** False behind the first part that is not known. */
  known: boolean;
  pattern: boolean;
}

/** Evaluates a word; `nested` is called with each script inside it: `$(…)`, `<(…)`. */
export function readWord(word: Word, lookup: Lookup, nested: (script: ParsedScript | undefined) => void): StaticWord {
  const draft: Draft = { text: "", known: true, pattern: false };
  if (word.parts === undefined) add(draft, tilde(word.value, word.text, lookup));
  else {
    const [first] = word.parts;
    if (first?.type === "Literal" && first.value.startsWith("~")) addTilde(draft, first.value, first.text, lookup);
    else if (first) addPart(draft, first, lookup, nested, false);
    for (const part of word.parts.slice(1)) addPart(draft, part, lookup, nested, false);
  }
  return { text: draft.known ? draft.text : null, prefix: draft.text, pattern: draft.pattern };
}

function add(draft: Draft, text: string | null): void {
  if (text === null) draft.known = false;
  else if (draft.known) draft.text += text;
}

function addTilde(draft: Draft, value: string, text: string, lookup: Lookup): void {
  add(draft, tilde(value, text, lookup));
}

/** `~` and `~/x` with the home folder put in; another user's is not known. */
function tilde(value: string, text: string, lookup: Lookup): string | null {
  if (!text.startsWith("~")) return value;
  if (value !== "~" && !value.startsWith("~/")) return null;
  const home = lookup("HOME");
  return typeof home === "string" ? home + value.slice(1) : null;
}

function addPart(
  draft: Draft,
  part: WordPart,
  lookup: Lookup,
  nested: (script: ParsedScript | undefined) => void,
  quoted: boolean,
): void {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "AnsiCQuoted": {
      add(draft, part.value);
      return;
    }
    case "DoubleQuoted":
    case "LocaleString":
      for (const inner of part.parts) addPart(draft, inner, lookup, nested, true);
      return;
    case "SimpleExpansion": {
      add(draft, valueOf(part.text.slice(1), lookup, quoted));
      return;
    }
    case "ParameterExpansion": {
      const { operation, prefix, index, parameter } = part;
      if (operation?.type === "Default") readWord(operation.operand, lookup, nested);
      const plain = prefix === undefined && index === undefined;
      if (plain && operation === undefined) {
        add(draft, valueOf(parameter, lookup, quoted));
        return;
      }
      const isDefault = plain && operation?.type === "Default" && operation.operator === ":-";
      const value = isDefault ? valueOf(parameter, lookup, quoted) : null;
      add(draft, value === "" ? null : value);
      return;
    }
    case "CommandExpansion":
    case "ProcessSubstitution":
      nested(part.script);
      {
        add(draft, null);
        return;
      }
    case "Glob":
      draft.pattern = true;
      {
        add(draft, part.text);
        return;
      }
    case "ExtendedGlob":
    case "BraceExpansion":
      draft.pattern = true;
      for (const inner of part.parts ?? []) addPart({ ...draft }, inner, lookup, nested, quoted);
      {
        add(draft, null);
        return;
      }
    case "ArithmeticExpansion": {
      add(draft, null);
      return;
    }
  }
}

/** Longer values are not followed, so that variables which double each other cannot fill the memory. */
const LONGEST_VALUE = 1024;

/** The value of a variable; outside quotes only one that stays a single word. */
function valueOf(name: string, lookup: Lookup, quoted: boolean): string | null {
  const value = lookup(name) ?? null;
  if (value === null || value.length > LONGEST_VALUE) return null;
  if (quoted) return value;
  return value === "" || /[\s*?[]/.test(value) ? null : value;
}
