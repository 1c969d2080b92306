/** Recognises the commands of package managers. */
import { normalPath } from "../effects/paths.js";
import type { Argument, Command } from "../shell/command.js";
import { commandLine, hasOption, optionValue, type CommandLine } from "../shell/command-line.js";
import { COMPILED } from "./compiled.js";
import type { CommandForm, Ecosystem, InstallKind } from "./ecosystem.js";
import { fits } from "./glob.js";
import { INTERPRETED } from "./interpreted.js";
import { JAVASCRIPT } from "./javascript.js";
import { PYTHON } from "./python.js";

export const ECOSYSTEMS: readonly Ecosystem[] = [...JAVASCRIPT, ...PYTHON, ...COMPILED, ...INTERPRETED];

/** A command that installs, fetches or builds. */
export interface Install {
  readonly ecosystem: Ecosystem;
  readonly kind: InstallKind;
  readonly command: Command;
  /** Its operands without the subcommand: packages, tasks. */
  readonly operands: readonly Argument[];
  /** The project's folder in the image; null when it depends on the build. */
  readonly folder: string | null;
  /** Files that options name: pip's `-r`. */
  readonly listed: readonly Argument[];
  /** True when it keeps to the lockfile; also where there is no other way. */
  readonly frozen: boolean;
  /** The frozen form, to be told; null when it is frozen or there is none. */
  readonly frozenForm: string | null;
  /** True with an option that keeps it from fetching. */
  readonly offline: boolean;
  /** True when it also reads the project's own code. */
  readonly readsSource: boolean;
  /** True when code of packages or of the project runs on the way. */
  readonly runsScripts: boolean;
}

const BY_PROGRAM: ReadonlyMap<string, Ecosystem> = new Map(
  ECOSYSTEMS.flatMap((ecosystem) => ecosystem.programs.map((program) => [program, ecosystem] as const)),
);

/** The install that a command is; null for any other command. */
export function installOf(command: Command): Install | null {
  let install = known.get(command);
  if (install === undefined) known.set(command, (install = recognise(command)));
  return install;
}

/** A command is asked about for what it does to files and for what it installs. */
const known = new WeakMap<Command, Install | null>();

function recognise(command: Command): Install | null {
  const called = programOf(command);
  const ecosystem = BY_PROGRAM.get(called.name);
  if (!ecosystem) return null;
  const line = commandLine(command, new Set(ecosystem.valued), called.args);
  const form = ecosystem.forms.find((one) => isForm(one, line));
  if (!form) return null;
  const operands = line.operands.slice(form.words.some((word) => isAnywhere(word)) ? 0 : form.words.length);
  const kind = form.operands === "tool" && operands.length > 0 ? "tool" : form.kind;
  const frozen = form.frozen === true || (form.frozen ?? []).some((option) => hasOption(line, option));
  const scripts = !(ecosystem.withoutScripts ?? []).some((option) => hasOption(line, option));
  return {
    ecosystem,
    kind,
    command,
    operands,
    folder: folderOf(ecosystem, line),
    listed: ecosystem.listed.flatMap((option) => (line.options.get(option) ?? []).filter((value) => value !== null)),
    frozen: kind === "tool" || frozen,
    frozenForm: kind === "tool" || frozen ? null : (form.frozenForm ?? null),
    offline: isOffline(ecosystem, line),
    readsSource: kind === "build" || (kind === "install" && readsProject(ecosystem, line)),
    runsScripts: ecosystem.runsScripts && scripts,
  };
}

/** `python -m pip` is pip, `php composer.phar` is composer; `./mvnw` has its name already. */
function programOf({ name, args }: Command): { name: string; args: readonly Argument[] } {
  const first = args[0]?.text ?? "";
  if (/^python[\d.]*$/.test(name) && first === "-m") return { name: args[1]?.text ?? "", args: args.slice(2) };
  if (name === "php" && first.endsWith("composer.phar")) return { name: "composer", args: args.slice(1) };
  if (name === "corepack" && BY_PROGRAM.has(first)) return { name: first, args: args.slice(1) };
  if (/^pip3?\.\d+$/.test(name)) return { name: "pip", args };
  return { name, args };
}

function isForm(form: CommandForm, line: CommandLine): boolean {
  const { operands } = line;
  if (form.words.length === 0 && operands.length > 0) return false;
  if (!form.words.every((word, index) => isWord(word, operands, index))) return false;
  if (form.needs && !hasOption(line, ...form.needs)) return false;
  if (form.without && hasOption(line, ...form.without)) return false;
  if (form.when === undefined) return true;
  const rest = operands.slice(form.words.length);
  return rest.some(({ prefix }) => (form.when === "path" ? isPath(prefix) : prefix.includes("@")));
}

function isWord(word: string, operands: readonly Argument[], index: number): boolean {
  if (word === "*") return operands[index] !== undefined;
  const choices = (isAnywhere(word) ? word.slice(1) : word).split("|");
  const isOne = (operand: Argument | undefined): boolean => {
    const text = operand?.text ?? null;
    return (
      text !== null &&
      choices.some((choice) => fits(choice, text) || fits(choice, text.slice(text.lastIndexOf(":") + 1)))
    );
  };
  return isAnywhere(word) ? operands.some(isOne) : isOne(operands[index]);
}

function isAnywhere(word: string): boolean {
  return word.length > 1 && word.startsWith("*");
}

function isPath(text: string): boolean {
  return /^(?:\.{1,2}(?:\/|\[|$)|\/)/.test(text) || /\.(?:whl|tar\.gz|zip)$/.test(text);
}

/** Where the project stands: the folder, or that of the manifest, which an option names. */
function folderOf(ecosystem: Ecosystem, line: CommandLine): string | null {
  const { cwd } = line.command;
  const value = optionValue(line, ...ecosystem.folder);
  if (!value) return cwd;
  if (value.text === null || value.pattern || (cwd === null && !value.text.startsWith("/"))) return null;
  const path = normalPath(cwd ?? "/", value.text);
  const isFile = /\.(?:toml|xml|gradle|kts|csproj|sln)$|\/Gemfile$/.test(path);
  return isFile ? normalPath(path, "..") : path;
}

function isOffline({ name, offline }: Ecosystem, line: CommandLine): boolean {
  if (name === "go")
    return optionValue(line, "-mod")?.text === "vendor" || line.command.env.get("GOFLAGS") === "-mod=vendor";
  return hasOption(line, ...offline);
}

function readsProject({ scansSource, withoutProject, listed }: Ecosystem, line: CommandLine): boolean {
  if (scansSource && hasOption(line, ...scansSource)) return true;
  // What installs listed files does not look at the project.
  const isListed = hasOption(line, ...listed);
  return withoutProject !== undefined && !isListed && !hasOption(line, ...withoutProject);
}
