/** Loads a policy file with all that it extends. Imported only where there is one: it brings YAML and minimatch. */
import { dirname, resolve } from "node:path";
import { validatorOf } from "./check-schema.js";
import { sortErrors, type PolicyError } from "./errors.js";
import { addFile, type Chain, type KnownRules } from "./extend.js";
import type { LoadedPolicy } from "./layers.js";
import { commandLineError, lockErrors } from "./locks.js";
import type { Severity } from "./policy.js";
import { readPolicyBytes, readPolicyFile, type ReadResult } from "./read.js";
import { RECOMMENDED } from "./rules.generated.js";
import { POLICY_SCHEMA } from "./schema.generated.js";
import { ruleSettings } from "./severity.js";

export interface LoadOptions {
  /** True for the policy of `--policy` / `FROMLINT_POLICY`. */
  readonly outer?: boolean;
  /** Where the file's globs and relative paths start (absolute), when that is not its own folder. */
  readonly folder?: string;
  /** What `--rule` sets, by rule. */
  readonly severities?: ReadonlyMap<string, Severity>;
  /** The text of a file (absolute path) that stands in an editor, not yet saved; null for the one on disk. */
  readonly unsaved?: (file: string) => string | null;
  /** The rules there are; the built-in ones when left out. */
  readonly known?: KnownRules;
}

/** All errors, by file and position; a policy only when there is none. */
export type LoadResult =
  | { readonly policy: LoadedPolicy; readonly errors: null; readonly files: readonly string[] }
  | {
      readonly policy: null;
      readonly errors: readonly PolicyError[];
      /** Every file that was read or looked for, absolute: a change in one of them may mend the policy. */
      readonly files: readonly string[];
    };

const BUILT_IN: KnownRules = { validate: validatorOf(POLICY_SCHEMA), recommended: RECOMMENDED };

/** Loads the policy file at a path (relative ones start at the current folder). Synchronous; never throws. */
export function loadPolicyFile(file: string, options: LoadOptions = {}): LoadResult {
  const path = resolve(file);
  return load(path, readerOf(options)(path), options);
}

/** The same for a text at hand, as if it stood at `file`: an editor's unsaved policy, an example of a rule. */
export function loadPolicyText(file: string, text: string, options: LoadOptions = {}): LoadResult {
  const path = resolve(file);
  return load(path, readPolicyBytes(path, Buffer.from(text)), options);
}

function load(file: string, result: ReadResult, options: LoadOptions): LoadResult {
  const { outer = false, folder = dirname(file), severities = new Map<string, Severity>(), known = BUILT_IN } = options;
  const read = readerOf(options);
  const chain: Chain = { known, read, folder, layers: [], files: [], errors: [], byId: new Map() };
  addFile({ file, folder, inPackage: false }, result, chain, []);
  const { layers, files, errors } = chain;
  if (errors.length === 0) {
    errors.push(...lockErrors(layers));
    for (const rule of severities.keys()) errors.push(...[commandLineError(layers, rule) ?? []].flat());
  }
  if (errors.length > 0) return { policy: null, errors: sortErrors(errors), files };
  const commandLine = ruleSettings(severities);
  return { policy: { file, folder, outer, files, layers, commandLine, resolved: new Map() }, errors: null, files };
}

function readerOf({ unsaved }: LoadOptions): (file: string) => ReadResult {
  return (file) => {
    const text = unsaved?.(file) ?? null;
    return text === null ? readPolicyFile(file) : readPolicyBytes(file, Buffer.from(text));
  };
}
