/** Edits that take a word or a command out of a RUN and leave the rest as it is written. */
import type { Edit } from "../../rule.js";
import { linesWithComments } from "../layers/move.js";
import type { Step } from "../layers/step.js";
import type { Argument, Command } from "../shell/command.js";
import type { LintSource } from "../facts.js";

/** Blanks, line ends with or without a continuation, comment lines. */
const BLANK = String.raw`(?:\s|[\\\u0060][ \t]*\r?\n|(?<=\n[ \t]*)#[^\n]*\n)*`;
const JOINED = new RegExp(`^${BLANK}(?:&&|;)${BLANK}$`);
const NOTHING = new RegExp(`^${BLANK}$`);

/** An edit, and whether it leaves nothing of the RUN. */
export interface Cut {
  readonly edit: Edit;
  readonly isAll: boolean;
}

/**
 * Takes an operand away from `command`, and the command when it was the last: `a && rm b` becomes `a`, and a RUN of
 * that command alone goes with its comments. Null where the text around does not allow it, such as in `rm b || true`.
 */
export function cutOperand(
  operand: Argument,
  operands: readonly Argument[],
  command: Command,
  step: Step,
  source: LintSource,
): Cut | null {
  const { text } = source;
  if (!text.slice(...command.range).includes(text.slice(...operand.range))) return null;
  if (operands.length === 1) return cutCommand(command, step, source);
  const before = command.args[command.args.indexOf(operand) - 1];
  const start = before?.range[1];
  if (start === undefined || !NOTHING.test(text.slice(start, operand.range[0]))) return null;
  return { edit: { range: [start, operand.range[1]], text: "" }, isAll: false };
}

function cutCommand(command: Command, { work, instruction }: Step, source: LintSource): Cut | null {
  const { script } = work;
  if (script?.kind !== "commands" || !script.complete || instruction.type !== "Run" || instruction.exec) return null;
  const index = script.commands.indexOf(command);
  const [previous, next] = [script.commands[index - 1], script.commands[index + 1]];
  const [start, end] = command.range;
  const { text } = source;
  if (!previous && !next) {
    const body = instruction.args?.range;
    const lines = linesWithComments(source, instruction);
    const isAll = body?.[0] === start && body[1] === end && instruction.heredocs.length === 0;
    return isAll && lines ? { edit: { range: lines, text: "" }, isAll: true } : null;
  }
  if (next) {
    if (!JOINED.test(text.slice(end, next.range[0]))) return null;
    return { edit: { range: [start, next.range[0]], text: "" }, isAll: false };
  }
  const joint = text.slice(previous?.range[1], start);
  if (!previous || !JOINED.test(joint) || !NOTHING.test(text.slice(end, instruction.range[1]))) return null;
  return { edit: { range: [previous.range[1], end], text: "" }, isAll: false };
}
