/** What a run reads: the Dockerfiles that were found, or the standard input. */
import { resolve } from "node:path";
import type { LintResult } from "../../result.js";
import type { Arguments } from "../arguments/arguments.js";
import { discover } from "./discover.js";
import { readBytes, readStream, type FileBytes } from "../../files/read.js";
import { RunError } from "../run-error.js";
import type { Streams } from "../output/streams.js";
import { unreadableFolder } from "../lint/results.js";

export interface Input {
  /** Absolute; `<stdin>` for a standard input without a name. */
  readonly filePath: string;
  readonly isStdin: boolean;
  readonly read: () => FileBytes;
}

export interface Inputs {
  readonly files: readonly Input[];
  /** Folders that could not be looked into. */
  readonly folders: readonly LintResult[];
}

/** A file on disk (absolute path). */
export function fileInput(filePath: string): Input {
  return { filePath, isStdin: false, read: () => readBytes(filePath) };
}

/** Throws RunError for a path that does not exist, and for a report that would replace a Dockerfile. */
export async function inputsOf(args: Arguments, streams: Streams): Promise<Inputs> {
  const { cwd } = streams;
  if (args.paths[0] === "-") {
    const bytes = await readStream(streams.stdin());
    const filePath = args.stdinFilename === null ? "<stdin>" : resolve(cwd, args.stdinFilename);
    return { files: [{ filePath, isStdin: true, read: () => bytes }], folders: [] };
  }
  const { files, unreadable } = await discover(args.paths, { cwd, ignore: args.ignore, exclude: args.exclude });
  const overwritten = args.formats.find(({ output }) => output !== null && files.includes(resolve(cwd, output)));
  if (overwritten) throw new RunError(`The report cannot go to ${overwritten.output}: this is one of the Dockerfiles.`);
  return {
    files: files.map(fileInput),
    folders: unreadable.map(({ path, reason, isNamed }) => unreadableFolder(path, reason, isNamed)),
  };
}
