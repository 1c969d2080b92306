/** Character classes and trimming as Go has them: BuildKit's parser is written in terms of these. */

/** Go's `unicode.IsSpace`, for one UTF-16 unit. It differs from `\s`: U+0085 is one, U+FEFF is none. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** What separates keyword and arguments: `[\t\v\f\r ]` (`reWhitespace` in parser.go). */
export function isSeparator(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0b || code === 0x0c || code === 0x0d;
}

/** White space below U+0080, all that BuildKit sees where it goes through a line byte by byte. */
export function isAsciiSpace(code: number): boolean {
  return code < 0x80 && isSpace(code);
}

/**
 * Whether the UTF-8 form of a character holds the byte 0x85 or 0xA0. Where BuildKit goes through a line byte by byte
 * (flags, the type of HEALTHCHECK) it takes these for white space: the word ends inside of `à` or `😅`.
 */
export function holdsSpaceByte(codePoint: number): boolean {
  const continuationBytes = codePoint < 0x80 ? 0 : codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
  for (let byte = 0; byte < continuationBytes; byte++) {
    const bits = (codePoint >> (6 * byte)) & 0x3f;
    if (bits === 0x05 || bits === 0x20) return true;
  }
  return false;
}

/** The first index in [from, to) that holds no white space; `to` when there is none. */
export function skipSpace(text: string, from: number, to: number): number {
  let index = from;
  while (index < to && isSpace(text.charCodeAt(index))) index++;
  return index;
}

/** The end of [from, to) without trailing white space. */
export function trimSpaceEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

/** The end of [from, to) without trailing `\r` and `\n`, however many (`trimNewline` in parser.go). */
export function trimNewlineEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && (text.charCodeAt(end - 1) === 0x0a || text.charCodeAt(end - 1) === 0x0d)) end--;
  return end;
}

/** The character at `index`, a surrogate pair taken whole; empty behind the end. */
export function characterAt(text: string, index: number): string {
  const code = text.codePointAt(index);
  return code === undefined ? "" : String.fromCodePoint(code);
}
