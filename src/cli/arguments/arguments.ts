/** Command line -> what to do, or what is wrong with it. */
import { isDate } from "../../facts/dates.js";
import { FLAGS, type Command, type Flag, type FlagName } from "./flags.js";
import { formatsOf } from "./format-choices.js";
import { readCommandLine, type Given } from "./given.js";
import { RunError } from "../run-error.js";

/** A command line as it was meant. Paths and file names are as given, relative to the working directory. */
export interface Arguments {
  readonly command: Command;
  /** What to lint; `["."]` when nothing was named, `["-"]` for the standard input. */
  readonly paths: readonly string[];
  readonly stdinFilename: string | null;
  readonly exclude: readonly string[];
  /** False for `--no-ignore`. */
  readonly ignore: boolean;
  /** `--changed`: the commit to compare with, or that of the default branch. Null: every line counts. */
  readonly changed: { readonly since: string | null } | null;
  /** `--shard 2/5`: both 1-based. */
  readonly shard: { readonly index: number; readonly of: number } | null;
  readonly baseline: string | null;
  /** What becomes of the baseline after the run. */
  readonly baselineChange: "update" | "prune" | null;
  readonly config: string | null;
  readonly policy: string | null;
  /** Each `NAME=SEVERITY`; not checked here. */
  readonly rules: readonly string[];
  /** YYYY-MM-DD; null for the real one. */
  readonly date: string | null;
  readonly printConfig: string | null;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly buildContexts: Readonly<Record<string, string>>;
  readonly target: string | null;
  readonly context: string | null;
  /** Each as `--change` takes it; whether the file has such a thing is not checked here. */
  readonly changes: readonly string[];
  /** Ask registries; `fresh`: without the cache. */
  readonly online: "cached" | "fresh" | null;
  /** What `lock` is to ask for again: everything, these images (not checked here), or nothing that it has. */
  readonly update: "all" | readonly string[] | null;
  readonly check: boolean;
  /** `init`: in the place of a policy that is there. */
  readonly force: boolean;
  /** `init`: print the policy, write nothing. */
  readonly toStdout: boolean;
  readonly fix: "write" | "dry-run" | null;
  /** Names of rules whose first suggestion is applied; not checked here. */
  readonly apply: readonly string[];
  /** At least one; no two go to the same place. */
  readonly formats: readonly FormatChoice[];
  readonly quiet: boolean;
  /** Keep results, and take those that would be the same. */
  readonly cache: boolean;
  /** A file, or a folder for it; null for the user's own cache folder. */
  readonly cacheLocation: string | null;
  /** How many threads lint; `auto`: as many as the machine and the files call for. */
  readonly concurrency: number | "auto";
  readonly maxWarnings: number | null;
  /** Null: as the terminal is. */
  readonly color: boolean | null;
  /** How `fromlint lsp` talks to its client. */
  readonly transport: "stdio" | "node-ipc";
}

