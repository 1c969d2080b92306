/** How a file is named in a report. */
import { isAbsolute, relative, sep } from "node:path";
import { safe } from "./safe.js";

/** `file` relative to `cwd` with forward slashes, `.` for the folder itself; what is no absolute path stays. */
export function relativePath(file: string, cwd: string): string {
  if (!isAbsolute(file)) return file;
  const path = relative(cwd, file);
  return path === "" ? "." : sep === "/" ? path : path.replaceAll(sep, "/");
}

/** The same, fit to be shown. */
export function shownPath(file: string, cwd: string): string {
  return safe(relativePath(file, cwd));
}
