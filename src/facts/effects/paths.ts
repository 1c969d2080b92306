/** Sets of paths in an image: what a step reads or writes. A path stands for itself and all below it. */

/** `everything` covers every path; then `paths` is empty. Paths are absolute and normal. */
export interface PathSet {
  readonly everything: boolean;
  readonly paths: readonly string[];
}

export const NO_PATHS: PathSet = { everything: false, paths: [] };
export const ALL_PATHS: PathSet = { everything: true, paths: [] };

/** More paths than this in one set are not told apart. */
const MOST_PATHS = 256;

/** Folders that are links in most images: `/bin` is `/usr/bin` since Debian 12, Fedora 17, Ubuntu 19.04. */
const USUAL_LINKS: ReadonlyMap<string, string> = new Map([
  ["/bin", "/usr/bin"],
  ["/sbin", "/usr/sbin"],
  ["/lib", "/usr/lib"],
  ["/lib32", "/usr/lib32"],
  ["/lib64", "/usr/lib64"],
  ["/var/run", "/run"],
  ["/var/lock", "/run/lock"],
]);

/** The set of these absolute paths, and of folders by their marks; relative ones make it everything. */
export function pathSet(paths: Iterable<string>, marks: Iterable<string> = []): PathSet {
  const found = new Set<string>(marks);
  for (const path of paths) {
    if (!path.startsWith("/")) return ALL_PATHS;
    found.add(withoutUsualLinks(normalPath("/", path)));
  }
  return found.size > MOST_PATHS ? ALL_PATHS : { everything: false, paths: [...found] };
}

export function unitePaths(sets: readonly PathSet[]): PathSet {
  if (sets.some(({ everything }) => everything)) return ALL_PATHS;
  const [one = NO_PATHS, ...others] = new Set(sets.filter((set) => !isEmpty(set)));
  if (others.length === 0) return one;
  const found = new Set(sets.flatMap(({ paths }) => paths));
  return found.size > MOST_PATHS ? ALL_PATHS : { everything: false, paths: [...found] };
}

/** A path that both sets cover, or one of whose folders the other covers; null when there is none. */
export function sharedPath(first: PathSet, second: PathSet): string | null {
  if (isEmpty(first) || isEmpty(second)) return null;
  if (first.everything) return second.paths[0] ?? "/";
  if (second.everything) return first.paths[0] ?? "/";
  return below(first.paths, second.paths) ?? below(second.paths, first.paths);
}

/** True when every path of `inner` lies in `outer`. */
export function coversPaths(outer: PathSet, inner: PathSet): boolean {
  if (outer.everything || isEmpty(inner)) return true;
  if (inner.everything) return outer.paths.includes("/");
  const folders = new Set(outer.paths);
  return inner.paths.every((path) => hasAncestor(folders, path));
}

function isEmpty({ everything, paths }: PathSet): boolean {
  return !everything && paths.length === 0;
}

/**
 * `path` seen from the folder `from`, both as in a shell; `from` is absolute. No `.`, `..` or `/` at the end is left.
 * Links are not followed.
 */
export function normalPath(from: string, path: string): string {
  const whole = path.startsWith("/") ? path : `${from === "/" ? "" : from}/${path}`;
  if (isNormal(whole)) return whole;
  const parts: string[] = [];
  for (const part of whole.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** True for nearly all paths that are asked about. It may be false for a few that are normal, such as `/.config`. */
function isNormal(path: string): boolean {
  if (!path.startsWith("/") || path.includes("//") || path.includes("/.")) return false;
  return path === "/" || !path.endsWith("/");
}

/** Folders that every image has, so that no step is needed to make them. */
const STANDARD_FOLDERS: ReadonlySet<string> = new Set([
  ...[
    "",
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/home",
    "/lib",
    "/media",
    "/mnt",
    "/opt",
    "/proc",
    "/root",
    "/run",
    "/sbin",
    "/srv",
    "/sys",
  ],
  ...[
    "/tmp",
    "/usr",
    "/usr/bin",
    "/usr/include",
    "/usr/lib",
    "/usr/local",
    "/usr/local/bin",
    "/usr/local/lib",
    "/usr/local/share",
  ],
  ...["/usr/sbin", "/usr/share", "/var", "/var/cache", "/var/lib", "/var/log", "/var/spool", "/var/tmp", "/etc/ssl"],
]);

/**
 * The folders that these paths stand in, each by its mark: `/app/.` is the folder `/app` itself and nothing in it.
 * Who makes folders on the way (`mkdir -p`, COPY) writes the marks; who needs them to be there reads them.
 */
export function folderMarks(paths: readonly string[]): readonly string[] {
  const marks = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (STANDARD_FOLDERS.has(folder) || marks.has(`${folder}/.`)) break;
      marks.add(`${folder}/.`);
    }
  }
  return [...marks];
}

/** A path of `paths` that is one of `folders` or lies below one. */
function below(paths: readonly string[], folders: readonly string[]): string | null {
  const set = new Set(folders);
  return paths.find((path) => hasAncestor(set, path)) ?? null;
}

function hasAncestor(folders: ReadonlySet<string>, path: string): boolean {
  if (folders.has("/") || folders.has(path)) return true;
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    if (folders.has(path.slice(0, end))) return true;
  }
  return false;
}

function withoutUsualLinks(path: string): string {
  for (let end = path.indexOf("/", 1), level = 0; level < 2; end = path.indexOf("/", end + 1), level++) {
    const head = end < 0 ? path : path.slice(0, end);
    const target = USUAL_LINKS.get(head);
    if (target !== undefined) return target + path.slice(head.length);
    if (end < 0) return path;
  }
  return path;
}
