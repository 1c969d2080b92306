/** Two RUNs that stand one behind the other, as one. */
import type { Edit } from "../../rule.js";
import type { CommandInstruction, Instruction } from "../../syntax/nodes.js";
import type { DockerfileSource } from "../../syntax/source.js";
import { blockOf } from "./move.js";

type JoinSource = Pick<DockerfileSource, "text" | "ast" | "escape">;

/** Commands behind which others find another shell than a new RUN gives them. */
const CHANGES_SHELL =
  /(?:^|&&)\s*(?:[A-Za-z_]\w*=|(?:cd|pushd|popd|export|set|unset|umask|ulimit|exit|exec|return|trap|alias|source|\.|shopt|readonly|declare|local|typeset|eval|if|for|while|until|case|!|time)(?=\s|$))/;

/**
 * The edits that put `first` into `second`, the next instruction, as `first && second`. Comments stay above it.
 * Null unless both are plain lists of `&&` with the same flags, so that one shell does what two did.
 */
export function joinRuns(source: JoinSource, first: Instruction, second: Instruction): readonly Edit[] | null {
  const { instructions } = source.ast;
  if (instructions[instructions.indexOf(first) + 1] !== second) return null;
  if (!isPlain(first) || !isPlain(second) || flagsOf(first) !== flagsOf(second)) return null;
  const { text, escape } = source;
  const [start, end] = first.args.range;
  const [block, line] = [blockOf(first, first.range[0], source), text.indexOf("\n", first.range[1])];
  const rest = text.slice(first.range[1], line < 0 ? undefined : line);
  if (line < 0 || rest.includes(escape)) return null;
  const written = text.slice(start, end);
  const eol = text.charAt(line - 1) === "\r" ? "\r\n" : "\n";
  const joint = written.includes("\n") ? ` ${escape}${eol}    && ` : " && ";
  return [
    { range: [block[0], line + 1], text: "" },
    { range: [second.args.range[0], second.args.range[0]], text: written + joint },
  ];
}

type PlainRun = CommandInstruction & { readonly args: NonNullable<CommandInstruction["args"]> };

function isPlain(instruction: Instruction): instruction is PlainRun {
  if (instruction.type !== "Run" || instruction.exec || !instruction.args || instruction.heredocs.length > 0)
    return false;
  const { text } = instruction.args;
  return isListOfAnd(text) && !CHANGES_SHELL.test(text);
}

/** True for `a && b`: no other operator, no quote that could hide one, no expansion that sets a variable. */
function isListOfAnd(text: string): boolean {
  return !/[;|(){}<`\n#'"\\]/.test(text) && !/(?:^|[^&])&(?:[^&]|$)/.test(text);
}

function flagsOf({ flags }: Instruction): string {
  return JSON.stringify(flags.map(({ name, value }) => [name, value?.text ?? null]));
}
