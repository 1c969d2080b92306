/** Which files are manifests and lockfiles, and whether a COPY brings more than those. */
import { once } from "../../once.js";
import { normalPath } from "../effects/paths.js";
import type { Ecosystem } from "./ecosystem.js";
import { fits, isGlob } from "./glob.js";
import { ECOSYSTEMS, type Install } from "./install.js";

/**
 * True when what a COPY names can only be manifests and lockfiles of `ecosystem`: `package*.json`, `go.mod`,
 * `src/App/App.csproj`, `gradle/`. False for `.`, folders and other files. `source` is as in COPY, from the context.
 */
export function isManifestSource(source: string, ecosystem: Ecosystem): boolean {
  return coversSource(namesOf(ecosystem), source);
}

/** The same for any of the ecosystems that are known. */
export function isAnyManifestSource(source: string): boolean {
  return !isWhole(lastName(source)) && coversSource(allNames(), source);
}

/** True when a COPY of `source` brings the file `name`, which lies directly in the copied folder. */
export function bringsFile(source: string, name: string): boolean {
  const path = source.replace(/^(?:\.?\/)+/, "").replace(/\/+$/, "");
  if (path === "" || path === ".") return true;
  const last = path.slice(path.lastIndexOf("/") + 1);
  return fits(last, name);
}

/**
 * The files in the image that an install needs, as paths with `*`; null when its folder is not known. With `listed`
 * files (pip's `-r`) those alone.
 */
export function filesOf({ ecosystem, folder, listed, command, kind }: Install): readonly string[] | null {
  if (kind === "tool") return [];
  if (folder === null) return null;
  if (ecosystem.listed.length > 0 && listed.length > 0 && (ecosystem.name === "pip" || ecosystem.name === "uv")) {
    if (command.cwd === null) return null;
    const from = command.cwd;
    const named = listed.map(({ text }) => (text === null ? null : normalPath(from, text)));
    return named.every((path) => path !== null) ? named : null;
  }
  return [...ecosystem.manifests, ...ecosystem.lockfiles].map((path) => normalPath(folder, path));
}

/** The last parts of the paths of manifests and lockfiles, without those above them. */
interface ManifestNames {
  readonly literal: ReadonlySet<string>;
  /** Those with `*`. */
  readonly patterns: readonly string[];
}

function namesIn(ecosystems: readonly Ecosystem[]): ManifestNames {
  const paths = ecosystems.flatMap(({ manifests, lockfiles }) => [...manifests, ...lockfiles]);
  const names = [...new Set(paths.map(lastName))];
  return { literal: new Set(names.filter((name) => !isGlob(name))), patterns: names.filter(isGlob) };
}

function namesOf(ecosystem: Ecosystem): ManifestNames {
  let names = known.get(ecosystem);
  if (!names) known.set(ecosystem, (names = namesIn([ecosystem])));
  return names;
}

const known = new WeakMap<Ecosystem, ManifestNames>();
const allNames = once(() => namesIn(ECOSYSTEMS));

function lastName(path: string): string {
  const whole = path.endsWith("/") ? path.replace(/\/+$/, "") : path;
  return whole.slice(whole.lastIndexOf("/") + 1);
}

/** A folder and all in it. */
function isWhole(name: string): boolean {
  return name === "" || name === "." || name === "..";
}

function coversSource({ literal, patterns }: ManifestNames, source: string): boolean {
  const name = lastName(source);
  if (isWhole(name)) return false;
  if (literal.has(name) || patterns.some((pattern) => fits(pattern, name))) return true;
  // `package*.json` brings the manifest and its lockfile; `*.json` would bring anything.
  return isGlob(name) && /^[^*?[]{2,}/.test(name) && [...literal].some((one) => fits(name, one));
}
