/** An instruction or a command as it is written, short enough for a message. */
import type { Range } from "../../syntax/nodes.js";
import type { Command } from "../shell/command.js";

/** UTF-16 units: three of them, with what a message says of them, fit two lines of a terminal. */
const LONGEST = 32;

/** On one line: continuations and blanks as one blank, heredocs left out; the end of a long one as `…`. */
export function written(
  { range }: { readonly range: Range },
  { text, escape }: { text: string; escape: string },
): string {
  const lines = text.slice(range[0], Math.min(range[1], range[0] + 4 * LONGEST)).split(/\r?\n/);
  const words: string[] = [];
  for (const line of lines) {
    const plain = line.trim();
    if (plain.startsWith("#") && words.length > 0) continue;
    const isContinued = plain.endsWith(escape);
    words.push(isContinued ? plain.slice(0, -1).trim() : plain);
    if (!isContinued) break;
  }
  return shortened(words.filter(Boolean).join(" ").replace(/\s+/g, " "));
}

/** A command without the variables that are set for it and what it is run by. */
export function writtenCommand(command: Command, source: { text: string; escape: string }): string {
  const [first, last] = [command.args[0], command.args.at(-1)];
  if (!first || !last) return command.path;
  return shortened(`${command.path} ${written({ range: [first.range[0], last.range[1]] }, source)}`);
}

/** A long text is cut behind a word, and ends in `…`. */
export function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const end = text.lastIndexOf(" ", LONGEST - 2);
  if (end >= LONGEST / 2) return `${text.slice(0, end)} …`;
  return `${text.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
