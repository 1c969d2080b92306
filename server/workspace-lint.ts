/** Every Dockerfile in the workspace, open or not. */
import { basename } from "node:path";
import { setImmediate } from "node:timers/promises";
import { findDockerfiles, readDockerfile } from "../src/editor.js";
import type { DocumentText } from "./document.js";
import { uriOf } from "./places.js";
import type { Look, Workspace } from "./workspace.js";

export interface WorkspaceRun {
  readonly isCancelled: () => boolean;
  /** Hears of each file before it is linted: how many are done, of how many, and which is next. */
  readonly onProgress?: (done: number, total: number, name: string) => void;
}

/**
 * Looks at each Dockerfile below the workspace folders, with the text of the editor where it is open, and hands it to
 * `visit`; those that are switched off or that a policy ignores are left out. Others have their turn between two files.
 * False when it was cancelled.
 */
export async function lookAtAll(
  workspace: Workspace,
  { isCancelled, onProgress }: WorkspaceRun,
  visit: (uri: string, look: Look) => void,
): Promise<boolean> {
  const goesOn = async (): Promise<boolean> => {
    await setImmediate();
    return !isCancelled();
  };
  const files = new Set<string>();
  for (const { path } of workspace.folders()) {
    for (const file of (await findDockerfiles(path, { ignore: true, goesOn })).files) files.add(file);
  }
  let done = 0;
  for (const file of [...files].sort()) {
    if (!(await goesOn())) return false;
    onProgress?.(done++, files.size, basename(file));
    const open = workspace.openAt(file);
    const uri = open?.uri ?? uriOf(file);
    if (!workspace.settingsOf(uri).enable) continue;
    const look = open ? workspace.look(uri) : workspace.lookAt(closedText(uri, file));
    if (look.kind !== "none") visit(uri, look);
  }
  return !isCancelled();
}

/** As it would be in an editor, which shows a file without its byte order mark. */
function closedText(uri: string, file: string): DocumentText {
  const { text, problems } = readDockerfile(file);
  return { uri, version: null, text: text.replace(/^\ufeff/, ""), problems };
}
