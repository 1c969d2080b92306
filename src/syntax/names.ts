/** Names of variables as BuildKit's shell lexer reads them (`processName` in shell/lex.go). */

import { characterAt } from "./characters.js";

const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;
const SPECIAL = "@*#?-$!";

function isDigit(char: string): boolean {
  return char.length === 1 && char <= "\x7f" ? char >= "0" && char <= "9" : DIGIT.test(char);
}

function isNameChar(char: string): boolean {
  if (char.length === 1 && char <= "\x7f") return /[A-Za-z0-9_]/.test(char);
  return LETTER.test(char) || DIGIT.test(char);
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
