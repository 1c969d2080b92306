/** A folder as it is, before an ignore file leaves anything out. */

/** Paths are relative, with `/`, normal, and "" for the folder itself. Nothing throws. */
export interface Tree {
  /** Null for what is not there, lies outside, or is neither file nor folder. */
  readonly kind: (path: string) => "file" | "folder" | null;
  /** The path without links, relative; the same path where there are none. */
  readonly target: (path: string) => string;
  /** The text of a file; null for one that is too large, binary or cannot be read. */
  readonly text: (path: string) => string | null;
  readonly names: (folder: string) => readonly string[];
}

/** Files larger than this are not read. */
export const LARGEST_FILE = 1_048_576;

/** A tree of these files, path -> text. */
export function memoryTree(files: Readonly<Record<string, string>>): Tree {
  const texts = new Map(Object.entries(files));
  const folders = new Map<string, Set<string>>([["", new Set()]]);
  for (const path of texts.keys()) {
    for (let child = path; child !== ""; child = parentOf(child)) {
      const parent = parentOf(child);
      const names = folders.get(parent) ?? new Set();
      folders.set(parent, names.add(child.slice(parent === "" ? 0 : parent.length + 1)));
    }
  }
  return {
    kind: (path) => (texts.has(path) ? "file" : folders.has(path) ? "folder" : null),
    target: (path) => path,
    text: (path) => {
      const text = texts.get(path);
      return text === undefined || text.length > LARGEST_FILE || text.includes("\0") ? null : text;
    },
    names: (folder) => [...(folders.get(folder) ?? [])],
  };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}