export interface FormatChoice {
  /** One of our formats, or when linting the path or the package of a formatter made for ESLint. */
  readonly name: string;
  /** Null: the standard output. */
  readonly output: string | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `argv` (without node and script). `env` gives FROMLINT_POLICY and the value of a bare
 * `--build-arg NAME`. Throws RunError for what cannot be meant.
 */
export function parseArguments(argv: readonly string[], env: Environment): Arguments {
  const given = readCommandLine(argv);
  const command = commandOf(given);
  if (command !== "help" && command !== "version") refuseContradictions(given, command);
  const color = given.lastOf("color", "no-color");
  return {
    command,
    paths: given.paths.length > 0 ? given.paths : ["."],
    stdinFilename: given.last("stdin-filename"),
    exclude: given.all("exclude"),
    ignore: !given.has("no-ignore"),
    changed: given.has("changed") ? { since: nonEmpty(given.last("changed") ?? "") } : null,
    shard: shardOf(given.last("shard")),
    baseline: given.last("baseline"),
    baselineChange: given.has("update-baseline") ? "update" : given.has("prune") ? "prune" : null,
    config: given.last("config"),
    policy: given.last("policy") ?? nonEmpty(env.FROMLINT_POLICY),
    rules: given.all("rule"),
    date: checked("date", given.last("date"), isDate, "a day, such as 2027-01-31"),
    printConfig: given.last("print-config"),
    buildArgs: Object.fromEntries(given.all("build-arg").flatMap((text) => buildArg(text, env))),
    buildContexts: Object.fromEntries(given.all("build-context").map((text) => pair("build-context", text))),
    target: given.last("target"),
    context: given.last("context"),
    changes: given.all("change").map(changeOf),
    online: given.has("online") ? (given.has("refresh") ? "fresh" : "cached") : null,
    update: updateOf(given),
    check: given.has("check"),
    force: given.has("force"),
    toStdout: given.has("stdout"),
    fix: given.has("fix-dry-run") ? "dry-run" : given.has("fix") ? "write" : null,
    apply: given.all("apply").flatMap(ruleNames),
    formats: formatsOf(given, command),
    quiet: given.has("quiet"),
    cache: given.has("cache"),
    cacheLocation: given.last("cache-location"),
    concurrency: concurrencyOf(given.last("concurrency") ?? "auto"),
    maxWarnings: maxWarningsOf(given),
    color: color === null ? null : color === "color",
    transport: given.has("node-ipc") ? "node-ipc" : "stdio",
  };
}

function commandOf(given: Given): Command {
  for (const name of ["help", "version", "print-config", "list-rules"] as const) {
    if (given.has(name)) return name;
  }
  return given.subcommand ?? "lint";
}

function refuseContradictions(given: Given, command: Command): void {
  const { subcommand, paths } = given;
  const foreign = given.names.find((name) => !(FLAGS[name] as Flag).commands.includes(command));
  const isStdin = paths.includes("-");
  const takesNoPaths = command === "print-config" || command === "list-rules" || command === "lsp";
  const contradictions: [boolean, string][] = [
    [foreign !== undefined, `--${foreign} does not go with ${spelled(command)}.`],
    [subcommand !== null && command !== subcommand, `\`${subcommand}\` does not go with ${spelled(command)}.`],
    [given.has("fix") && given.has("fix-dry-run"), "--fix changes files, --fix-dry-run does not: choose one."],
    [given.has("refresh") && !given.has("online"), "--refresh needs --online."],
    [given.has("cache-location") && !given.has("cache"), "--cache-location needs --cache."],
    [given.has("check") && given.has("update"), "--check writes nothing, --update does: choose one."],
    [given.has("apply") && !given.has("fix") && !given.has("fix-dry-run"), "--apply needs --fix or --fix-dry-run."],
    [isAboutOne(command) && paths.length > 1, `\`fromlint ${command}\` takes one file.`],
    [command === "explain" && paths.length > 1, "`fromlint explain` takes one rule or image."],
    [command === "init" && paths.length > 1, "`fromlint init` takes one folder."],
    [given.has("force") && given.has("stdout"), "--stdout writes nothing, so there is nothing to --force."],
    [given.has("stdio") && given.has("node-ipc"), "--stdio and --node-ipc are two ways to talk: choose one."],
    [takesNoPaths && paths.length > 0, `${spelled(command)} takes no paths.`],
    [given.has("update-baseline") && !given.has("baseline"), "--update-baseline needs --baseline FILE."],
    [given.has("prune") && !given.has("baseline"), "--prune needs --baseline FILE."],
    [
      given.has("prune") && given.has("update-baseline"),
      "--update-baseline takes out what is gone, too: leave out --prune.",
    ],
    [given.has("changed") && given.has("update-baseline"), "--update-baseline needs every line: leave out --changed."],
    [given.has("changed") && isStdin, "--changed compares files: it does not go with `-`."],
    [isStdin && paths.length > 1, "`-`, the standard input, cannot stand beside other paths."],
    [given.has("stdin-filename") && !isStdin, "--stdin-filename needs the path `-`."],
    [paths.includes(""), "A path is empty."],
  ];
  const [, message] = contradictions.find(([isThere]) => isThere) ?? [];
  if (message !== undefined) throw new RunError(message);
}

function isAboutOne(command: Command): boolean {
  return command === "layers" || command === "migrate" || command === "test-policy";
}

function spelled(command: Command): string {
  if (command === "lint") return "linting";
  return command === "print-config" || command === "list-rules" ? `--${command}` : `\`fromlint ${command}\``;
}

/** `NAME` alone takes its value from the environment, and counts for nothing where it has none, as in docker build. */
function buildArg(text: string, env: Environment): [string, string][] {
  if (text.includes("=")) return [pair("build-arg", text)];
  const value = Object.hasOwn(env, text) ? env[text] : undefined;
  return value === undefined ? [] : [[text, value]];
}

function pair(flag: FlagName, text: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw wrongValue(flag, text, FLAGS[flag].value ?? "");
  return [text.slice(0, at), text.slice(at + 1)];
}

/** A variable that is set to nothing counts as not set. */
function nonEmpty(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text;
}

function updateOf(given: Given): Arguments["update"] {
  if (!given.has("update")) return null;
  const images = given.all("update");
  return images.includes("") ? "all" : images;
}

function ruleNames(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  const given = names.filter((name) => name !== "");
  if (given.length === 0) throw wrongValue("apply", text, "names of rules with commas between them");
  return given;
}

function shardOf(text: string | null): Arguments["shard"] {
  if (text === null) return null;
  const [index = 0, of = 0] = /^[1-9]\d{0,4}\/[1-9]\d{0,4}$/.test(text) ? text.split("/").map(Number) : [];
  if (index < 1 || index > of)
    throw wrongValue("shard", text, "the number of a part and how many there are, such as 2/5");
  return { index, of };
}

function concurrencyOf(text: string): Arguments["concurrency"] {
  if (text === "auto") return text;
  if (text === "off") return 1;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw wrongValue("concurrency", text, "a number of threads, auto or off");
}

function changeOf(text: string): string {
  if (/^(?:source|lockfile|arg:.+|line:[1-9]\d{0,8})$/su.test(text)) return text;
  throw wrongValue("change", text, "source, lockfile, arg:NAME or line:N");
}

function maxWarningsOf(given: Given): number | null {
  const text = checked("max-warnings", given.last("max-warnings"), isCount, "a number, 0 or more");
  return text === null ? null : Number(text);
}

function isCount(text: string): boolean {
  return /^\d{1,9}$/.test(text);
}

function checked(
  flag: FlagName,
  text: string | null,
  isFine: (text: string) => boolean,
  wanted: string,
): string | null {
  if (text !== null && !isFine(text)) throw wrongValue(flag, text, wanted);
  return text;
}

function wrongValue(flag: FlagName, value: string, wanted: string): RunError {
  const end = /[.?]$/.test(wanted) ? "" : ".";
  return new RunError(`--${flag} does not take ${JSON.stringify(value)}: it takes ${wanted}${end}`);
}
