/** What the operating system has to bring. */
import { accessSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import { succeed } from "../processes.js";

/** What is looked for: a command in PATH, or one of these files. */
export interface SystemPart {
  /** Debian's name of it. */
  readonly package: string;
  readonly command?: string;
  readonly files?: readonly string[];
}

export const BROWSER: readonly SystemPart[] = [
  { package: "chromium", command: "chromium" },
  // Without any font the workbench draws empty boxes, and lines without height.
  { package: "fonts-dejavu-core", files: ["/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/TTF"] },
];

export const NEOVIM: readonly SystemPart[] = [{ package: "neovim", command: "nvim" }];

/** code-server compiles its native parts; `kerberos` among them needs the headers. */
export const COMPILERS: readonly SystemPart[] = [
  { package: "g++", command: "g++" },
  { package: "make", command: "make" },
  { package: "python3", command: "python3" },
  { package: "pkg-config", command: "pkg-config" },
  { package: "libkrb5-dev", files: ["/usr/include/gssapi/gssapi.h"] },
];

/**
 * Sees to it that all of `parts` are there: with apt-get, where this is root on Debian.
 *
 * @throws Error that names what is missing
 */
export async function provide(parts: readonly SystemPart[]): Promise<void> {
  const wanted = missing(parts);
  if (wanted.length === 0) return;
  const mayInstall = process.getuid?.() === 0 && findCommand("apt-get") !== null;
  if (!mayInstall) throw new Error(`Install ${wanted.join(", ")} first (apt-get install ${wanted.join(" ")}).`);
  console.log(`installing ${wanted.join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // An outdated list names files that the mirror no longer has.
  await succeed("apt-get", ["update", "-qq"], { env, seconds: 300 });
  const args = ["install", "-y", "-qq", "--no-install-recommends", ...wanted];
  await succeed("apt-get", args, { env, seconds: 900 });
  const left = missing(parts);
  if (left.length > 0) throw new Error(`${left.join(", ")}: still not there after apt-get install.`);
}

/** The path of a command in PATH; null when there is none. */
export function findCommand(name: string): string | null {
  const folders = (process.env.PATH ?? "").split(":").filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function missing(parts: readonly SystemPart[]): string[] {
  return parts.filter((part) => !isThere(part)).map((part) => part.package);
}

function isThere({ command, files }: SystemPart): boolean {
  if (command !== undefined) return findCommand(command) !== null;
  return files?.some((file) => existsSync(file)) ?? false;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
