/** The documents of a client with everything that their findings rest on: folders, settings, policies. */
import {
  loadLock,
  lockFileOf,
  type LoadedLock,
  type LoadedPolicy,
  type Policy,
  type PolicyError,
} from "../src/index.js";
import { existsSync } from "node:fs";
import type { Encoding } from "./positions.js";
import { inspectDocument, type DocumentText, type InspectedDocument } from "./document.js";
import { folderAround, isDockerfile, isPolicyFile, pathOf, pathWithin, type Folder } from "./places.js";
import { createPolicies, type Place } from "./policies.js";
import { DEFAULT_SETTINGS, type Settings } from "./settings.js";

/** An open document, as `TextDocuments` has it. */
export interface OpenDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly getText: () => string;
}

/** What a document is to us. */
export type Look =
  | { readonly kind: "dockerfile"; readonly document: InspectedDocument }
  /** A Dockerfile that is not linted, because a policy that holds for it is broken, or because it is too large. */
  | { readonly kind: "blocked"; readonly text: DocumentText; readonly errors: readonly PolicyError[] }
  | { readonly kind: "large"; readonly text: DocumentText }
  | {
      readonly kind: "policy";
      readonly text: DocumentText;
      readonly file: string;
      readonly errors: readonly PolicyError[];
      /** What it holds, where nothing is wrong. */
      readonly policy: LoadedPolicy | null;
    }
  /** None of ours, switched off, or left out by the policy. */
  | { readonly kind: "none" };

/** Characters of the largest text that is linted as it is typed; dockerfile-ast is asked up to here, too. */
export const LARGEST = 1_048_576;

export interface WorkspaceOptions {
  readonly encoding: Encoding;
  /** Every open document. */
  readonly documents: () => readonly OpenDocument[];
  readonly get: (uri: string) => OpenDocument | undefined;
  /** FROMLINT_POLICY. */
  readonly outerPolicy: string | null;
  /** Where a client without a folder works. */
  readonly cwd: string;
}

export type Workspace = ReturnType<typeof createWorkspace>;

export function createWorkspace({ encoding, documents, get, outerPolicy, cwd }: WorkspaceOptions) {
  let folders: readonly Folder[] = [];
  /** By folder URI, "" for what is outside of all. */
  let settings: ReadonlyMap<string, Settings> = new Map();
  /** The last look at each open document, good as long as nothing has changed that it rests on. */
  const looks = new Map<string, { readonly rests: readonly unknown[]; readonly look: Look }>();

  /** Clients write URIs in their own way, so files are found by their paths. */
  const openAt = (path: string): OpenDocument | undefined => documents().find(({ uri }) => pathOf(uri) === path);

  const policies = createPolicies({
    unsaved: (file) => {
      const open = openAt(file);
      return open ? { text: open.getText(), version: open.version } : null;
    },
    outer: outerPolicy,
  });

  const settingsOf = (uri: string): Settings => {
    const folder = folderAround(pathOf(uri) ?? "", folders) ?? folders[0];
    return settings.get(folder?.uri ?? "") ?? settings.get("") ?? DEFAULT_SETTINGS;
  };

  /** A document that is no file belongs to the first folder. */
  const placeOf = (uri: string): Place => {
    const path = pathOf(uri);
    const folder = (path === null ? folders[0] : folderAround(path, folders))?.path ?? cwd;
    return {
      file: path ?? pathWithin(folder, uri),
      isFile: path !== null,
      folder,
      configPath: settingsOf(uri).configPath,
    };
  };

  const lookAfresh = (text: DocumentText, place: Place, holding: ReturnType<typeof policies.of>): Look => {
    if (holding.errors !== null) return { kind: "blocked", text, errors: holding.errors };
    if (holding.policies.length === 0) return { kind: "none" };
    if (text.text.length > LARGEST) return { kind: "large", text };
    const lock = lockFor(place, holding.policies);
    if (lock?.errors) return { kind: "blocked", text, errors: lock.errors.map((error) => ({ column: 1, ...error })) };
    // What is no file lies in no build context.
    const options = {
      filePath: place.file,
      policies: holding.policies,
      lock: lock?.lock ?? null,
      ...(place.isFile ? {} : { context: null }),
    };
    return { kind: "dockerfile", document: inspectDocument(text, options, encoding) };
  };

  /** The lock file of a Dockerfile; null without one. */
  const lockFor = ({ file, isFile, folder }: Place, holding: readonly Policy[]): LoadedLock | null => {
    const path = isFile ? lockFileOf(file, holding, folder) : null;
    return path !== null && existsSync(path) ? loadLock(path) : null;
  };

  /** A Dockerfile whatever it is called, open or not. */
  const lookAt = (text: DocumentText): Look => {
    const place = placeOf(text.uri);
    return lookAfresh(text, place, policies.of(place));
  };

  const look = (uri: string): Look => {
    const open = get(uri);
    if (!open || !settingsOf(uri).enable) return { kind: "none" };
    const text = (): DocumentText => ({ uri, version: open.version, text: open.getText() });
    const path = pathOf(uri);
    if (path !== null && (isPolicyFile(uri) || (policies.concerns(path) && !isDockerfile(uri, open.languageId)))) {
      return { kind: "policy", text: text(), file: path, errors: policies.errorsIn(path), policy: policies.at(path) };
    }
    return isDockerfile(uri, open.languageId) ? lookAt(text()) : { kind: "none" };
  };

  /** The same, worked out once a version for hovers, actions and the like; files of the project are not looked at again. */
  const known = (uri: string): Look => {
    const open = get(uri);
    const place = placeOf(uri);
    const { policies: holding, errors } = policies.of(place);
    const rests = [open, open?.version, settingsOf(uri), errors?.length, ...(holding ?? [])];
    const last = looks.get(uri);
    if (last?.rests.length === rests.length && last.rests.every((each, index) => each === rests[index]))
      return last.look;
    const fresh = look(uri);
    looks.set(uri, { rests, look: fresh });
    return fresh;
  };

  return {
    policies,
    placeOf,
    settingsOf,
    openAt,
    /** Looks anew, also at the files of the project that findings rest on. */
    look: (uri: string): Look => {
      looks.delete(uri);
      return known(uri);
    },
    lookAt,
    known,
    forget: (uri: string): void => void looks.delete(uri),
    folders: () => folders,
    setFolders: (all: readonly Folder[]): void => void (folders = all),
    setSettings: (all: ReadonlyMap<string, Settings>): void => void (settings = all),
  };
}
