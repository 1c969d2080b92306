/** The package managers of distributions. */
import { once } from "../../../once.js";
import type { Effects } from "../../effects/effects.js";
import type { Command } from "../command.js";
import { commandLine, hasOption, type CommandLine } from "../command-line.js";
import { onFiles, pathsOf, programFolders, SYSTEM_FOLDERS, type Model, type Surroundings } from "./model.js";
import { SYSTEM_PACKAGE_VARIABLES } from "./variables.js";

export interface PackageManager {
  readonly name: string;
  readonly programs: readonly string[];
  /** Options that take the next word. */
  readonly valued: ReadonlySet<string>;
  readonly install: readonly string[];
  /** Subcommands that fetch the index. */
  readonly update: readonly string[];
  /** Subcommands that only remove things or change marks. */
  readonly other: readonly string[];
  /** Options with which an install fetches the index itself; true where it always does. */
  readonly ownIndex: true | readonly string[];
  /** Endings of files that are packages. */
  readonly endings: readonly string[];
}

const PACKAGE_MANAGERS: readonly PackageManager[] = [
  {
    name: "apt",
    programs: ["apt-get", "apt", "aptitude"],
    valued: new Set(["-o", "--option", "-c", "--config-file", "-t", "--target-release", "--default-release", "-a"]),
    install: ["install", "upgrade", "dist-upgrade", "full-upgrade", "build-dep", "reinstall", "source", "download"],
    update: ["update"],
    other: ["remove", "purge", "autoremove", "auto-remove", "clean", "autoclean", "check"],
    ownIndex: ["-U", "--update"],
    endings: [".deb"],
  },
  {
    name: "apk",
    programs: ["apk"],
    valued: new Set(["-t", "--virtual", "-X", "--repository", "--keys-dir", "--cache-dir", "--arch", "--wait"]),
    install: ["add", "upgrade", "fix"],
    update: ["update"],
    other: ["del", "cache", "info", "list", "search"],
    ownIndex: ["--no-cache", "-U", "--update-cache", "--update"],
    endings: [".apk"],
  },
  {
    name: "dnf",
    programs: ["dnf", "dnf5", "yum", "microdnf", "tdnf"],
    valued: new Set([
      "-c",
      "--config",
      "-x",
      "--exclude",
      "--enablerepo",
      "--disablerepo",
      "--repo",
      "--setopt",
      "--releasever",
    ]),
    install: [
      "install",
      "upgrade",
      "update",
      "groupinstall",
      "reinstall",
      "localinstall",
      "distro-sync",
      "module",
      "group",
      "builddep",
      "swap",
    ],
    update: ["makecache", "check-update"],
    other: ["remove", "erase", "autoremove", "clean", "config-manager", "repolist", "list"],
    ownIndex: true,
    endings: [".rpm"],
  },
  {
    name: "zypper",
    programs: ["zypper"],
    valued: new Set(["-t", "--type", "-r", "--repo", "-p", "--plus-repo"]),
    install: ["install", "in", "update", "up", "dup", "dist-upgrade", "patch"],
    update: ["refresh", "ref"],
    other: ["remove", "rm", "clean", "cc", "addrepo", "ar", "removerepo", "rr", "modifyrepo", "mr", "addlock", "al"],
    ownIndex: true,
    endings: [".rpm"],
  },
];

const BY_PROGRAM = new Map(
  PACKAGE_MANAGERS.flatMap((manager) => manager.programs.map((program) => [program, manager] as const)),
);

/** A use of a distribution's package manager. */
export interface PackageUse {
  readonly manager: PackageManager;
  readonly kind: "install" | "update" | "other";
  readonly line: CommandLine;
  /** Names of packages; null for one that is known only at build time. */
  readonly packages: readonly (string | null)[];
  /** True for an install that fetches the index itself. */
  readonly ownIndex: boolean;
}

/** What a command asks of the package manager; null for other commands and forms that are not known. */
export function packageUse(command: Command): PackageUse | null {
  const manager = BY_PROGRAM.get(command.name);
  if (!manager) return null;
  const line = commandLine(command, manager.valued);
  const [verb, ...rest] = line.operands;
  const kind = kindOf(manager, verb?.text ?? "");
  if (kind === null) return null;
  const ownIndex = kind === "install" && (manager.ownIndex === true || hasOption(line, ...manager.ownIndex));
  return { manager, kind, line, packages: rest.map(({ text }) => text), ownIndex };
}

function kindOf({ install, update, other }: PackageManager, verb: string): PackageUse["kind"] | null {
  if (install.includes(verb)) return "install";
  if (update.includes(verb)) return "update";
  return other.includes(verb) ? "other" : null;
}

/** Options that install into another place than the system's. */
const ELSEWHERE = ["--root", "--installroot", "-p", "--download-only", "-R"];

/** What packages and their scripts may change; not `/usr/local`, `/usr/src`, `/home`, `/srv`: those are the user's. */
const WRITTEN = [...SYSTEM_FOLDERS, "/var", "/run", "/boot"];

function effectsOf(around: Surroundings, files: readonly string[]): Effects {
  const reads = [...programFolders(around), "/var", "/run", "/root/.gnupg", ...files];
  return onFiles(reads, WRITTEN, SYSTEM_PACKAGE_VARIABLES);
}

/** Of an install from the index, where the file adds nothing to PATH: those of most commands. */
const usual = once(() => effectsOf({ programs: [], home: null }, []));

export const systemPackages: Model = (command, around) => {
  const use = packageUse(command);
  const isInstalled = /^(?:dpkg|rpm)$/.test(command.name) ? commandLine(command, new Set()) : null;
  const line = use?.line ?? isInstalled;
  if (!line || line.unclear || hasOption(line, ...ELSEWHERE)) return null;
  const files = line.operands.filter(({ prefix, text }) => {
    if (/^[a-z]+:\/\//.test(prefix)) return false;
    return (
      prefix.includes("/") || (use?.manager.endings ?? [".deb", ".rpm"]).some((ending) => (text ?? "").endsWith(ending))
    );
  });
  const read = pathsOf(files, command.cwd);
  if (read === null) return null;
  const effects = around.programs.length === 0 && read.length === 0 ? usual() : effectsOf(around, read);
  return { effects, cost: use?.kind === "other" ? 1 : 3, volatility: 1, inputs: read };
};
