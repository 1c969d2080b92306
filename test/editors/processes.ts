/** Processes that a test starts: each bounded in time, each ended by its own id, none left behind. */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

export interface Ended {
  /** Null when a signal ended it. */
  readonly status: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly seconds: number;
}

/**
 * Runs a command to its end.
 *
 * @throws Error when it cannot be started or takes longer than `seconds`; it is ended then, with what it started
 */
export async function run(command: string, args: readonly string[], options: Options): Promise<Ended> {
  const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: "pipe", detached: true });
  const forget = endWithUs(child);
  child.stdin.end();
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  const late = new AbortController();
  const limit = setTimeout(() => {
    late.abort();
    endGroup(child, "SIGKILL");
  }, options.seconds * 1000);
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (late.signal.aborted) throw new Error(`${command} took longer than ${options.seconds} s\n${output}`);
    return { status, output };
  } finally {
    clearTimeout(limit);
    forget();
  }
}

/**
 * Runs a command that has to succeed.
 *
 * @returns its output
 * @throws Error with the end of its output when it fails
 */
export async function succeed(command: string, args: readonly string[], options: Options): Promise<string> {
  const { status, output } = await run(command, args, options);
  if (status === 0) return output;
  throw new Error(`${command} ${args.join(" ")}: exit status ${String(status)}\n${lastLines(output, 30)}`);
}

export interface Daemon {
  /** Ends it and everything that it started. */
  readonly end: () => Promise<void>;
}

/** Starts a process that runs until `end`, its output in the file `log`. */
export function startDaemon(
  command: string,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly log: string },
): Daemon {
  const log = openSync(options.log, "a");
  const child = spawn(command, args, { env: options.env, stdio: ["ignore", log, log], detached: true });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
  const forget = endWithUs(child);
  const end = async (): Promise<void> => {
    endGroup(child, "SIGTERM");
    await Promise.race([ended, delay(5_000, undefined, { ref: false })]);
    endGroup(child, "SIGKILL");
    forget();
  };
  return { end };
}

/** A process that still runs when this one ends is ended, too; what is returned lifts that. */
function endWithUs(child: ChildProcess): () => void {
  const end = (): void => endGroup(child, "SIGKILL");
  process.once("exit", end);
  return () => void process.off("exit", end);
}

/** `detached` made the child the leader of a group of its own, so its id names that group, too. */
function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

export function lastLines(text: string, count: number): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}
