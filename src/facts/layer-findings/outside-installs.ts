/** Installs of what is named on the command line: packages of the system, and tools of a language. */
import { commandLine, hasOption } from "../shell/command-line.js";
import type { Command } from "../shell/command.js";
import { packageUse } from "../shell/commands/system-packages.js";
import type { Install } from "../ecosystems/install.js";
import type { Step } from "../layers/step.js";

/** Languages whose named packages go where every project finds them only with an option. */
const NEEDS_GLOBAL: ReadonlySet<string> = new Set(["npm", "yarn", "pnpm", "bun", "dotnet"]);
/** Languages whose named packages go there anyway. */
const ALWAYS_GLOBAL: ReadonlySet<string> = new Set(["pip", "go", "cargo"]);

const TOOL_INSTALLERS: ReadonlyMap<string, string | null> = new Map([
  ["gem", "install"],
  ["pecl", "install"],
  ["pear", "install"],
  ["pipx", "install"],
  ["luarocks", "install"],
  ["docker-php-ext-install", null],
]);

/** True for verbs that need neither root nor a place in the system. */
function isOnlyFetching(verb: string): boolean {
  return verb === "download" || verb === "source";
}

/** True for `apt-get install x`, `apk add x`, and so on. */
export function isSystemInstall(command: Command): boolean {
  const use = packageUse(command);
  if (use?.kind !== "install" || isOnlyFetching(use.line.operands[0]?.text ?? "")) return false;
  return !hasOption(use.line, "--root", "--installroot", "-s", "--simulate", "--dry-run", "--download-only");
}

/** The commands of a RUN that install packages of the system, or tools for the whole image, in order. */
export function outsideInstalls(step: Step): readonly Command[] {
  if (step.instruction.type !== "Run") return [];
  const { script, installs } = step.work;
  if (script?.kind !== "commands") return [];
  const tools = new Set(installs.filter(isTool).map(({ command }) => command));
  return script.commands.filter((one) => isSystemInstall(one) || tools.has(one) || isToolInstaller(one));
}

function isTool({ kind, ecosystem, command, operands }: Install): boolean {
  if (kind !== "tool" || operands.length === 0) return false;
  const words = command.args.map(({ text }) => text);
  if (ecosystem.name === "go") return words.includes("install");
  if (ALWAYS_GLOBAL.has(ecosystem.name)) return true;
  const isGlobal = words.includes("-g") || words.includes("--global") || words.includes("global");
  return NEEDS_GLOBAL.has(ecosystem.name) && isGlobal;
}

function isToolInstaller(command: Command): boolean {
  const verb = TOOL_INSTALLERS.get(command.name);
  if (verb === undefined) return false;
  return verb === null || commandLine(command, new Set()).operands[0]?.text === verb;
}
