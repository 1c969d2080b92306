/** What holds at a place in a stage: environment, user, folder, shell. */
import { expand } from "../../syntax/expand.js";
import type { Mapped } from "../../syntax/mapped.js";
import { isOwnName, readName } from "../../syntax/names.js";
import { isPlain } from "../../syntax/plain-word.js";
import { normalPath } from "../effects/paths.js";
import { digest } from "./digest.js";
import { entryOf, type Environment } from "./environment.js";

export interface State {
  readonly environment: Environment;
  /** As USER has it; null for the base image's. */
  readonly user: string | null;
  /** The folder; where the file does not tell it, that of the base image is taken to be `/`, as for most images. */
  readonly workdir: Folder;
  /** The words of SHELL. */
  readonly shell: readonly string[];
  /** True for a stage on a Windows image. */
  readonly windows: boolean;
  /** The most volatile content that a COPY or ADD has brought so far; 0 when none has. */
  readonly exposure: number;
}

export interface Folder {
  /** Absolute and normal, unless a variable in it is unknown. */
  readonly path: string;
  /** False where the base image decides. */
  readonly known: boolean;
}

/** A word with variables put in. */
export interface Text {
  /** Null where a variable has no value in this file, or BuildKit refuses the word. */
  readonly text: string | null;
  /** The text, or for an unknown one all that is known of it: it differs where the build's own would. */
  readonly key: string;
  /** With "" for what is not known. */
  readonly known: string;
}

/** Puts in what ENV and ARG have set so far, as BuildKit does for the arguments of instructions. */
export function textOf(word: Mapped, { environment }: State, escape: string): Text {
  const asItIs = word.text;
  if (isPlain(asItIs)) return { text: asItIs, key: asItIs, known: asItIs };
  const expansion = expand(word, valueIn(environment), escape);
  const { text, unresolved, error } = expansion;
  if (error === null && unresolved.length === 0) return { text, key: text, known: text };
  // The base image decides; what it may combine with is told apart by the keys of the unknown variables.
  const keys = unresolved.flatMap((name) => entryOf(environment, name)?.key ?? []);
  return { text: null, key: `?${digest(word.text, text, error ?? "", ...keys)}`, known: text };
}

/** Names of the variables that a text uses, also those that a modifier covers or an error hides. */
export function namesIn(text: string): readonly string[] {
  const names = new Set<string>();
  for (let at = text.indexOf("$"); at >= 0; at = text.indexOf("$", at + 1)) {
    const from = text.charAt(at + 1) === "{" ? at + 2 : at + 1;
    const name = readName(text, from);
    if (isOwnName(name)) names.add(name);
  }
  return [...names];
}

/** The folder where a step runs; null when the base image decides. */
export function knownWorkdir({ workdir }: State): string | null {
  return workdir.known ? workdir.path : null;
}

/** The folder after `WORKDIR path`, and what a relative path means in `folder`. */
export function enter(folder: Folder, { text, key }: Text): Folder {
  if (text === null) return { path: normalPath(folder.path, key), known: false };
  return { path: normalPath(folder.path, text), known: folder.known || text.startsWith("/") };
}

function valueIn(environment: Environment): (name: string) => { value: string } | null {
  return (name) => {
    const value = entryOf(environment, name)?.value ?? null;
    return value === null ? null : { value };
  };
}
