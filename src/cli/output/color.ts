/** Whether an output is coloured. */
import type { Output, Streams } from "./streams.js";

/** What was asked for (`--color`, `--no-color`), else NO_COLOR, else FORCE_COLOR, else whether it is a terminal. */
export function isColored(asked: boolean | null, output: Pick<Output, "isTerminal">, env: Streams["env"]): boolean {
  if (asked !== null) return asked;
  if (env.NO_COLOR) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return output.isTerminal && env.TERM !== "dumb";
}
