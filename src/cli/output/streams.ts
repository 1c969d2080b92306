/** The standard streams, as the commands see them. */
import { fstatSync, writeSync } from "node:fs";
import { reasonOf } from "../../files/reason.js";
import { RunError } from "../run-error.js";

/** A stream that is written to. Once its reader is gone, what is written is dropped. */
export interface Output {
  readonly isTerminal: boolean;
  /** The width of the terminal; a good one where there is none. */
  readonly columns: number;
  readonly write: (data: string | Uint8Array) => void;
}

/** Everything that a command touches besides files. */
export interface Streams {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: () => AsyncIterable<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  /** The file that runs the command, for its threads; without one there is a single thread. */
  readonly script?: string | null;
}

/** The argument that makes the command's script a thread (thread.ts); a command line cannot hold it. */
export const AS_THREAD = "\0thread";

const COLUMNS_WITHOUT_TERMINAL = 120;
const PAUSE_MS = 2;

/** The streams of this process. */
export function processStreams(script: string | null = null): Streams {
  return {
    script,
    stdout: outputOf(1),
    stderr: outputOf(2),
    stdin: () => process.stdin,
    env: process.env,
    get cwd() {
      return workingFolder();
    },
  };
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new RunError("The working directory is not there any more.");
  }
}

/**
 * Output that is no terminal is written straight to its descriptor: setting up `process.stdout` costs
 * milliseconds, and it loses what is not yet written when the process ends.
 */
function outputOf(descriptor: 1 | 2): Output {
  if (isTerminal(descriptor)) {
    const stream = descriptor === 1 ? process.stdout : process.stderr;
    stream.on("error", () => undefined); // the terminal is gone: nobody is left to tell
    return {
      isTerminal: true,
      columns: stream.columns || COLUMNS_WITHOUT_TERMINAL,
      write: (data) => stream.write(data),
    };
  }
  let isClosed = false;
  return {
    isTerminal: false,
    columns: COLUMNS_WITHOUT_TERMINAL,
    write: (data) => {
      isClosed ||= !writeAll(descriptor, typeof data === "string" ? Buffer.from(data) : data);
    },
  };
}

function isTerminal(descriptor: number): boolean {
  try {
    // node:tty costs a millisecond, and only a character device can be a terminal.
    return fstatSync(descriptor).isCharacterDevice() && process.getBuiltinModule("node:tty").isatty(descriptor);
  } catch {
    return false;
  }
}

/** False when nobody reads any more. Throws RunError for any other failure. */
function writeAll(descriptor: number, bytes: Uint8Array): boolean {
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return false;
      if (code !== "EAGAIN") throw new RunError(`The output cannot be written: ${reasonOf(error)}.`);
      // A pipe that is full and, because another process made it so, does not block.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
  return true;
}
