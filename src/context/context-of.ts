/** Which folder is the build context of a Dockerfile. */
import { statSync } from "node:fs";
import { dirname, isAbsolute } from "node:path";
import { openContext } from "../context.js";
import type { BuildContext, ProjectFiles } from "../facts/project-files.js";
import type { Policy } from "../policy/policy.js";

/**
 * The context under a policy: the folder that it names (`--context` is put into the policy), else the Dockerfile's own,
 * which is not certain. Null where that is no folder. `filePath` is absolute, or a name for text that is no file.
 */
export function contextOf(filePath: string): (policy: Pick<Policy, "context">) => BuildContext | null {
  const file = isAbsolute(filePath) ? filePath : null;
  const opened = new Map<string, ProjectFiles | null>();
  return ({ context }) => {
    const folder = context ?? (file === null ? null : dirname(file));
    if (folder === null) return null;
    let files = opened.get(folder);
    if (files === undefined) opened.set(folder, (files = isFolder(folder) ? openContext(folder, file) : null));
    return files && { files, certain: context !== null };
  };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
