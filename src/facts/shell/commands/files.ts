/** The common commands on files. */
import { once } from "../../../once.js";
import type { Argument, Command } from "../command.js";
import { commandLine, hasOption, optionValue, type CommandLine } from "../command-line.js";
import { onFiles, pathOf, pathsOf, type Model, type Modelled } from "./model.js";
import { FILE_VARIABLES } from "./variables.js";

/** A model of what a command reads and writes; null when a path is not known. */
type FileModel = (line: CommandLine) => {
  readonly reads: readonly Argument[];
  readonly writes: readonly Argument[];
  readonly makesFolders?: boolean;
  /** Files besides: where names of users are looked up. */
  readonly more?: readonly string[];
} | null;

/** Names of users are looked up. */
const ACCOUNTS = ["/etc/passwd", "/etc/group"];

function modelOf(valued: readonly string[], read: FileModel): Model {
  const options = new Set(valued);
  return (command) => {
    const line = commandLine(command, options);
    const found = line.unclear ? null : read(line);
    return found && touching(command, found.reads, found.writes, found.more, found.makesFolders);
  };
}

/** A cheap command on these paths. */
function touching(
  { cwd }: Command,
  reads: readonly Argument[],
  writes: readonly Argument[],
  more: readonly string[] = [],
  makesFolders = false,
): Modelled | null {
  const [read, written] = [pathsOf(reads, cwd), pathsOf(writes, cwd)];
  if (read === null || written === null) return null;
  const effects = onFiles([...read, ...more], written, FILE_VARIABLES, makesFolders);
  return { effects, cost: 1, volatility: 3, inputs: read };
}

const nothing: FileModel = () => ({ reads: [], writes: [] });
const writesAll: FileModel = ({ operands }) => ({ reads: [], writes: operands });

/** `chown user path…`, `chmod mode path…`: the first operand is no path. Numbers are not looked up. */
const afterFirst: FileModel = (line) => {
  if (hasOption(line, "--reference")) return null;
  const [first, ...paths] = line.operands;
  const isNumber = first?.text !== null && /^\d*(?::\d*)?$/.test(first?.text ?? "");
  return { reads: [], writes: paths, more: isNumber ? [] : ACCOUNTS };
};

/** A mode can look like an option: `chmod -x file`. */
const modes: FileModel = (line) => {
  const isOption = [...line.options.keys()].some((option) => !/^-[Rvfc]+$|^--/.test(option));
  return isOption ? writesAll(line) : afterFirst(line);
};

/** `cp a b dir`; with `-t dir` all operands are sources. */
const copies: FileModel = (line) => {
  const target = optionValue(line, "-t", "--target-directory");
  const operands = target ? [...line.operands, target] : line.operands;
  return { reads: operands.slice(0, -1), writes: operands.slice(-1) };
};

/** `mv` takes away what it reads. */
const moves: FileModel = (line) => {
  const found = copies(line);
  return found && { reads: [], writes: [...found.reads, ...found.writes] };
};

/** A link lets its target be reached by another path, so the target counts as written. */
const links: FileModel = (line) => {
  const { operands } = line;
  const target = optionValue(line, "-t", "--target-directory");
  if (target || operands.length !== 2) return null;
  return { reads: [], writes: operands };
};

const replaces: FileModel = (line) => {
  const given = hasOption(line, "-e", "--expression", "-f", "--file");
  const scripts = [
    ...line.operands.slice(0, given ? 0 : 1),
    ...(line.options.get("-e") ?? []),
    ...(line.options.get("--expression") ?? []),
  ];
  // `w file`, `r file` and `e` of sed reach other files and programs.
  if (hasOption(line, "-f", "--file") || scripts.some((script) => script === null || !isSubstitution(script.text)))
    return null;
  const files = line.operands.slice(given ? 0 : 1);
  const options = [...line.options.keys()];
  // `-i.bak` and `--in-place=.bak` write another file, too.
  if (options.some((option) => /^-[a-zA-Z]*i./.test(option)) || optionValue(line, "--in-place")) return null;
  const inPlace = hasOption(line, "-i", "--in-place");
  return inPlace ? { reads: [], writes: files } : { reads: files, writes: [] };
};

