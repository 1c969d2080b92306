/** Which copies bring the application's source, and which only manifests, settings or archives. */
import { isGlob } from "../ecosystems/glob.js";
import type { Install } from "../ecosystems/install.js";
import { filesOf } from "../ecosystems/manifests.js";
import { normalPath } from "../effects/paths.js";
import { endingOf, endings } from "../endings.js";
import type { ProjectFiles } from "../project-files.js";
import { belowFolder, type ContextCopy } from "./context-copies.js";
import type { PlacedInstall } from "./dependency-installs.js";
import { volatilityOf } from "../layers/exposure.js";

const ARCHIVES = endings("tar tgz txz tbz tbz2 gz xz bz2 zst zip jar war whl deb rpm apk so dll exe bin gpg asc key");
/** Files of code, by their endings. */
export const CODE = endings(
  "js mjs cjs jsx ts mts tsx vue svelte py go rs java kt kts scala cs fs vb rb php ex exs erl c cc cpp h hpp swift lua pl",
);

/** True when any of its sources is code or a folder of the project, so that it changes with nearly every commit. */
export function bringsSource(copy: ContextCopy, placed: PlacedInstall, files: ProjectFiles | null): boolean {
  const needed = neededBy(placed.install);
  const isNeeded = (source: string): boolean => {
    const name = source.slice(source.lastIndexOf("/") + 1);
    return needed.has(copy.place) || needed.has(normalPath(copy.place, name));
  };
  const named = sourcesOf(copy);
  return copy.sources.some((source) => {
    if (source === "" || source === "*") return true;
    if (named.get(source) !== true || isNeeded(source)) return false;
    if (CODE.has(endingOf(source))) return true;
    if (isGlob(source)) return source.endsWith("/*");
    if (files?.has(source) === true) return files.list(source).length > 0;
    return isAround(copy.place, placed.folder);
  });
}

const MAY_BE_SOURCE = new WeakMap<ContextCopy, ReadonlyMap<string, boolean>>();

/** By the name alone; worked out once for a copy, since every install behind it asks. */
function sourcesOf(copy: ContextCopy): ReadonlyMap<string, boolean> {
  let found = MAY_BE_SOURCE.get(copy);
  if (!found) {
    found = new Map(
      copy.sources.map((source) => [source, volatilityOf(source) === 7 && !ARCHIVES.has(endingOf(source))]),
    );
    MAY_BE_SOURCE.set(copy, found);
  }
  return found;
}

/** Worked out once for an install: it is asked of every copy before it. */
const NEEDED = new WeakMap<Install, ReadonlySet<string>>();

function neededBy(install: Install): ReadonlySet<string> {
  let found = NEEDED.get(install);
  if (!found) NEEDED.set(install, (found = new Set(filesOf(install) ?? [])));
  return found;
}

/** True when one of the two folders lies in the other. */
export function isAround(place: string, folder: string | null): boolean {
  return folder !== null && (belowFolder(folder, place) !== null || belowFolder(place, folder) !== null);
}
