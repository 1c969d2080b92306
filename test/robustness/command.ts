/** The built command in a process of its own, and folders for it to run in. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, onTestFinished, vi } from "vitest";
import { ORDINARY } from "../cli/folder.js";

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const root = resolve(import.meta.dirname, "../..");

export interface Ran {
  /** The exit code; null when it did not come to an end by itself. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `argv` may be one line, split at spaces. Nothing of the test's own environment is handed on. */
export function fromlint(folder: string, argv: string | readonly string[] = [], input: string | Uint8Array = ""): Ran {
  if (!existsSync(join(root, "dist/cli.cjs"))) throw new Error("npm run build comes first");
  const words = typeof argv === "string" ? argv.split(" ").filter(Boolean) : argv;
  const [program = "", ...rest] = [...ORDINARY, process.execPath, join(root, "bin/fromlint.cjs"), ...words];
  const { status, stdout, stderr } = spawnSync(program, rest, {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH },
    input,
    maxBuffer: 1e9,
    timeout: 60_000,
  });
  expectNoTrace(stdout);
  expectNoTrace(stderr);
  return { code: status, stdout, stderr };
}

/** Neither a stack trace nor what is said of a bug of ours. */
function expectNoTrace(text: string): void {
  expect(text).not.toMatch(/^\s+at .+:\d+:\d+/m);
  expect(text).not.toMatch(/internal error|internal-error|bug in fromlint|itself failed/i);
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder with these files (path -> content), there until `removeFolder`. */
export function makeFolder(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "fromlint-")));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The same for one test. */
export function folderFor(files: Files): string {
  const folder = makeFolder(files);
  onTestFinished(() => removeFolder(folder));
  return folder;
}
