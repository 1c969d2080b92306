/** The files that `dotnet restore` reads of a project or a solution. */
import { normalPath } from "../effects/paths.js";
import type { ProjectFiles } from "../project-files.js";

const PROJECT = /\.(?:cs|fs|vb)proj$/;
const SOLUTION = /\.slnx?$/;

/** Larger ones are better written by hand. */
const MOST_FILES = 40;

/** Found in a project's folder or above. */
const SHARED = [
  "Directory.Build.props",
  "Directory.Build.targets",
  "Directory.Packages.props",
  "nuget.config",
  "NuGet.config",
  "NuGet.Config",
  "global.json",
];

/**
 * The project or solution that `operand` names (a file, a folder or "" for the folder itself), what it refers to, and
 * the settings that count for these: paths from `root`, the project's folder in the context. Null when one is missing,
 * has a variable in it, lies outside of `root`, or there are too many.
 */
export function dotnetProject(
  operand: string,
  root: string,
  top: string,
  files: ProjectFiles,
): readonly string[] | null {
  const first = entry(within(root, operand), files);
  if (first === null) return null;
  const found = new Set<string>();
  const open = [first];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    if (found.size >= MOST_FILES || !files.has(path)) return null;
    found.add(path);
    const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
    const named = references(path, files.read(path) ?? "");
    if (named.some((one) => one.includes("$("))) return null;
    open.push(...named.map((one) => within(folder, one.replaceAll("\\", "/"))));
    const settings = PROJECT.test(path) ? [...SHARED, "packages.lock.json"] : SHARED;
    for (let at: string | null = folder; at !== null; at = above(at, top)) {
      for (const name of at === folder ? settings : SHARED) {
        const setting = within(at, name);
        if (files.has(setting)) found.add(setting);
      }
    }
  }
  const start = root === "" ? "" : `${root}/`;
  const names = [...found];
  return names.every((name) => name.startsWith(start)) ? names.map((name) => name.slice(start.length)) : null;
}

/** As MSBuild takes it: the only project or solution of a folder. */
function entry(path: string, files: ProjectFiles): string | null {
  if (PROJECT.test(path) || SOLUTION.test(path)) return path;
  const names = files.list(path).filter((name) => PROJECT.test(name) || SOLUTION.test(name));
  const [name] = names;
  return name !== undefined && names.length === 1 ? within(path, name) : null;
}

function references(path: string, text: string): readonly string[] {
  const pattern = SOLUTION.test(path)
    ? /"([^"\n]+\.(?:cs|fs|vb)proj)"/g
    : /<(?:ProjectReference\s[^<>]*?\bInclude|Import\s[^<>]*?\bProject)="([^"\n]+)"/g;
  const named = [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
  // Of the SDK, such as `Import Project="Sdk.props" Sdk="…"`.
  return named.filter((name) => !/^Sdk\.(?:props|targets)$/.test(name));
}

function within(folder: string, path: string): string {
  return normalPath(`/${folder}`, path).slice(1);
}

/** The folder above, down from `top`; null when that is passed. */
function above(folder: string, top: string): string | null {
  if (folder === top || folder === "") return null;
  return folder.slice(0, Math.max(folder.lastIndexOf("/"), 0));
}
