/** Where documents are: their paths, the workspace folder that they belong to. */
import { readFileSync, statSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isDockerfileName } from "../src/editor.js";

export interface Folder {
  readonly uri: string;
  /** Absolute. */
  readonly path: string;
}

/** The path behind a `file:` URI; null for any other, and for what is no URI. */
export function pathOf(uri: string): string | null {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : null;
  } catch {
    return null;
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** Those of workspace folders that are on disk. */
export function foldersOf(folders: readonly { readonly uri: string }[]): Folder[] {
  return folders.flatMap(({ uri }) => {
    const path = pathOf(uri);
    return path === null ? [] : [{ uri, path: path.replace(/(?<=.)[/\\]$/, "") }];
  });
}

/** The last part of a URI's path, such as `Dockerfile` of `git:/a/Dockerfile?x`, decoded. */
function nameOf(uri: string): string {
  const path = uri.replace(/[?#].*$/su, "");
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.indexOf(":")) + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const LANGUAGES: ReadonlySet<string> = new Set(["dockerfile", "containerfile"]);
const POLICIES: ReadonlySet<string> = new Set(["fromlint.yaml", "fromlint.json"]);

/** A document is a Dockerfile when the client says so, or by its name. */
export function isDockerfile(uri: string, languageId: string): boolean {
  return LANGUAGES.has(languageId.toLowerCase()) || isDockerfileName(nameOf(uri));
}

export function isPolicyFile(uri: string): boolean {
  return POLICIES.has(nameOf(uri));
}

/** The innermost folder that holds a file; null outside of all. */
export function folderAround(file: string, folders: readonly Folder[]): Folder | null {
  const around = folders.filter(({ path }) => file === path || file.startsWith(path.endsWith(sep) ? path : path + sep));
  return around.sort((a, b) => b.path.length - a.path.length)[0] ?? null;
}

/** Where a document that is no file would be: in the first folder, under its own name. */
export function pathWithin(folder: string, uri: string): string {
  return join(folder, basename(nameOf(uri)) || "Dockerfile");
}

/** The text of a small file, such as a policy; null where there is none to be had. */
export function readText(path: string): string | null {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= MOST_BYTES ? readFileSync(path, "utf8") : null;
  } catch {
    return null;
  }
}

/** What a policy may have at most. */
const MOST_BYTES = 1024 * 1024;
