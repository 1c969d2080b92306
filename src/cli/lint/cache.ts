/**
 * Results of earlier runs (`--cache`): one line a file, as `digest TAB path TAB key TAB asked TAB entry`. A line that is
 * not whole does not count.
 */
import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { LintResult } from "../../result.js";
import { decode } from "../../syntax/decode.js";
import { reasonOf } from "../../files/reason.js";
import { cacheFolder, makeOwnFolder, readOwn } from "../../files/user-cache.js";
import type { Input } from "../files/inputs.js";
import type { Linter } from "./linter.js";
import { RunError } from "../run-error.js";
import type { Streams } from "../output/streams.js";
import { answersAsBefore, digest, type Trace, type Tracer } from "./trace.js";
import { writeWhole } from "../output/write.js";

export interface ResultCache {
  /** True for a file whose result is known and would be the same today. */
  readonly has: (input: Input) => boolean;
  /** The result of a file that is known; what linting it showed besides is noted in `linter`. */
  readonly recall: (filePath: string, linter: Linter) => LintResult;
  readonly keep: (result: LintResult, trace: Trace) => void;
  /** Writes it all down; what files hold that are not in this run stays. Throws RunError. */
  readonly save: () => void;
}

const HEADER = "fromlint results 1";
/** A larger file is none of ours. */
const MOST_BYTES = 512 * 1024 * 1024;

/**
 * Where a run in `cwd` keeps its results: the file of `--cache-location`, or one in there when that is a folder, else
 * one in the user's own cache folder. Not beside the code: a repository could then bring results of its own making.
 */
export function cacheFile(location: string | null, { cwd, env }: Pick<Streams, "cwd" | "env">): string {
  const name = `results-${digest(cwd)}.txt`;
  if (location !== null) {
    const path = resolve(cwd, location);
    const isFolder = /[/\\]$/.test(location) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    return isFolder ? join(path, name) : path;
  }
  const folder = cacheFolder(env, env.HOME ?? homedir());
  if (folder === null || !makeOwnFolder(folder)) {
    throw new RunError("--cache: there is no cache folder of this user's own; say where with --cache-location FILE.");
  }
  return join(folder, name);
}

/** The results in `file`; what is there and cannot be read, belongs to someone else, or is broken counts for nothing. */
export function openCache(file: string, tracer: Tracer): ResultCache {
  const known = new Map<string, Line>();
  for (const line of linesIn(file)) known.set(line.path, line);
  const kept = new Map<string, string>();
  return {
    has: (input) => {
      const line = known.get(input.filePath);
      const { bytes } = line ? input.read() : { bytes: null };
      if (!line || bytes === null) return false;
      const { text, problem } = decode(bytes);
      const isSame = tracer.keyOf(input.filePath, text, problem) === line.key;
      return isSame && answersAsBefore(JSON.parse(line.asked) as Trace["asked"]);
    },
    recall: (filePath, linter) => {
      const line = known.get(filePath);
      if (!line) throw new Error(`there is no result of ${filePath}`);
      const { result, exemptions, target } = JSON.parse(line.entry) as Entry;
      linter.recall(filePath, exemptions, target);
      return result;
    },
    keep: (result, { key, asked, exemptions, target }) => {
      const entry: Entry = { result, exemptions, target };
      const rest = [result.filePath, key, asked, entry].map((part) => JSON.stringify(part)).join("\t");
      kept.set(result.filePath, `${digest(rest)}\t${rest}`);
    },
    save: () => {
      if (kept.size === 0) return;
      const old = [...known.values()].filter(({ path }) => !kept.has(path) && existsSync(path));
      const lines = [HEADER, ...old.map(({ whole }) => whole), ...kept.values()];
      try {
        writeWhole(file, `${lines.join("\n")}\n`);
      } catch (error) {
        throw new RunError(`The cache ${file} cannot be written: ${reasonOf(error)}.`);
      }
    },
  };
}

type Entry = { readonly result: LintResult } & Pick<Trace, "exemptions" | "target">;

/** The last two as JSON. */
interface Line {
  readonly whole: string;
  readonly path: string;
  readonly key: string;
  readonly asked: string;
  readonly entry: string;
}

function linesIn(file: string): Line[] {
  // A file that someone else can write to says what they want.
  const [header, ...lines] = (readOwn(file, MOST_BYTES)?.toString("utf8") ?? "").split("\n");
  return header === HEADER ? lines.flatMap((line) => lineOf(line) ?? []) : [];
}

function lineOf(whole: string): Line | null {
  const [sum, path, key, asked, entry] = whole.split("\t");
  if (path === undefined || key === undefined || asked === undefined || entry === undefined) return null;
  if (digest(whole.slice(whole.indexOf("\t") + 1)) !== sum) return null;
  return { whole, path: JSON.parse(path) as string, key: JSON.parse(key) as string, asked, entry };
}
