/** Which language a RUN is written in: sh's, or another that we leave alone. */

/** Shells whose simple commands read as sh's do. */
const POSIX: ReadonlySet<string> = new Set(["sh", "ash", "bash", "dash", "ksh", "zsh", "busybox"]);

export type Dialect =
  { readonly kind: "posix"; readonly errexit: boolean } | { readonly kind: "foreign"; readonly shell: string };

/** What `/bin/sh -c` is. */
export const DEFAULT_SHELL = ["/bin/sh", "-c"];

/** The language of a shell: the words of SHELL, or an interpreter with its options. */
export function dialectOf(shell: readonly string[]): Dialect {
  const name = programName(shell[0] ?? "");
  if (!POSIX.has(name)) return { kind: "foreign", shell: name };
  return { kind: "posix", errexit: shell.slice(1).some((word) => word === "errexit" || /^-[a-z]*e[a-z]*$/.test(word)) };
}

export function isPosixShell(name: string): boolean {
  return POSIX.has(name);
}

/** `/bin/bash` -> `bash`, `C:\Windows\cmd.exe` -> `cmd`. */
export function programName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return name.toLowerCase().endsWith(".exe") ? name.slice(0, -4).toLowerCase() : name;
}

/** True for the names by which Windows images go: their RUN is not sh's, whatever SHELL says. */
export function isWindowsImage(image: string): boolean {
  const name = image.toLowerCase();
  if (name.includes("nanoserver") || name.includes("windowsservercore")) return true;
  return name.includes("windows") && /(?:^|\/)windows(?:\/|:|$)/.test(name);
}
