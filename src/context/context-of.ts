/** Which folder is the build context of a Dockerfile. */
import { statSync } from "node:fs";
import { dirname, isAbsolute } from "node:path";
import { openContext } from "../context.js";
import { diskTree } from "./disk.js";
import type { Hear } from "./watched.js";
import type { BuildContext, ProjectFiles } from "../facts/project-files.js";
import type { Policy } from "../policy/policy.js";

/**
 * The context under a policy: the folder that it names (`--context` is put into the policy), else the Dockerfile's own,
 * which is not certain. Null where that is no folder. `filePath` is absolute, or a name for text that is no file; `hear`
 * hears of all that is looked at.
 */
export function contextOf(
  filePath: string,
  hear: Hear | null = null,
): (policy: Pick<Policy, "context">) => BuildContext | null {
  const file = isAbsolute(filePath) ? filePath : null;
  const opened = new Map<string, ProjectFiles | null>();
  return ({ context }) => {
    const folder = context ?? (file === null ? null : dirname(file));
    if (folder === null) return null;
    let files = opened.get(folder);
    if (files === undefined) {
      hear?.(folder, "kind", "", diskTree(folder).kind(""));
      opened.set(folder, (files = isFolder(folder) ? openContext(folder, file, hear) : null));
    }
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
