/** Names of variables as BuildKit's shell lexer reads them (`processName` in shell/lex.go). */

import { characterAt } from "./characters.js";

// Made where they are needed, beyond ASCII: making one costs more than reading a line.
const isLetter = (char: string): boolean => /^\p{L}$/u.test(char);
const isNumeral = (char: string): boolean => /^\p{Nd}$/u.test(char);
const SPECIAL = "@*#?-$!";

function isDigit(char: string): boolean {
  return char.length === 1 && char <= "\x7f" ? char >= "0" && char <= "9" : isNumeral(char);
}

function isNameChar(char: string): boolean {
  if (char.length === 1 && char <= "\x7f") return /[A-Za-z0-9_]/.test(char);
  return isLetter(char) || isNumeral(char);
}

/**
 * The name at `from`: letters, digits and `_`; all digits when it starts with one; or a single special
 * parameter (`@ * # ? - $ !`). Empty when there is none.
 */
export function readName(text: string, from: number): string {
  const first = characterAt(text, from);
  if (first === "") return "";
  if (SPECIAL.includes(first)) return first;
  const belongs = isDigit(first) ? isDigit : isNameChar;
  let to = from;
  for (let char = first; char !== "" && belongs(char); char = characterAt(text, to)) to += char.length;
  return text.slice(from, to);
}

/** True for a name that is neither a number nor a special parameter: it begins with a letter or `_`. */
export function isOwnName(name: string): boolean {
  return /^[A-Za-z_]/.test(name) || isLetter(characterAt(name, 0));
}
