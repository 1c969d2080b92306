/** Why the file system refused, in words. */

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "there is no such file",
  ELOOP: "its links go round in a circle",
  EISDIR: "it is a folder",
  ENAMETOOLONG: "its path is too long",
  EMFILE: "too many files are open",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left",
  EIO: "the disk reports an error",
};

/** `permission denied` for an EACCES; the code itself for what is rare. */
export function reasonOf(error: unknown): string {
  const { code, message, path } = error as NodeJS.ErrnoException;
  // Node has put U+FFFD in place of the bytes, so the name leads nowhere.
  if (code === "ENOENT" && path?.includes("\ufffd")) return "its name is not UTF-8";
  return REASONS[code ?? ""] ?? code ?? message;
}
