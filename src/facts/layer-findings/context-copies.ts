/** What COPY and ADD bring from the build context: from which path to which. */
import { normalPath } from "../effects/paths.js";
import { fits, isGlob } from "../ecosystems/glob.js";
import type { ProjectFiles } from "../project-files.js";
import { isRemote } from "../layers/copied.js";
import type { Step } from "../layers/step.js";

export interface ContextCopy {
  readonly step: Step;
  /** Paths in the context, normal, without a leading `/`; "" for all of it. */
  readonly sources: readonly string[];
  /** Where it goes, absolute and normal. A WORKDIR of the base image is taken to be `/`. */
  readonly place: string;
  /** True when the destination can only be a folder. */
  readonly intoFolder: boolean;
}

/** Worked out once for a step: several rules ask. */
const COPIES = new WeakMap<Step, ContextCopy | null>();

/** What a step copies from the context; null for one that copies nothing from there, or what is not known. */
export function contextCopy(step: Step): ContextCopy | null {
  if (!step.copied) return null;
  let found = COPIES.get(step);
  if (found === undefined) COPIES.set(step, (found = readCopy(step)));
  return found;
}

function readCopy(step: Step): ContextCopy | null {
  const { copied, instruction, state } = step;
  if (!copied || (instruction.type !== "Copy" && instruction.type !== "Add")) return null;
  if (!copied.content.some(({ from }) => from.kind === "context")) return null;
  const last = instruction.words.at(-1)?.text ?? "";
  // Relative to a folder of the base image: the same one for all that stands below the same WORKDIR.
  const to = copied.destination ?? (last.includes("$") || state.windows ? null : normalPath(state.workdir.path, last));
  if (to === null || copied.sources.includes(null)) return null;
  const sources = copied.sources.flatMap((source) =>
    source === null || isRemote(source) ? [] : [normalPath("/", source).slice(1)],
  );
  const intoFolder = sources.length > 1 || /(?:^|\/)\.{0,2}$/.test(last);
  return { step, sources, place: normalPath("/", to), intoFolder };
}

/**
 * The paths in the context that may be the file `path` of the image, as far as this copy brings it: a source may be a
 * folder, whose content is copied, or a file. With `files` only those that are there. Sources with `*` in a folder's
 * name are left out.
 */
export function pathsInContext(copy: ContextCopy, path: string, files: ProjectFiles | null): readonly string[] {
  const rest = belowFolder(path, copy.place);
  const found = copy.sources.flatMap((source): string[] => {
    const name = source.slice(source.lastIndexOf("/") + 1);
    const folder = source.slice(0, source.length - name.length);
    // A file under another name, or a folder whose content lands here.
    if (rest === "") return copy.intoFolder || isGlob(source) ? [] : [source];
    if (rest === null) return [];
    const [first = ""] = rest.split("/");
    if (isGlob(source)) return !isGlob(folder) && fits(name, first) ? [folder + rest] : [];
    const inside = source === "" ? rest : `${source}/${rest}`;
    return rest === name ? [source, inside] : [inside];
  });
  return files ? found.filter((one) => files.has(one)) : found;
}

/** `path` as seen from `folder`: "" for the folder itself; null when it is not below. */
export function belowFolder(path: string, folder: string): string | null {
  if (path === folder) return "";
  const start = folder === "/" ? "/" : `${folder}/`;
  return path.startsWith(start) ? path.slice(start.length) : null;
}
