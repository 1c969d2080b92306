/** The public API: lint a text, ask what is true of it, load a policy. The language server stands on this. */
import { forEachChild, parse } from "unbash";
import { rules } from "../rules/index.js";
import { openCatalog, type Catalog } from "./catalog.js";
import { contextOf } from "./context/context-of.js";
import { withFacts, type LintSource } from "./facts/facts.js";
import { inventoryOf, type BaseUse } from "./facts/inventory.js";
import { endingOf, imageProfile } from "./facts/image-profile.js";
import { imageFindings, type ImageFindings } from "./image-findings.js";
import { fixText, inputsFor, lintText, sourceOf, type LintOptions } from "./lint.js";
import { expiredExemptions } from "./exemption-message.js";
import type { LoadedPolicy } from "./policy/layers.js";
import { schemaParts, type SchemaPart } from "./policy/schema-at.js";
import { policySchema, type JsonSchema } from "./policy/schema.js";
import { loadPolicyFile, type LoadResult } from "./policy/load.js";
import { presetPolicy } from "./policy/presets.js";
import type { Policy } from "./policy/policy.js";
import { resolvePolicy } from "./policy/resolve.js";
import type { LintMessage, LintResult } from "./result.js";
import type { ProblemDraft } from "./syntax/parse.js";

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
  const own = ownPolicy(all.policies) ?? presetPolicy("recommended");
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
  const [policy = presetPolicy("recommended")] = all.policies;
  return inventoryOf(withFacts(sourceOf(text), inputsFor(policy, all)), all.filePath);
}

/** What the rules would say about an image, as of `FROM image`; null for a text that is no image reference. */
export function findingsAbout(image: string, options: Options = {}): ImageFindings | null {
  return imageFindings(image, lintOptions(options));
}

/** The policy file at `file`, with all that it extends; `resolvePolicy` says what it means for a Dockerfile. */
export function loadPolicy(file: string, options: Omit<LoadOptions, "known" | "severities"> = {}): LoadResult {
  return loadPolicyFile(file, options);
}

/** What the rules would say about an image, as of `FROM image`; null for a text that is no image reference. */
export function findingsAbout(image: string, options: Options = {}): ImageFindings | null {
  return imageFindings(image, lintOptions(options));
}

let bundledCatalog: Catalog | null = null;

/** The catalog that comes with the package, opened once. */
export function defaultCatalog(): Catalog {
  return (bundledCatalog ??= openCatalog());
}

/** The exemptions in one file (absolute path) of a loaded policy whose last day is over; `today` is YYYY-MM-DD. */
export function expiredIn(policy: LoadedPolicy, file: string, today: string): ReturnType<typeof expiredExemptions> {
  const layer = policy.layers.find((each) => each.file === file);
  return expiredExemptions(layer?.settings.exemptions ?? [], today, rules["valid-waiver"]);
}

/** The parts of the policy file's schema at a path of keys and indexes; none for a path that no policy has. */
export function schemaAt(path: readonly (string | number)[]): readonly SchemaPart[] {
  return schemaParts((schema ??= policySchema(rules)), path);
}

let schema: JsonSchema | null = null;

function lintOptions(options: Options): LintOptions {
  const { context, policies = [presetPolicy("recommended")] } = options;
  const filePath = options.filePath ?? "Dockerfile";
  return {
    filePath,
    rules,
    policies: context ? policies.map((policy) => ({ ...policy, context })) : policies,
    catalog: options.catalog ?? defaultCatalog(),
    today: options.today ?? new Date().toISOString().slice(0, 10),
    target: options.target ?? null,
    buildArgs: options.buildArgs ?? {},
    contexts: options.contexts ?? {},
    shell: { parse, forEachChild },
    ...(context === null ? {} : { contextFor: contextOf(filePath) }),
  };
}

export { presetPolicy, resolvePolicy, rules };

// What is true of a file and of the places in it, for an editor.
export { endingOf, imageProfile };
export { imagePage } from "./facts/places/image-page.js";
export { imageCandidates } from "./facts/places/image-candidates.js";
export { imagePlaceAt } from "./facts/places/image-place.js";
export { innermost, instructionAt } from "./facts/places/instruction-at.js";
export { stepOutline } from "./facts/layers/step-outline.js";
export { parseReference } from "./facts/reference.js";
export { tagCandidates } from "./facts/places/tag-candidates.js";
export { usageOf } from "./facts/usage.js";
export {
  argumentCandidates,
  isPredefined,
  variableCandidates,
  variablePlaceAt,
} from "./facts/places/variable-place.js";
export { globalValue, valueIn, valueOf } from "./facts/places/variable-values.js";
export { variablesOf } from "./facts/places/variables.js";
export { reasonFor, subjectOf } from "./report/layers-words.js";
export { safe } from "./report/safe.js";

// What stands in the text of a policy file, for an editor.
export { policyCursor } from "./policy/cursor.js";
export { extendedFile } from "./policy/extend.js";
export { PRESETS } from "./policy/policy.js";
export { propertiesOf } from "./policy/schema-at.js";
export type { LoadedPolicy, SchemaPart };
export type { PolicyCursor } from "./policy/cursor.js";
export type { ImageFindings };
export type { LintSource } from "./facts/facts.js";
export type { ImageProfile, MetPattern } from "./facts/image-profile.js";
export { KEYWORDS } from "./syntax/instructions.js";
export { flagsOf } from "./syntax/validate.js";
export type { ImageCandidate } from "./facts/places/image-candidates.js";
export type { ImagePlace } from "./facts/places/image-place.js";
export type { ImageUse } from "./facts/images.js";
export type { OutlinedStep } from "./facts/layers/outline.js";
export type { Stage } from "./facts/stages.js";
export type { TagCandidate } from "./facts/places/tag-candidates.js";
export type { VariableCandidate, VariablePlace } from "./facts/places/variable-place.js";
export type { DeclaredValue } from "./facts/places/variable-values.js";
export type { Declaration, VariableUse } from "./facts/places/variables.js";
export type { PolicyPlace, Role } from "./policy/policy.js";
export type { Instruction, Range } from "./syntax/nodes.js";
export type { BaseUse, Catalog, LintResult, LoadResult, Policy };
export type { LintMessage, SuppressedLintMessage } from "./result.js";
export type { Edit, Rule, RuleContext, Visitor } from "./rule.js";
