/** A folder of its own for one test, and commands that run in it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Project {
  readonly folder: string;
  readonly write: (path: string, text: string) => void;
  readonly read: (path: string) => string;
  /** Runs a command in the folder, for five minutes at most; never throws. */
  readonly run: (command: string, args: readonly string[], env?: Readonly<Record<string, string>>) => Run;
  readonly remove: () => void;
}

export function newProject(name: string): Project {
  const folder = mkdtempSync(join(tmpdir(), `fromlint-${name}-`));
  return {
    folder,
    write: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    read: (path) => readFileSync(join(folder, path), "utf8"),
    run: (command, args, env = {}) => {
      const { status, stdout, stderr, error } = spawnSync(command, args, {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, ...env },
        timeout: 300_000,
        killSignal: "SIGKILL",
      });
      return { status, stdout, stderr: `${stderr}${error?.message ?? ""}` };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs a command that has to work; returns what it printed. Throws with all that it said when it fails. */
export function mustRun(project: Project, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = project.run(command, args);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: status ${String(status)}\n${stdout}${stderr}`);
  return stdout;
}
