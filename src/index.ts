/** The public API: lint a text, ask what is true of it, load a policy. The language server stands on this. */
import { forEachChild, parse } from "unbash";
import { rules } from "../rules/index.js";
import { openCatalog, type Catalog } from "./catalog.js";
import { contextOf } from "./context/context-of.js";
import { withFacts } from "./facts/facts.js";
import { inventoryOf, type BaseUse } from "./facts/inventory.js";
import type { Lock } from "./facts/locked.js";
import type { RegistryFacts } from "./facts/registry-facts.js";
import { fixText, inputsFor, lintText, sourceOf, type LintOptions } from "./lint.js";
import { loadPolicyFile, type LoadResult } from "./policy/load.js";
import { presetPolicy } from "./policy/presets.js";
import type { Policy } from "./policy/policy.js";
import { resolvePolicy } from "./policy/resolve.js";
import type { LintResult } from "./result.js";

export interface Options {
  /** The Dockerfile's path, absolute where it is a file; policies match their globs against it. */
  readonly filePath?: string;
  /** What holds for this file; `recommended` when left out. */
  readonly policies?: readonly Policy[];
  /** Today, YYYY-MM-DD; the current day in UTC when left out. */
  readonly today?: string;
  /** The stage that is built; the last one when left out. */
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** Named build contexts: name -> folder, URL or `docker-image://…`. */
  readonly contexts?: Readonly<Record<string, string>>;
  /**
   * The folder of the build context, absolute; null when no file besides the Dockerfile may be looked at. Left out, it
   * is the policy's, else the Dockerfile's own folder where all that it copies is there.
   */
  readonly context?: string | null;
  /** The lock file that holds (`lockFileOf`, `loadLock`); none when left out. */
  readonly lock?: Lock | null;
  /** What registries were found to hold; nobody asked when left out. */
  readonly registry?: RegistryFacts | null;
  /** The catalog that comes with the package when left out. */
  readonly catalog?: Catalog;
}

/** Lints the text of a Dockerfile. Never throws because of what the text is. */
export function lint(text: string, options: Options = {}): LintResult {
  return lintText(text, lintOptions(options)).result;
}

/** The same after all fixes; `output` of the result is the fixed text, left out when nothing was to fix. */
export function fix(text: string, options: Options = {}): LintResult {
  return fixText(text, lintOptions(options)).result;
}

/** Every image use of a Dockerfile, as `fromlint bases --format json` shows it, under the first policy. */
export function analyse(text: string, options: Options = {}): BaseUse[] {
  const all = lintOptions(options);
  const [policy = presetPolicy("recommended")] = all.policies;
  return inventoryOf(withFacts(sourceOf(text), inputsFor(policy, all)), all.filePath);
}

/** The policy file at `file`, with all that it extends; `resolvePolicy` says what it means for a Dockerfile. */
export function loadPolicy(file: string): LoadResult {
  return loadPolicyFile(file);
}

let bundledCatalog: Catalog | null = null;

function lintOptions(options: Options): LintOptions {
  const { context, policies = [presetPolicy("recommended")] } = options;
  const filePath = options.filePath ?? "Dockerfile";
  return {
    filePath,
    rules,
    policies: context ? policies.map((policy) => ({ ...policy, context })) : policies,
    catalog: options.catalog ?? (bundledCatalog ??= openCatalog()),
    today: options.today ?? new Date().toISOString().slice(0, 10),
    target: options.target ?? null,
    buildArgs: options.buildArgs ?? {},
    contexts: options.contexts ?? {},
    shell: { parse, forEachChild },
    lock: options.lock ?? null,
    registry: options.registry ?? null,
    ...(context === null ? {} : { contextFor: contextOf(filePath) }),
  };
}

export { lockFileOf } from "./lock/find.js";
export { loadLock } from "./lock/load.js";
export { presetPolicy, resolvePolicy, rules };
export type { BaseUse, Catalog, LintResult, LoadResult, Lock, Policy, RegistryFacts };
export type { LoadedLock } from "./lock/load.js";
export type { LintMessage, SuppressedLintMessage } from "./result.js";
export type { Rule, RuleContext, Visitor } from "./rule.js";
