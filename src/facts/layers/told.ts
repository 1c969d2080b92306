/** Steps and commands as messages show them: on one line, and short. */
import type { Argument, Command } from "../shell/command.js";
import { packageUse } from "../shell/commands/system-packages.js";
import type { Step } from "./step.js";
import { shortened } from "./written.js";
import { modelOf } from "../layer-findings/unknown-commands.js";

/** `apt-get install curl`. Options of package managers go first where it gets too long. */
export function toldCommand(command: Command): string {
  const { path, args } = command;
  const full = joined(path, args);
  const use = shortened(full) === full ? null : packageUse(command);
  return shortened(use ? joined(path, use.line.operands) : full);
}

/** `COPY . .` */
export function toldStep({ instruction: { keyword, flags, args } }: Step): string {
  const kept = flags.filter(({ name }) => name === "from");
  const options = kept.map(({ name, value }) => ` --${name}${value ? `=${value.text}` : ""}`).join("");
  return shortened(onOneLine(`${keyword.text.toUpperCase()}${options}${args ? ` ${args.text}` : ""}`));
}

/** The first command of a RUN that costs; the step itself where none is known to. */
export function toldCost(step: Step): string {
  const { script } = step.work;
  const costly =
    script?.kind === "commands" ? script.commands.find((command) => modelOf(command).cost === 3) : undefined;
  return costly ? toldCommand(costly) : toldStep(step);
}

function joined(path: string, args: readonly Argument[]): string {
  return onOneLine([path, ...args.map(({ text, prefix }) => text ?? `${prefix}…`)].join(" "));
}

function onOneLine(text: string): string {
  return text.replace(/[\s`]+/g, " ").trim();
}
