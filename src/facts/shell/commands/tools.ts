/** Tools that install named programs: gem, cpan, luarocks, … beside those of the ecosystems. */
import { commandLine, hasOption } from "../command-line.js";
import { homeFolders, onFiles, programFolders, type Model } from "./model.js";
import { SCRIPT_VARIABLES } from "./variables.js";

/** Program -> the subcommands that install what is named behind them. */
const INSTALLERS: ReadonlyMap<string, readonly string[]> = new Map([
  ["gem", ["install"]],
  ["pecl", ["install"]],
  ["pear", ["install"]],
  ["pipx", ["install"]],
  ["luarocks", ["install"]],
  ["conda", ["install"]],
  ["mamba", ["install"]],
  ["micromamba", ["install"]],
  ["rustup", ["component", "target", "toolchain", "default", "install"]],
  ["sdk", ["install"]],
  ["docker-php-ext-install", []],
  ["docker-php-ext-enable", []],
  ["docker-php-ext-configure", []],
  ["corepack", ["enable", "prepare", "install"]],
]);

export const tools: Model = (command, around) => {
  const verbs = INSTALLERS.get(command.name);
  const line = commandLine(command, new Set(["-c", "--channel", "-v", "--version", "-n", "--name", "-j"]));
  if (!verbs || line.unclear || hasOption(line, "--file", "-f", "-g", "--file=")) return null;
  const operands = verbs.length === 0 ? line.operands : line.operands.slice(1);
  if (verbs.length > 0 && !verbs.includes(line.operands[0]?.text ?? "")) return null;
  // A path is something of the project.
  if (operands.some(({ prefix }) => prefix.startsWith(".") || prefix.startsWith("/"))) return null;
  const places = [
    ...homeFolders(around),
    "/usr/local",
    "/usr/lib",
    "/usr/bin",
    "/usr/share",
    "/usr/include",
    "/usr/src/php",
    "/opt",
    "/etc",
    "/var/lib/gems",
    ...around.programs,
  ];
  const effects = onFiles(
    [...programFolders(around), ...homeFolders(around), "/usr/src/php"],
    places,
    SCRIPT_VARIABLES,
  );
  return { effects, cost: 3, volatility: 2, inputs: [] };
};

export const TOOL_COMMANDS = [...INSTALLERS.keys()];
