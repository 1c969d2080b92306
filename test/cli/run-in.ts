/** Runs the command line inside the test's process, with streams that are kept. */
import { run } from "../../src/cli/run.js";
import type { Output, Streams } from "../../src/cli/output/streams.js";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the outputs are terminals. */
  readonly isTerminal?: boolean;
  /** How wide they are; 80 when left out. */
  readonly columns?: number;
}

/** `argv` may be one line, split at spaces. */
export async function runIn(folder: string, argv: string | readonly string[], around: Surroundings = {}): Promise<Ran> {
  const written: Record<"stdout" | "stderr", Uint8Array[]> = { stdout: [], stderr: [] };
  const output = (name: "stdout" | "stderr"): Output => ({
    isTerminal: around.isTerminal ?? false,
    columns: around.columns ?? 80,
    write: (data) => written[name].push(Buffer.from(data)),
  });
  const streams: Streams = {
    stdout: output("stdout"),
    stderr: output("stderr"),
    // eslint-disable-next-line @typescript-eslint/require-await -- a stream that has all it will ever have
    stdin: async function* () {
      yield Buffer.from(around.stdin ?? "");
    },
    env: around.env ?? {},
    cwd: folder,
  };
  const words = typeof argv === "string" ? argv.split(" ").filter(Boolean) : argv;
  const code = await run(words, streams);
  return {
    code,
    stdout: Buffer.concat(written.stdout).toString(),
    stderr: Buffer.concat(written.stderr).toString(),
  };
}
