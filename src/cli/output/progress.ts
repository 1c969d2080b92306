/** The line that says how far a long run is. */
import type { Output } from "./streams.js";

export interface Progress {
  /** `done` of `all` are done. */
  readonly update: (done: number, all: number) => void;
  /** Takes the line away, before anything else is written to the terminal. */
  readonly clear: () => void;
}

/** Runs shorter than this show nothing. */
const DELAY_MS = 1000;
const INTERVAL_MS = 100;
const ERASE_LINE = "\r\x1b[K";

/** Shown on a terminal only: `Linting 3 of 900 files`. `now` is in milliseconds. */
export function progressOn(output: Output, now: () => number = Date.now, verb = "Linting", noun = "files"): Progress {
  let due = now() + DELAY_MS;
  let isShown = false;
  return {
    update: (done, all) => {
      if (!output.isTerminal || now() < due) return;
      due = now() + INTERVAL_MS;
      isShown = true;
      output.write(`${ERASE_LINE}${verb} ${done} of ${all} ${noun}`);
    },
    clear: () => {
      if (isShown) output.write(ERASE_LINE);
      isShown = false;
    },
  };
}
