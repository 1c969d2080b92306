/** Texts that every reader of Dockerfiles cuts alike, so that a second reader need not be asked. */
import type { Instruction, Range } from "./nodes.js";

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
    String.raw`^[^\S\n]*#[^\n]*(?:\\|[eE][sS][cC][aA][pP][eE])`,
    // Comments that look like a directive.
    String.raw`^[^\S\n]*#(?![^\S\n]*(?:syntax|check)=[^#\n]*$)[^\n]*=`,
    String.raw`[^\S \t\r\n]|[\0\x85\u180e\u200b\ufeff]|\r(?!\n)`,
  ].join("|"),
  // Without `i`: with it, V8 takes longer to close these sets of characters over cases than to read a usual file.
  "m",
);

/** The line of an instruction with one heredoc of the usual form: a bare name, perhaps in quotes, among bare words. */
const USUAL_HEREDOC = (() => {
  const word = String.raw`[\w./:=@%+,$~>&|;-]+`;
  const opener = String.raw`<<-?(?<quote>["']?)[a-z_]\w*\k<quote>`;
  return new RegExp(String.raw`^(?:run|copy|add)[ \t]+(?:${word}[ \t]+)*${opener}(?:[ \t]+${word})*[ \t]*\r?\n$`, "i");
})();

/** Carriage returns alone end a line of a heredoc for some. */
const LONE_RETURN = /\r(?!\n)/;

/**
 * False for a text whose instructions all readers see in the same places; linear in its length. `instructions` are
 * those that the text was cut into.
 */
export function mayBeReadDifferently(text: string, instructions: readonly Instruction[]): boolean {
  if (!text.includes("<<")) return UNUSUAL.test(text);
  if (LONE_RETURN.test(text)) return true;
  const rest: string[] = [];
  let end = 0;
  for (const instruction of instructions) {
    const heredoc = usualHeredoc(instruction, text);
    if (heredoc === null) continue;
    rest.push(text.slice(end, instruction.range[0]));
    end = heredoc[1];
  }
  rest.push(text.slice(end));
  return UNUSUAL.test(rest.join(""));
}

/** From the instruction's start to the end of its heredoc; null for one with none, or one that is not the usual. */
function usualHeredoc({ heredocs, range }: Instruction, text: string): Range | null {
  const [heredoc] = heredocs;
  if (heredocs.length !== 1 || heredoc?.terminated !== true) return null;
  return USUAL_HEREDOC.test(text.slice(range[0], heredoc.body[0])) ? range : null;
}
