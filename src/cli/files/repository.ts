/** The repository that a folder lies in. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The nearest folder (absolute path) at or above `folder` with a `.git` in it; `folder` itself where there is none. */
export function repositoryOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return folder;
  }
}