function isSubstitution(script: string | null): boolean {
  if (script === null) return false;
  const delimiter = /^(?:\d+|\$|\/[^/]*\/)?s(.)/.exec(script)?.[1];
  const parts = delimiter === undefined ? [] : script.split(delimiter);
  return parts.length === 4 ? /^[gIi\d]*$/.test(parts[3] ?? "") : /^(?:\d+|\/[^/;{}]*\/)d$/.test(script);
}

/** `find dir… -delete`; with `-exec` it runs other programs. */
const finds: Model = (command) => {
  const words = command.args;
  if (words.some(({ text }) => text === null || /^-(?:exec|execdir|ok|okdir|fprint.*|fls)$/.test(text))) return null;
  const end = words.findIndex(({ prefix }) => /^[-(!]/.test(prefix));
  const starts = end < 0 ? words : words.slice(0, end);
  const isDeleting = words.some(({ text }) => text === "-delete");
  return touching(command, isDeleting ? [] : starts, isDeleting ? starts : []);
};

/** `install -d -m 755 dir…`, `install -D -m 644 from to`. */
const installs: FileModel = (line) => {
  if (hasOption(line, "-d", "--directory"))
    return { reads: [], writes: line.operands, makesFolders: true, more: ACCOUNTS };
  const found = copies(line);
  return found && { ...found, makesFolders: hasOption(line, "-D"), more: ACCOUNTS };
};

const makesFolder: FileModel = (line) => ({
  reads: [],
  writes: line.operands,
  makesFolders: hasOption(line, "-p", "--parents"),
});

const OWNER = ["-m", "--mode", "-o", "--owner", "-g", "--group", "-t", "--target-directory"];

export const fileCommands = once(
  (): ReadonlyMap<string, Model> =>
    new Map<string, Model>([
      ...[
        "echo",
        "printf",
        "true",
        "false",
        "sleep",
        "date",
        "uname",
        "id",
        "whoami",
        "pwd",
        "hostname",
        "sync",
        "nproc",
      ].map((name) => [name, modelOf([], nothing)] as const),
      ["basename", modelOf([], nothing)],
      ["dirname", modelOf([], nothing)],
      ["mkdir", modelOf(["-m", "--mode"], makesFolder)],
      ["rmdir", modelOf([], writesAll)],
      ["rm", modelOf([], writesAll)],
      ["unlink", modelOf([], writesAll)],
      ["touch", modelOf(["-d", "-t", "-r"], (line) => (hasOption(line, "-r") ? null : writesAll(line)))],
      ["truncate", modelOf(["-s"], writesAll)],
      ["tee", modelOf([], writesAll)],
      ["chown", modelOf([], afterFirst)],
      ["chgrp", modelOf([], afterFirst)],
      ["chmod", modelOf([], modes)],
      ["cp", modelOf(["-t", "--target-directory", "-S"], copies)],
      ["mv", modelOf(["-t", "--target-directory", "-S"], moves)],
      ["ln", modelOf(["-t", "--target-directory"], links)],
      ["install", modelOf(OWNER, installs)],
      ["sed", modelOf(["-e", "--expression", "-f", "--file"], replaces)],
      ["find", finds],
    ]),
);

/** The redirections of any command. */
export function redirectPaths({
  redirects,
  cwd,
}: Command): { reads: readonly string[]; writes: readonly string[] } | null {
  const reads: string[] = [];
  const writes: string[] = [];
  for (const { kind, target } of redirects) {
    const path = pathOf(target, cwd);
    if (path === null) return null;
    (kind === "read" ? reads : writes).push(path);
  }
  return { reads, writes };
}
