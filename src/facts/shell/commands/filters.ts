/** Commands that read files, or their input, and write only to their output. */
import { once } from "../../../once.js";
import { NOTHING, type Effects } from "../../effects/effects.js";
import { ALL_PATHS } from "../../effects/paths.js";
import type { Argument } from "../command.js";
import { commandLine, hasOption, type CommandLine } from "../command-line.js";
import { onFiles, pathsOf, type Model, type Modelled } from "./model.js";
import { FILE_VARIABLES } from "./variables.js";

/** The files that a command reads; null when it may do more than that. */
type Reads = (line: CommandLine) => readonly Argument[] | null;

function filter(valued: readonly string[], reads: Reads): Model {
  const options = new Set(valued);
  return (command) => {
    const line = commandLine(command, options);
    const files = line.unclear ? null : (reads(line)?.filter(({ text }) => text !== "-") ?? null);
    const paths = files && pathsOf(files, command.cwd);
    return paths && reading(onFiles(paths, [], FILE_VARIABLES), paths);
  };
}

function reading(effects: Effects, inputs: readonly string[]): Modelled {
  return { effects, cost: 1, volatility: 3, inputs };
}

const all: Reads = ({ operands }) => operands;

/** `grep pattern file…`: the first operand is no file, unless the pattern is an option's value. */
const afterPattern: Reads = (line) => {
  if (hasOption(line, "-f", "--file")) return null;
  return line.operands.slice(hasOption(line, "-e", "--regexp") ? 0 : 1);
};

/** `awk` programs can write files and run commands. */
const awkFiles: Reads = (line) => {
  const [program, ...files] = line.operands;
  const text = program?.text ?? null;
  if (text === null || hasOption(line, "-f", "-i", "--file") || /[>|@]|\b(?:system|getline|close)\b/.test(text))
    return null;
  return files.filter(({ prefix }) => !/^\w+=/.test(prefix));
};

/** `test -f file`; other operands are texts. */
const TESTED = [
  "-b",
  "-c",
  "-d",
  "-e",
  "-f",
  "-g",
  "-h",
  "-k",
  "-L",
  "-O",
  "-G",
  "-p",
  "-r",
  "-s",
  "-S",
  "-u",
  "-w",
  "-x",
];
const tested: Reads = (line) => {
  if (hasOption(line, "-nt", "-ot", "-ef")) return null;
  return TESTED.flatMap((option) => (line.options.get(option) ?? []).filter((value) => value !== null));
};

/** `sha256sum -c` reads the files that its list names: any. */
const sums: Model = (command, around) => {
  const line = commandLine(command, new Set());
  if (!hasOption(line, "-c", "--check")) return plainSums(command, around);
  return reading({ reads: { ...NOTHING, paths: ALL_PATHS, env: FILE_VARIABLES }, writes: NOTHING }, []);
};
const plainSums = filter([], all);

const COUNTS = ["-n", "-c", "--lines", "--bytes"];
const GREP = ["-e", "--regexp", "-f", "--file", "-m", "-A", "-B", "-C", "--include", "--exclude"];

export const filterCommands = once(
  (): ReadonlyMap<string, Model> =>
    new Map<string, Model>([
      ...[
        "cat",
        "ls",
        "stat",
        "du",
        "file",
        "tac",
        "nl",
        "xxd",
        "od",
        "strings",
        "readlink",
        "realpath",
        "diff",
        "cmp",
      ].map((name) => [name, filter([], all)] as const),
      ...["head", "tail", "wc"].map((name) => [name, filter(COUNTS, all)] as const),
      ...["grep", "egrep", "fgrep"].map((name) => [name, filter(GREP, afterPattern)] as const),
      ...["test", "["].map((name) => [name, filter(TESTED, tested)] as const),
      ...["sha1sum", "sha256sum", "sha384sum", "sha512sum", "md5sum", "b2sum"].map((name) => [name, sums] as const),
      ...["awk", "gawk", "mawk"].map((name) => [name, filter(["-F", "-v", "-f"], awkFiles)] as const),
      ["cut", filter(["-d", "-f", "-c", "-b"], all)],
      ["base64", filter(["-w"], all)],
      ["uniq", filter([], (line) => (line.operands.length > 1 ? null : line.operands))],
      [
        "sort",
        filter(["-k", "-t", "-o", "--output"], (line) =>
          hasOption(line, "-o", "--output", "-T") ? null : line.operands,
        ),
      ],
      ["tr", filter([], () => [])],
    ]),
);
