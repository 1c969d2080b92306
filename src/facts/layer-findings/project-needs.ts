/** What an install needs of a project, told from the project's own files. */
import type { Install } from "../ecosystems/install.js";
import { normalPath } from "../effects/paths.js";
import type { ProjectFiles } from "../project-files.js";

/**
 * `files`: these alone, names from the project's folder. `source`: its code, too, or nobody can tell. `none`: there is
 * no manifest, so it is another project.
 */
export type Needs =
  { readonly kind: "files"; readonly names: readonly string[] } | { readonly kind: "source" | "none" };

const SOURCE: Needs = { kind: "source" };
const NONE: Needs = { kind: "none" };

/** Lists of requirements that one names. */
const MOST_LISTS = 20;

/** `folder` is the project's folder in the context, "" for its root; `listed` are seen from there. */
export function needsOf(install: Install, folder: string, files: ProjectFiles): Needs {
  const { ecosystem, readsSource } = install;
  if (readsSource) return SOURCE;
  const at = (name: string): string => normalPath("/", `${folder}/${name}`).slice(1);
  const there = (names: readonly string[]): string[] => names.filter((name) => files.has(at(name)));
  const read = (name: string): string => files.read(at(name)) ?? "";
  switch (ecosystem.name) {
    case "npm":
    case "yarn":
    case "pnpm":
    case "bun": {
      if (there(["package.json"]).length === 0) return NONE;
      const more = there(["patches", ".yarn", ".pnp.cjs", ".pnpmfile.cjs", "pnpm-workspace.yaml", "lerna.json"]);
      if (more.length > 0 || !isPlainPackage(read("package.json"), install, there(["binding.gyp"]).length > 0))
        return SOURCE;
      const config = [".npmrc", ".yarnrc", ".yarnrc.yml", "bunfig.toml"];
      return { kind: "files", names: there(["package.json", ...ecosystem.lockfiles, ...config]) };
    }
    case "go":
      if (there(["go.mod"]).length === 0) return NONE;
      if (there(["go.work", "vendor"]).length > 0 || /=>\s*\.{1,2}\//.test(read("go.mod"))) return SOURCE;
      return { kind: "files", names: there(["go.mod", "go.sum"]) };
    case "pip":
      return requirements(install, files, at);
    case "bundler":
      if (there(["Gemfile"]).length === 0) return NONE;
      if (/\bgemspec\b|\bpath:|:path\s*=>|\b(?:eval_gemfile|require_relative|read)\b/.test(read("Gemfile")))
        return SOURCE;
      return { kind: "files", names: there(["Gemfile", "Gemfile.lock", ".ruby-version", ".tool-versions"]) };
    default: {
      const [first = ""] = ecosystem.manifests;
      if (!first.includes("*") && there([first]).length === 0) return NONE;
      return SOURCE;
    }
  }
}

/** Scripts that run when a project is installed. */
const LIFECYCLE = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"];

/** True when installing reads nothing of the project but package.json, lockfile and settings. */
function isPlainPackage(text: string, install: Install, hasNativeCode: boolean): boolean {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return false;
  }
  if (typeof json !== "object" || json === null || "workspaces" in json) return false;
  if (/"(?:file|link|portal|workspace|patch):|"patchedDependencies"|"\.{1,2}\//.test(dependenciesIn(json)))
    return false;
  if (!install.runsScripts) return true;
  // Its own script looks for the schema in the project.
  if (dependenciesIn(json).includes('"@prisma/client"')) return false;
  const scripts: unknown = "scripts" in json ? json.scripts : {};
  const names = typeof scripts === "object" && scripts !== null ? Object.keys(scripts) : [];
  return !hasNativeCode && !names.some((name) => LIFECYCLE.includes(name));
}

function dependenciesIn(json: object): string {
  const kept = Object.entries(json).filter(([key]) => /dependencies|overrides|resolutions|pnpm/i.test(key));
  return JSON.stringify(kept);
}

function requirements(install: Install, files: ProjectFiles, at: (name: string) => string): Needs {
  const names = install.listed.flatMap(({ text }) => text ?? []);
  if (names.length !== install.listed.length || names.some((name) => name.startsWith("/"))) return SOURCE;
  const open = [...names];
  const seen = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const text = files.read(at(name));
    if (text === null) return seen.size === 1 ? NONE : SOURCE;
    if (seen.size > MOST_LISTS || /^\s*(?:-e\b|--editable|[./]|file:)|@\s*(?:file:|\.)/m.test(text)) return SOURCE;
    const folder = name.slice(0, name.lastIndexOf("/") + 1);
    for (const line of text.matchAll(/^\s*(?:-r|-c|--requirement|--constraint)[ =]*(\S+)/gm)) {
      open.push(normalPath("/", folder + (line[1] ?? "")).slice(1));
    }
  }
  return { kind: "files", names: [...seen].sort() };
}
