/** A temporary git repository with one commit on `main`. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { folderWith } from "./folder.js";

export interface Repository {
  readonly folder: string;
  readonly git: (...args: readonly string[]) => string;
  readonly write: (path: string, text: string) => void;
  /** Commits everything that is there. */
  readonly commit: () => void;
}

export function repositoryWith(files: Readonly<Record<string, string>>): Repository {
  const folder = folderWith(files);
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  const git = (...args: readonly string[]): string =>
    execFileSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const repository = {
    folder,
    git,
    write: (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    commit: () => {
      git("add", "--all");
      git("commit", "--quiet", "--message", "change");
    },
  };
  git("init", "--quiet", "--initial-branch=main");
  repository.commit();
  return repository;
}
