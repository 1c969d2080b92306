/** Texts that every reader of Dockerfiles cuts alike, so that a second reader need not be asked. */

/**
 * What readers differ on, found by comparing dockerfile-ast with BuildKit's rules: heredocs, escape characters that
 * are neither a continuation at the very end of a line, behind something, nor in front of a plain character, an escape character of
 * one's own, comments with an escape character or like a directive, and characters that only some take for spaces or line ends.
 */
const UNUSUAL = new RegExp(
  [
    "<<",
    // Doubled, or with white space behind it that is not the line end.
    String.raw`\\(?:\\|[^\S\r\n]|$(?![\r\n]))`,
    // At the start of a line, or right behind its first word.
    String.raw`^[^\S\n]*\S*\\\r?$`,
    String.raw`^[^\S\n]*\\`,
    String.raw`^[^\S\n]*#[^\n]*(?:\\|escape)`,
    // Comments that look like a directive.
    String.raw`^[^\S\n]*#(?![^\S\n]*(?:syntax|check)=[^#\n]*$)[^\n]*=`,
    String.raw`[^\S \t\r\n]|[\0\x85\u180e\u200b\ufeff]|\r(?!\n)`,
  ].join("|"),
  "im",
);

/** False for a text whose instructions all readers see in the same places; linear in its length. */
export function mayBeReadDifferently(text: string): boolean {
  return UNUSUAL.test(text);
}
