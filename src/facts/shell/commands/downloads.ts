/** Downloads, archives and version control. */
import type { Argument } from "../command.js";
import { commandLine, hasOption, optionValue } from "../command-line.js";
import { UNKNOWN_EFFECTS } from "../../effects/effects.js";
import { homeFolders, onFiles, pathOf, pathsOf, programFolders, type Model, type Modelled } from "./model.js";
import { NETWORK_VARIABLES } from "./variables.js";

/** Options of curl that take the next word. */
export const CURL = new Set([
  ...[
    "-o",
    "--output",
    "-H",
    "--header",
    "-A",
    "--user-agent",
    "-d",
    "--data",
    "-X",
    "--request",
    "-u",
    "--user",
    "-x",
    "--proxy",
  ],
  ...[
    "--retry",
    "--retry-delay",
    "--retry-max-time",
    "--connect-timeout",
    "-m",
    "--max-time",
    "--proto",
    "--output-dir",
    "-e",
    "-E",
    "-K",
    "--cacert",
  ],
]);

export const curl: Model = (command, around) => {
  const line = commandLine(command, CURL);
  if (
    line.unclear ||
    hasOption(line, "-K", "--config", "-T", "--upload-file", "-c", "--cookie-jar", "-D", "--dump-header")
  )
    return null;
  const data = [
    ...(line.options.get("-d") ?? []),
    ...(line.options.get("--data") ?? []),
    optionValue(line, "-E", "--cacert"),
  ];
  if (data.some((one) => one?.prefix.startsWith("@") === true)) return null;
  const outputs = [...(line.options.get("-o") ?? []), ...(line.options.get("--output") ?? [])].filter(
    (one) => one !== null,
  );
  const named = hasOption(line, "-O", "--remote-name", "--remote-name-all", "-J");
  return fetching(
    command,
    around,
    outputs.filter(({ text }) => text !== "-"),
    named ? (optionValue(line, "--output-dir") ?? "cwd") : null,
  );
};

/** Options of wget that take the next word. */
export const WGET = new Set([
  "-O",
  "--output-document",
  "-P",
  "--directory-prefix",
  "-o",
  "-a",
  "-t",
  "--tries",
  "-T",
  "--timeout",
  "-U",
  "--header",
]);

export const wget: Model = (command, around) => {
  const line = commandLine(command, WGET);
  if (line.unclear || hasOption(line, "-i", "--input-file", "-e", "--config", "-r", "-m")) return null;
  const output = optionValue(line, "-O", "--output-document");
  const logs = [...(line.options.get("-o") ?? []), ...(line.options.get("-a") ?? [])].filter((one) => one !== null);
  if (output !== null) return fetching(command, around, [...logs, ...(output.text === "-" ? [] : [output])], null);
  return fetching(command, around, logs, optionValue(line, "-P", "--directory-prefix") ?? "cwd");
};

/** It is known what it is for, but not where it writes. */
const UNPLACED: Modelled = {
  effects: { ...UNKNOWN_EFFECTS, reads: { ...UNKNOWN_EFFECTS.reads, env: NETWORK_VARIABLES } },
  ...{ cost: 1, volatility: 2, inputs: [] },
};

/** Downloads into files, and into a folder under names of their own. */
function fetching(
  command: Parameters<Model>[0],
  around: Parameters<Model>[1],
  outputs: readonly Argument[],
  folder: Argument | "cwd" | null,
): ReturnType<Model> {
  const written = pathsOf([...outputs, ...(folder !== null && folder !== "cwd" ? [folder] : [])], command.cwd);
  if (written === null || (folder === "cwd" && command.cwd === null)) return { ...UNPLACED, cost: 3 };
  const writes = [...written, ...(folder === "cwd" && command.cwd !== null ? [command.cwd] : [])];
  const reads = [...programFolders(around), ...homeFolders(around).map((home) => `${home}/.curlrc`), ...writes];
  return { effects: onFiles(reads, writes, NETWORK_VARIABLES), cost: 3, volatility: 2, inputs: [] };
}

/** `tar -xzf a.tgz -C /opt`, `tar xz -C /opt`. */
export const tar: Model = (command, around) => {
  const [first, ...rest] = command.args;
  // The old form has no dash: `tar xzf a.tgz`.
  const isOld = first?.text !== null && first !== undefined && /^[a-zA-Z]+$/.test(first.text);
  const args = isOld ? [{ ...first, text: `-${first.text}`, prefix: `-${first.prefix}` }, ...rest] : command.args;
  const line = commandLine(
    command,
    new Set([
      "-f",
      "--file",
      "-C",
      "--directory",
      "--strip-components",
      "--exclude",
      "--transform",
      "--owner",
      "--group",
      "-I",
    ]),
    args,
  );
  const operands = [optionValue(line, "-f", "--file"), ...line.operands].filter((one) => one !== null);
  if (
    line.unclear ||
    !hasOption(line, "-x", "--extract", "--get") ||
    hasOption(line, "-P", "--to-command", "-I", "--use-compress-program")
  )
    return null;
  const archive = operands[0] && operands[0].text !== "-" ? pathOf(operands[0], command.cwd) : "";
  const folder = optionValue(line, "-C", "--directory");
  const target = folder ? pathOf(folder, command.cwd) : command.cwd;
  if (archive === null || target === null || (line.options.get("-C")?.length ?? 0) > 1) return null;
  const inputs = archive === "" ? [] : [archive];
  const effects = onFiles([...programFolders(around), ...inputs, target], [target], NETWORK_VARIABLES);
  return { effects, cost: 1, volatility: 2, inputs };
};

export const unzip: Model = (command, around) => {
  const line = commandLine(command, new Set(["-d", "-x"]));
  const folder = optionValue(line, "-d");
  const [archive] = line.operands;
  const from = archive ? pathOf(archive, command.cwd) : null;
  const target = folder ? pathOf(folder, command.cwd) : command.cwd;
  if (line.unclear || from === null || target === null) return null;
  const effects = onFiles([...programFolders(around), from, target], [target], NETWORK_VARIABLES);
  return { effects, cost: 1, volatility: 2, inputs: [from] };
};

/** `git clone URL [folder]`. Its hooks and other subcommands are not covered. */
export const git: Model = (command, around) => {
  const line = commandLine(
    command,
    new Set(["-b", "--branch", "--depth", "-o", "--origin", "-j", "--jobs", "-c", "-C", "--reference", "--template"]),
  );
  const [verb, url, folder] = line.operands;
  if (verb?.text !== "clone" || !url || line.unclear || hasOption(line, "-C", "-c", "--template", "--reference"))
    return null;
  const name = /([^/:]+?)(?:\.git)?\/?$/.exec(url.text ?? "")?.[1];
  const local = url.text === null || !/^[a-z+]+:\/\/|^[^/]+@[^/]+:/.test(url.text);
  const target = folder
    ? pathOf(folder, command.cwd)
    : name !== undefined && command.cwd !== null
      ? `${command.cwd}/${name}`
      : null;
  if (local) return null;
  if (target === null) return { ...UNPLACED, cost: 3 };
  const homes = homeFolders(around);
  const reads = [
    ...programFolders(around),
    ...homes.flatMap((home) => [`${home}/.gitconfig`, `${home}/.ssh`, `${home}/.config`, `${home}/.netrc`]),
    target,
  ];
  return { effects: onFiles(reads, [target], NETWORK_VARIABLES, true), cost: 3, volatility: 2, inputs: [] };
};
