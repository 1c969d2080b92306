/** Which reports a run writes, and where. */
import { FORMATS } from "../../report/formats.js";
import { nearest } from "../../spelling.js";
import type { FormatChoice } from "./arguments.js";
import type { Command } from "./flags.js";
import type { Given } from "./given.js";
import { RunError } from "../run-error.js";

/**
 * Every `--format NAME[=FILE]`, or text where there is none; `--output` holds for the one without a file. Throws
 * RunError for a format that the command does not have, and for two reports that go to one place.
 */
export function formatsOf(given: Given, command: Command): readonly FormatChoice[] {
  const output = given.last("output");
  const choices = (given.has("format") ? given.all("format") : ["text"]).map((text) => choiceOf(text, command));
  const bare = choices.filter((choice) => choice.output === undefined);
  if (output !== null && bare.length === 0) {
    throw new RunError(`--output ${output} is for a --format without a file of its own, and there is none.`);
  }
  const [first, second] = bare;
  if (first && second) {
    const place = output === null || output === "-" ? "the standard output" : output;
    throw new RunError(
      `--format ${first.name} and --format ${second.name} both go to ${place}: give one a file, such as ` +
        `--format ${second.name}=FILE.`,
    );
  }
  const formats = choices.map(({ name, output: own = output ?? "-" }) => ({ name, output: own === "-" ? null : own }));
  const twice = formats.find((format, index) => formats.findIndex((other) => other.output === format.output) < index);
  if (twice) throw new RunError(`Two reports go to ${twice.output ?? "the standard output"}: give each its own file.`);
  return formats;
}

/** `output` undefined: where none is named. */
function choiceOf(text: string, command: Command): { name: string; output: string | undefined } {
  const at = text.indexOf("=");
  const name = at === -1 ? text : text.slice(0, at);
  const output = at === -1 ? undefined : text.slice(at + 1);
  if (name === "") throw new RunError(`--format ${text}: there is no name before the \`=\`.`);
  if (output === "") throw new RunError(`--format ${text}: there is no file behind the \`=\`.`);
  if (command !== "lint") refuseForLists(name, command);
  return { name, output };
}

/** When linting, what is none of our names may be a formatter made for ESLint; that is seen when it is loaded. */
function refuseForLists(name: string, command: Command): void {
  const format = FORMATS.find((known) => known.name === name);
  const takesAny = command === "help" || command === "version";
  const fits = ({ isForLists }: (typeof FORMATS)[number]): boolean => isForLists === true || isForLists === command;
  if (takesAny || (format && fits(format))) return;
  const fitting = FORMATS.filter(fits).map((known) => known.name);
  const wanted = `it takes ${fitting.slice(0, -1).join(", ")} or ${fitting.at(-1)}`;
  const what = command === "list-rules" ? "--list-rules" : `\`fromlint ${command}\``;
  if (format) throw new RunError(`--format ${name} is for findings, and ${what} shows none: ${wanted}.`);
  const near = nearest(name, fitting);
  throw new RunError(
    `${what} has no format ${JSON.stringify(name)}: ${wanted}${near ? `; did you mean ${near}?` : "."}`,
  );
}
