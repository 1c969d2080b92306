/** Files as URIs, for reports that other programs resolve. */
import { isAbsolute, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { wellFormed } from "./safe.js";

/** The way from `root` to `file` with forward slashes; null where it does not lie below. */
export function pathBelow(file: string, root: string): string | null {
  if (!isAbsolute(file)) return file;
  const path = relative(root, file);
  if (path === "" || path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path)) return null;
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

/** A relative URI of RFC 3986 for such a way: every segment percent-encoded, so that `a:b` is no scheme. */
export function relativeUri(path: string): string {
  return path
    .split("/")
    .map((segment) => encodeURIComponent(wellFormed(segment)))
    .join("/");
}

/** `file:///…`; a folder ends with a slash. */
export function fileUri(path: string, isFolder = false): string {
  const { href } = pathToFileURL(path);
  return isFolder && !href.endsWith("/") ? `${href}/` : href;
}
