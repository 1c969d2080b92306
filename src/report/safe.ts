/** Makes text from a Dockerfile or a file name harmless on a terminal, in a log and in a report. */

// Those with properties of Unicode are made where they are needed: making one costs more than linting a line.

/** What nearly all text is; the others take the slow path. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Whatever acts on a terminal or cannot be seen: controls (C0, DEL, C1), format characters (bidi
 * controls, zero-width ones, the byte order mark), lone surrogates, line and paragraph separators,
 * characters that Unicode lets a renderer ignore, every space but the ordinary one, the blank Braille cell.
 */
const unsafe = (): RegExp =>
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]/gu;

/** The part of it that moves the cursor, colours, or reorders: what could forge output. A tab is fine. */
const forging = (): RegExp =>
  /[\0-\x08\n-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Cs}]/gu;

/** The same, but for line ends. */
const forgingInLines = (): RegExp =>
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Cs}]|\r(?!\n)/gu;

const SHORT: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/**
 * What CI systems take for a command in a log: `##[x]`, `##vso[x]` and `##teamcity[x]` anywhere (GitHub, Azure, TeamCity),
 * `::x` where a line starts (GitHub).
 */
const COMMAND = /##(?=[a-z]*\[)|^[ \t]*:(?=:)/gim;

/** One line in which nothing acts and nothing hides: ESC becomes `\x1b`, U+202E `\u202e`, a newline `\n`. */
export function safe(text: string): string {
  return inert(PLAIN.test(text) ? text : text.replace(unsafe(), escaped));
}

/** Lines in which a CI system finds no command. */
export function inert(text: string): string {
  if (!text.includes("##") && !text.includes("::")) return text;
  return text.replace(COMMAND, (found) => (found === "##" ? "#\\x23" : `${found.slice(0, -1)}\\x3a`));
}

/**
 * One line (without its line end) of a diff: as it is, so that a patch applies, except for what could
 * forge output. A line with such a character makes a patch that is refused, never one that does harm.
 */
export function safeDiffLine(line: string): string {
  return inert(PLAIN.test(line) ? line : line.replace(forging(), escaped));
}

/** The same length in UTF-16 units, with U+FFFD for what could forge output: for text whose positions count. */
export function safeInPlace(text: string): string {
  return text.replace(forgingInLines(), (character) => "\ufffd".repeat(character.length));
}

/** Well-formed Unicode: U+FFFD for a lone surrogate. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}

/** The same JSON value, with everything that `safe` would change written as `\uXXXX`. */
export function safeJson(json: string): string {
  const plain = PLAIN.test(json) ? json : json.replace(unsafe(), jsonEscaped);
  return plain.includes("##") ? plain.replace(/##(?=[a-z]*\[)/gi, "#\\u0023") : plain;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return SHORT[character] ?? `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
}

function jsonEscaped(character: string): string {
  let text = "";
  for (let index = 0; index < character.length; index++) {
    text += `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }
  return text;
}
