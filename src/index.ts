/** The public API: lint a text, ask what is true of it, load a policy. The language server stands on this. */
import { forEachChild, parse } from "unbash";
import { rules } from "../rules/index.js";
import { openCatalog, type Catalog } from "./catalog.js";
import { contextOf } from "./context/context-of.js";
import { withFacts, type LintSource } from "./facts/facts.js";
import { inventoryOf, type BaseUse } from "./facts/inventory.js";
import { imageFindings, type ImageFindings } from "./image-findings.js";
import type { Lock } from "./facts/locked.js";
import type { RegistryFacts } from "./facts/registry-facts.js";
import { fixText, inputsFor, lintText, sourceOf, type LintOptions } from "./lint.js";
import { discoverPolicy } from "./policy/discover.js";
import type { PolicyError } from "./policy/errors.js";
import { ownPolicy } from "./policy/holding.js";
import type { LoadedPolicy } from "./policy/layers.js";
import { loadPolicyFile, type LoadOptions, type LoadResult } from "./policy/load.js";
import { once } from "./once.js";
import { presetPolicy } from "./policy/presets.js";
import type { Policy } from "./policy/policy.js";
import { resolvePolicy } from "./policy/resolve.js";
import type { LintMessage, LintResult } from "./result.js";
import { remembering } from "./facts/shell/remembered.js";
import type { ProblemDraft } from "./syntax/parse.js";
import { utcDay } from "./today.js";

const SHELL = remembering({ parse, forEachChild });

export interface Options {
  /** The Dockerfile's path, absolute where it is a file; policies match their globs against it. */
  readonly filePath?: string;
  /** What holds for this file; `recommended` when left out. */
  readonly policies?: readonly Policy[];
  /** Today, YYYY-MM-DD; the current day in UTC when left out. */
  readonly today?: string;
  /** The stage that is built, its name in any case; the last one when left out, or when the text has no such stage. */
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

/**
 * The same after all fixes, or those of one rule; `output` of the result is the fixed text, left out when nothing was
 * to fix.
 */
export function fix(text: string, options: Options = {}, rule: string | null = null): LintResult {
  const isWanted = ({ ruleId }: LintMessage): boolean => rule === null || ruleId === rule;
  return fixText(text, lintOptions(options), new Set(), isWanted).result;
}

/** A text with what was found in it, read once for both. */
export interface Inspection {
  readonly result: LintResult;
  /** The nodes and facts under the file's own policy; `text` is without a byte order mark, and so are all offsets. */
  readonly source: LintSource;
}

/**
 * Lints a text and keeps what it was read into, for hovers and the like. `problems` is what was found while its bytes
 * were read. Never throws because of what the text is.
 */
export function inspect(text: string, options: Options = {}, problems: readonly ProblemDraft[] = []): Inspection {
  const all = lintOptions(options);
  const { result: found, sources } = lintText(text, { ...all, problems });
  // Of a text that nobody has seen there is nothing else to say.
  const isUnread = problems.some(({ code }) => code === "unreadable");
  const result = isUnread ? onlyUnreadable(found) : found;
  const own = ownPolicy(all.policies) ?? recommended();
  const source = sources.find(({ facts }) => facts.inputs.policy === own);
  return { result, source: source ?? withFacts(sourceOf(text), inputsFor(own, all)) };
}

function onlyUnreadable(result: LintResult): LintResult {
  const messages = result.messages.filter(({ messageId }) => messageId === "unreadable");
  const errorCount = messages.filter(({ severity }) => severity === 2).length;
  return { ...result, messages, errorCount, warningCount: messages.length - errorCount };
}

/** Every image use of a Dockerfile, as `fromlint bases --format json` shows it, under the first policy. */
export function analyse(text: string, options: Options = {}): BaseUse[] {
  const all = lintOptions(options);
  const [policy = recommended()] = all.policies;
  return inventoryOf(withFacts(sourceOf(text), inputsFor(policy, all)), all.filePath);
}

/** The policy file at `file`, with all that it extends; `resolvePolicy` says what it means for a Dockerfile. */
export function loadPolicy(file: string, options: Omit<LoadOptions, "known" | "severities"> = {}): LoadResult {
  return loadPolicyFile(file, options);
}

/** What the rules would say about an image, as of `FROM image`; null for a text that is no image reference. */
export function findingsAbout(image: string, options: Options = {}): ImageFindings | null {
  return imageFindings(image, lintOptions(options));
}

/** What holds where no policy is given; made once, as the rules that it turns on are found once for a policy. */
const recommended = once(() => presetPolicy("recommended"));

let bundledCatalog: Catalog | null = null;

/** The catalog that comes with the package, opened once. */
export function defaultCatalog(): Catalog {
  return (bundledCatalog ??= openCatalog());
}

function lintOptions(options: Options): LintOptions {
  const { context, policies = [recommended()] } = options;
  const filePath = options.filePath ?? "Dockerfile";
  return {
    filePath,
    rules,
    policies: context ? policies.map((policy) => ({ ...policy, context })) : policies,
    catalog: options.catalog ?? defaultCatalog(),
    today: options.today ?? utcDay(),
    target: options.target ?? null,
    buildArgs: options.buildArgs ?? {},
    contexts: options.contexts ?? {},
    shell: SHELL,
    lock: options.lock ?? null,
    registry: options.registry ?? null,
    ...(context === null ? {} : { contextFor: contextOf(filePath) }),
  };
}

export { discoverPolicy, presetPolicy, resolvePolicy, rules };
export type {
  BaseUse,
  Lock,
  RegistryFacts,
  Catalog,
  ImageFindings,
  LintMessage,
  LintResult,
  LintSource,
  LoadedPolicy,
  LoadResult,
  Policy,
  PolicyError,
};
export type { Fix } from "./result.js";
export { lockFileOf } from "./lock/find.js";
export { loadLock } from "./lock/load.js";
export type { LoadedLock } from "./lock/load.js";
export type { SuppressedLintMessage } from "./result.js";
export type { Rule, RuleContext, Visitor } from "./rule.js";
