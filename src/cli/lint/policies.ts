/** Which policies hold for which file. */
import { statSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import { relativePath } from "../../report/path.js";
import { discoverPolicy, type Discovery } from "../../policy/discover.js";
import type { PolicyError } from "../../policy/errors.js";
import { outerFolder, policiesHolding } from "../../policy/holding.js";
import type { LoadedPolicy } from "../../policy/layers.js";
import type { Policy } from "../../policy/policy.js";
import { presetPolicy } from "../../policy/presets.js";
import { RECOMMENDED } from "../../policy/rules.generated.js";
import { readRuleArguments, ruleSettings } from "../../policy/severity.js";
import type { Arguments } from "../arguments/arguments.js";
import { RunError } from "../run-error.js";

export interface Policies {
  /** What holds for a file (absolute path), the outer one first; empty when it is ignored. */
  readonly of: (filePath: string) => readonly Policy[];
  /** Every policy file that was read for a file (absolute path). */
  readonly filesOf: (filePath: string) => readonly string[];
  /** Those that hold for at least one file. */
  readonly all: () => readonly Policy[];
}

type Load = (typeof import("../../policy/load.js"))["loadPolicyFile"];

/**
 * The policies of `files` (absolute paths, or `<stdin>`): the outer one of `--policy`, and the one of
 * `--config`, else the nearest file above, else the preset `recommended`, which an outer one makes needless.
 * Throws RunError with every error in any of them.
 */
export async function policiesFor(files: readonly string[], args: Arguments, cwd: string): Promise<Policies> {
  const { severities, error } = readRuleArguments(args.rules, Object.keys(RECOMMENDED));
  if (severities === null) throw new RunError(error);
  const errors: PolicyError[] = [];
  const loaded = new Map<string, LoadedPolicy | null>();
  let load: Load | null = null;
  const loadOnce = async (file: string, options: Parameters<Load>[1]): Promise<LoadedPolicy | null> => {
    const known = loaded.get(file);
    if (known !== undefined) return known;
    load ??= (await import("../../policy/load.js")).loadPolicyFile;
    const result = load(file, { ...options, severities });
    if (result.errors !== null) errors.push(...result.errors);
    loaded.set(file, result.policy);
    return result.policy;
  };

  const outerFile = args.policy === null ? null : namedFile("--policy (FROMLINT_POLICY)", args.policy, cwd);
  const configFile = args.config === null ? null : namedFile("--config", args.config, cwd);
  const outer =
    outerFile === null ? null : await loadOnce(outerFile, { outer: true, folder: outerFolder(outerFile, cwd) });
  const nearest = configFile === null ? nearestPolicy(errors) : () => configFile;
  const own = new Map<string, LoadedPolicy | null>();
  for (const file of files) {
    const folder = folderOf(file, cwd);
    if (own.has(folder)) continue;
    const policyFile = nearest(folder);
    // The outer one holds as such alone, and is loaded once.
    own.set(folder, policyFile === null || policyFile === outerFile ? null : await loadOnce(policyFile, {}));
  }
  if (errors.length > 0) throw policyProblems(errors, cwd);

  const context = contextFolder(args, cwd);
  const within = (policy: Policy): Policy => (context === null ? policy : { ...policy, context });
  const preset = presetPolicy("recommended", ruleSettings(severities));
  const known = new Map<string, readonly Policy[]>();
  const of = (file: string): readonly Policy[] => {
    const found = known.get(file) ?? policiesOf(file);
    known.set(file, found);
    return found;
  };
  const policiesOf = (file: string): readonly Policy[] => {
    const path = isAbsolute(file) ? file : resolve(cwd, file);
    const candidates = { outer, own: own.get(folderOf(file, cwd)) ?? null, preset, ignore: args.ignore };
    return policiesHolding(path, candidates).map(within);
  };
  const filesOf = (file: string): readonly string[] => [
    ...(outer?.files ?? []),
    ...(own.get(folderOf(file, cwd))?.files ?? []),
  ];
  return { of, filesOf, all: () => [...new Set(files.flatMap(of))] };
}

/** `--context`, which comes before the policy's own. */
function contextFolder(args: Arguments, cwd: string): string | null {
  if (args.context === null) return null;
  const folder = resolve(cwd, args.context);
  if (kindOf(folder) === "folder") return folder;
  throw new RunError(`--context ${args.context}: there is no such folder.`);
}

/** A policy that the command line names. Whatever else is wrong with it, reading it says so. */
function namedFile(option: string, name: string, cwd: string): string {
  const file = resolve(cwd, name);
  const kind = kindOf(file);
  if (kind === "file") return file;
  throw new RunError(`${option} ${name}: ${kind === "folder" ? "this is a folder" : "there is no such file"}.`);
}

function kindOf(path: string): "file" | "folder" | "nothing" {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return !found ? "nothing" : found.isDirectory() ? "folder" : "file";
  } catch {
    return "file";
  }
}

/** The nearest policy file of a folder; what is wrong with finding it goes to `errors`. */
function nearestPolicy(errors: PolicyError[]): (folder: string) => string | null {
  const cache = new Map<string, Discovery>();
  return (folder) => {
    const { file, error } = discoverPolicy(folder, cache);
    if (error !== null && !errors.includes(error)) errors.push(error);
    return file;
  };
}

function folderOf(file: string, cwd: string): string {
  return isAbsolute(file) ? dirname(file) : cwd;
}

/** What is wrong with policies, a line each, as `FILE:LINE:COLUMN: message`. */
export function policyProblems(errors: readonly PolicyError[], cwd: string): RunError {
  const lines = errors.map(
    ({ file, line, column, message }) => `${relativePath(file, cwd)}:${line}:${column}: ${message}`,
  );
  return new RunError(...new Set(lines));
}
