/** Which policies hold for the documents of an editor, as they stand there: unsaved text comes before the disk. */
import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { outerFolder, policiesHolding } from "../src/editor.js";
import {
  discoverPolicy,
  loadPolicy,
  presetPolicy,
  type LoadResult,
  type Policy,
  type PolicyError,
} from "../src/index.js";

/** What holds for a Dockerfile: policies (none for a file that they ignore), or what is wrong with one of them. */
export type Holding =
  | { readonly policies: readonly Policy[]; readonly errors: null }
  | { readonly policies: null; readonly errors: readonly PolicyError[] };

export interface Place {
  /** Absolute; of a document that is no file, where it would be. */
  readonly file: string;
  readonly isFile: boolean;
  /** The workspace folder, absolute; the working directory for a file outside of all. */
  readonly folder: string;
  /** The policy of the settings, relative to the folder; null for the nearest one. */
  readonly configPath: string | null;
}

export interface Policies {
  readonly of: (place: Place) => Holding;
  /** The policy files of a Dockerfile, absolute: its own, and the one from outside. */
  readonly filesOf: (place: Place) => { readonly own: string | null; readonly outer: string | null };
  /** What is wrong in one policy file (absolute path), by itself or together with those that extend it. */
  readonly errorsIn: (file: string) => readonly PolicyError[];
  /** The policy at a file, where nothing is wrong with it. */
  readonly at: (file: string) => LoadResult["policy"];
  /** True for a file that a loaded policy consists of, or would if it were there. */
  readonly concerns: (file: string) => boolean;
  /** Forgets all, for when files may have come or gone. */
  readonly forget: () => void;
}

export interface PoliciesOptions {
  /** The text of a file (absolute path) that is open, and a number for its state; null for one that is not. */
  readonly unsaved: (file: string) => { readonly text: string; readonly version: number } | null;
  /** FROMLINT_POLICY: a policy from outside that holds for every file, too; relative to the workspace folder. */
  readonly outer: string | null;
}

interface Loaded {
  readonly result: LoadResult;
  /** The state of each file that was read, to see whether it has changed since. */
  readonly stamps: ReadonlyMap<string, string>;
}

export function createPolicies({ unsaved, outer }: PoliciesOptions): Policies {
  const loaded = new Map<string, Loaded>();
  const preset = presetPolicy("recommended");

  const stampOf = (file: string): string => {
    const open = unsaved(file);
    return open ? `open ${open.version}` : stampOnDisk(file);
  };

  const load = (file: string, options: { outer?: boolean; folder?: string } = {}): LoadResult => {
    const key = JSON.stringify([file, options]);
    const known = loaded.get(key);
    if (known && [...known.stamps].every(([path, stamp]) => stampOf(path) === stamp)) return known.result;
    const result = loadPolicy(file, { ...options, unsaved: (path) => unsaved(path)?.text ?? null });
    loaded.set(key, { result, stamps: new Map(result.files.map((path) => [path, stampOf(path)])) });
    return result;
  };

  const outerFile = (folder: string): string | null => (outer === null ? null : resolve(folder, outer));

  /** The file's own policy, named or nearest; `error` is what is wrong with finding it. */
  const ownFile = ({ file, folder, configPath }: Place): ReturnType<typeof discoverPolicy> => {
    if (configPath !== null) return { file: resolve(folder, configPath), error: null };
    return discoverPolicy(dirname(file), new Map());
  };

  return {
    of: (place) => {
      const { file: own, error } = ownFile(place);
      const outside = outerFile(place.folder);
      const results = [
        outside === null ? null : load(outside, { outer: true, folder: outerFolder(outside, place.folder) }),
        own === null || own === outside ? null : load(own),
      ] as const;
      const errors = [...(error ? [error] : []), ...results.flatMap((result) => result?.errors ?? [])];
      if (errors.length > 0) return { policies: null, errors };
      const [outerPolicy, ownPolicy] = results.map((result) => result?.policy ?? null);
      const candidates = { outer: outerPolicy ?? null, own: ownPolicy ?? null, preset, ignore: true };
      return { policies: policiesHolding(place.file, candidates), errors: null };
    },
    filesOf: (place) => ({ own: ownFile(place).file, outer: outerFile(place.folder) }),
    errorsIn: (file) => {
      const results = [load(file), ...[...loaded.values()].map(({ result }) => result)];
      const errors = results.flatMap((result) => result.errors ?? []).filter((error) => error.file === file);
      return [...new Map(errors.map((error) => [JSON.stringify(error), error])).values()];
    },
    at: (file) => load(file).policy,
    concerns: (file) => [...loaded.values()].some(({ stamps }) => stamps.has(file)),
    forget: () => loaded.clear(),
  };
}

/** Changes when the file does; the same for all that cannot be looked at. */
function stampOnDisk(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return "not there";
  }
}
