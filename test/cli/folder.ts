/** A temporary folder with files in it, gone when the test is. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** Makes the files (path -> text) and returns the folder's path. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "fromlint-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Root reads and writes everything, whatever the mode. */
export const isRoot = process.getuid?.() === 0;

/** The user that a system has for those who own nothing. */
const NOBODY = 65_534;

/**
 * Runs `action` as somebody whom the modes of files stop, so as root as another user, whose the folder is meanwhile.
 * Files that `action` makes belong to that user.
 */
export async function asOrdinaryUser<Result>(folder: string, action: () => Result): Promise<Awaited<Result>> {
  if (!isRoot) return await action();
  execFileSync("chown", ["-R", `${NOBODY}:${NOBODY}`, folder]);
  process.setegid?.(NOBODY);
  process.seteuid?.(NOBODY);
  try {
    return await action();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

/**
 * Put before a command, it starts it as somebody whom the modes of their own files stop. Root loses the rights to pass
 * them over (setpriv of util-linux) and stays root, so that all that the command itself needs can be read.
 */
export const ORDINARY: readonly string[] = isRoot
  ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search", "--"]
  : [];
