/** Where a report goes: a stream or a file. */
import type { Arguments, FormatChoice } from "../arguments/arguments.js";
import type { Output, Streams } from "./streams.js";

export interface Sink {
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly write: (text: string) => void;
  /** Everything that was written has to be out afterwards. Throws RunError. */
  readonly end: () => void;
}

/** Small writes to a pipe are gathered: a system call for each would cost more than the report. */
const GATHERED = 1 << 16;

/**
 * Where a run's report goes: to its file, else to the standard output. What `--fix-dry-run` and the fixed
 * standard input print goes to the standard output alone, so that it can be piped on; the report then
 * follows on the standard error. Rejects with RunError for a file that is a folder.
 */
export async function sinkFor({ output }: FormatChoice, args: Arguments, streams: Streams): Promise<Sink> {
  const { stdout, stderr, cwd } = streams;
  if (output !== null) return (await import("./file-sink.js")).fileSink(output, cwd, stdout.columns);
  const isStdoutTaken = args.fix === "dry-run" || (args.fix === "write" && args.paths[0] === "-");
  return isStdoutTaken ? streamSink(stderr, true) : streamSink(stdout, false);
}

/** `hold`: nothing comes out before the end, so that it does not mix with another stream. */
function streamSink(output: Output, hold: boolean): Sink {
  let held: string[] = [];
  let size = 0;
  const flush = (): void => {
    if (held.length > 0) output.write(held.join(""));
    held = [];
    size = 0;
  };
  return {
    isTerminal: output.isTerminal,
    columns: output.columns,
    write: (text) => {
      if (text === "") return;
      held.push(text);
      size += text.length;
      if (!hold && (output.isTerminal || size >= GATHERED)) flush();
    },
    end: flush,
  };
}
