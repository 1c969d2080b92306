/** The arguments of an instruction cut into words, as BuildKit's line_parsers.go cuts them. */
import { isSeparator, isSpace } from "./characters.js";

/** Indexes into the logical text, end exclusive. */
export type Span = readonly [from: number, to: number];

/** Words between white space, quotes have no meaning (`parseStringsWhitespaceDelimited`). */
export function splitOnWhitespace(text: string, from: number, to: number): Span[] {
  const words: Span[] = [];
  let index = from;
  while (index < to) {
    while (index < to && isSeparator(text.charCodeAt(index))) index++;
    const start = index;
    while (index < to && !isSeparator(text.charCodeAt(index))) index++;
    if (index > start) words.push([start, index]);
  }
  return words;
}

/** Words between white space outside quotes; quotes and escapes stay in them (`parseWords`). */
export function splitQuoted(text: string, from: number, to: number, escape: string): Span[] {
  const words: Span[] = [];
  let index = from;
  for (;;) {
    while (index < to && isSpace(text.charCodeAt(index))) index++;
    if (index >= to) return words;
    const start = index;
    let quote = "";
    let dropped = 0;
    for (; index < to; index++) {
      const char = text.charAt(index);
      if (quote === "" && isSpace(char.charCodeAt(0))) break;
      if (char === quote) quote = "";
      else if (quote === "" && (char === "'" || char === '"')) quote = char;
      if (char !== escape || quote === "'") continue;
      // An escape character at the very end is dropped.
      if (index + 1 === to) dropped = 1;
      else index++;
    }
    if (index - dropped > start || dropped === 0) words.push([start, index - dropped]);
  }
}
