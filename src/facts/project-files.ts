/** The project's own files, as far as the build context is known. */
import type { Dockerfile, Instruction } from "../syntax/nodes.js";

/**
 * Read access to a build context. Paths are relative to its root, with `/`, and never lead out of it: what does,
 * also through a link, is not there.
 */
export interface ProjectFiles {
  /** True for a file or folder that is there and not left out by the ignore file. */
  readonly has: (path: string) => boolean;
  /** The text of a file, at most 1 MiB; null for one that is not there or is no text. */
  readonly read: (path: string) => string | null;
  /** Names in a folder, sorted; empty for what is none. */
  readonly list: (folder: string) => readonly string[];
  /** The name of the ignore file in force: `.dockerignore`, `Dockerfile.dockerignore`; null without one. */
  readonly ignoreFile: string | null;
}

/** A context that may be the one: `certain` when the command line or the policy names it. */
export interface BuildContext {
  readonly files: ProjectFiles;
  readonly certain: boolean;
}

/**
 * The files of the context. A context that is only the Dockerfile's own folder counts when every literal source of
 * COPY and ADD is there, or is `.`; else it is not known (null).
 */
export function projectFiles(ast: Dockerfile, context: BuildContext | null): ProjectFiles | null {
  if (!context) return null;
  if (context.certain) return context.files;
  return ast.instructions.every((instruction) => isThere(instruction, context.files)) ? context.files : null;
}

function isThere(instruction: Instruction, files: ProjectFiles): boolean {
  if (instruction.type !== "Copy" && instruction.type !== "Add") return true;
  if (instruction.flags.some(({ name }) => name === "from")) return true;
  const bodies = new Set(instruction.heredocs.map(({ range }) => range[0]));
  return instruction.words.slice(0, -1).every(({ text, range }) => {
    if (bodies.has(range[0]) || /[$*?[\\'"]|^(?:https?|git|ssh):\/\/|^git@/.test(text)) return true;
    const path = text.replace(/^\/+/, "");
    return path === "" || path === "." || path === "./" || files.has(path);
  });
}
