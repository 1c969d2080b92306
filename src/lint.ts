/** Lints one file under every policy that holds for it. */
import type { Catalog } from "./catalog.js";
import { byPosition, messageOf, runRules, type ActiveRule } from "./engine.js";
import { withFacts, type FactInputs, type LintSource } from "./facts/facts.js";
import type { Lock } from "./facts/locked.js";
import type { RegistryFacts } from "./facts/registry-facts.js";
import { applyFixes, fixOf, MOST_PASSES } from "./fix.js";
import type { BuildContext } from "./facts/project-files.js";
import type { ShellParser } from "./facts/shell/parser.js";
import { lookUpTarget } from "./facts/target.js";
import type { Exemption, Policy } from "./policy/policy.js";
import type { LintMessage, LintResult, SuppressedLintMessage } from "./result.js";
import type { Rule } from "./rule.js";
import { parse, type ProblemDraft } from "./syntax/parse.js";
import { lowerBound } from "./syntax/search.js";
import { createSource, type DockerfileSource } from "./syntax/source.js";
import { unusedWaivers, waive, type WaiverUse } from "./waive.js";

export interface LintOptions {
  /** Absolute, or a name for text that is no file. */
  readonly filePath: string;
  readonly rules: Readonly<Record<string, Rule>>;
  /** All of them are applied; the union of what they find is reported. */
  readonly policies: readonly Policy[];
  readonly catalog: Catalog;
  /** YYYY-MM-DD, UTC. */
  readonly today: string;
  readonly target?: string | null;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly contexts?: Readonly<Record<string, string>>;
  /** Reads RUN; without it the rules about layers know no command. */
  readonly shell?: ShellParser | null;
  /** The build context for a policy, where there may be one to look into. */
  readonly contextFor?: (policy: Policy) => BuildContext | null;
  /** The lock file that holds for the file. */
  readonly lock?: Lock | null;
  /** What registries were found to hold of the file's images. */
  readonly registry?: RegistryFacts | null;
  /** What was found while reading the bytes, before there was a text. */
  readonly problems?: readonly ProblemDraft[];
}

export interface LintOutcome {
  readonly result: LintResult;
  /** Exemptions of the policies that silenced something here. */
  readonly usedExemptions: ReadonlySet<Exemption>;
  /** What looking for `target` gave. */
  readonly target: ReturnType<typeof lookUpTarget>;
  /** The text under each of the policies, in their order, with the facts that were asked for so far. */
  readonly sources: readonly LintSource[];
}

/** Parses `text`; a byte order mark is left out of the text, as ESLint does, so that columns start at 1. */
export function sourceOf(text: string, problems: readonly ProblemDraft[] = []): DockerfileSource {
  const hasBOM = text.charCodeAt(0) === 0xfeff;
  return withoutMark(hasBOM ? text.slice(1) : text, problems, hasBOM);
}

function withoutMark(text: string, problems: readonly ProblemDraft[], hasBOM: boolean): DockerfileSource {
  return createSource(text, parse(text, { problems, markIsCut: true }), hasBOM);
}

/** What the facts of a file rest on under `policy`. */
export function inputsFor(policy: Policy, options: LintOptions): FactInputs {
  return {
    policy,
    catalog: options.catalog,
    today: options.today,
    target: options.target ?? null,
    buildArgs: options.buildArgs ?? {},
    contexts: options.contexts ?? {},
    ruleNames: Object.keys(options.rules),
    shell: options.shell ?? null,
    context: () => options.contextFor?.(policy) ?? null,
    lock: options.lock ?? null,
    registry: options.registry ?? null,
  };
}

/** Lints `text`. Never throws: a rule that fails is a message. */
export function lintText(text: string, options: LintOptions): LintOutcome {
  return lintSource(sourceOf(text, options.problems), options);
}

function lintSource(source: DockerfileSource, options: LintOptions): LintOutcome {
  const used: WaiverUse = new Map();
  const usedExemptions = new Set<Exemption>();
  const messages: LintMessage[] = [];
  const suppressed: SuppressedLintMessage[] = [];
  const last: { source: LintSource; policy: Policy }[] = [];
  for (const policy of options.policies) {
    const lintSource = withFacts(source, inputsFor(policy, options));
    const found = runRules(lintSource, options.filePath, activeRules(policy, options.rules));
    for (const message of found) {
      const suppression = waive(message, lintSource, policy, options, used, usedExemptions);
      if (suppression) suppressed.push({ ...message, suppressions: [suppression] });
      else messages.push(message);
    }
    last.push({ source: lintSource, policy });
  }
  messages.push(...unusedMessages(last, used, options));
  const result = resultOf(options.filePath, union(messages), union(suppressed), source.text);
  const sources = last.map((each) => each.source);
  return { result, usedExemptions, sources, target: sources[0] ? lookUpTarget(sources[0].facts) : null };
}

/**
 * Applies fixes, and for the rules in `apply` their first suggestion, until nothing changes (ten passes at
 * most), and lints what came out. A pass after which less of the file parses is taken back. Where policies
 * contradict each other, so that fixes undo each other, the best of the texts that they lead to is kept:
 * a second run would choose the same one. Of the messages, those that are not wanted are left as they are.
 */
export function fixText(
  text: string,
  options: LintOptions,
  apply: ReadonlySet<string> = new Set(),
  isWanted: (message: LintMessage) => boolean = () => true,
): LintOutcome {
  const mark = text.charCodeAt(0) === 0xfeff ? "\ufeff" : "";
  const steps = [fixStep(text.slice(mark.length), options)];
  let last = steps[0] ?? fixStep("", options);
  while (steps.length <= MOST_PASSES) {
    const fixes = last.outcome.result.messages.filter(isWanted).flatMap((message) => fixOf(message, apply) ?? []);
    const next = applyFixes(last.text, fixes);
    if (next === last.text) break;
    const earlier = steps.findIndex((step) => step.text === next);
    if (earlier !== -1) {
      last = steps.slice(earlier).sort(byFindings)[0] ?? last;
      break;
    }
    const step = fixStep(next, options);
    if (step.broken > last.broken) break;
    steps.push(step);
    last = step;
  }
  const { outcome } = last;
  if (mark + last.text === text) return outcome;
  return { ...outcome, result: { ...outcome.result, output: mark + last.text } };
}

interface FixStep {
  readonly text: string;
  readonly outcome: LintOutcome;
  /** Instructions that are not as they should be, each once: a misspelt keyword, put right, may show several faults. */
  readonly broken: number;
}

function fixStep(text: string, options: LintOptions): FixStep {
  const source = withoutMark(text, options.problems ?? [], false);
  const { instructions, problems } = source.ast;
  const broken = problems.map(({ range }) =>
    lowerBound(instructions, (instruction) => instruction.range[1] >= range[0]),
  );
  return { text, outcome: lintSource(source, options), broken: new Set(broken).size };
}

function byFindings(a: FixStep, b: FixStep): number {
  const [one, other] = [a.outcome.result, b.outcome.result];
  return one.errorCount - other.errorCount || one.warningCount - other.warningCount || (a.text < b.text ? -1 : 1);
}

/** The rules that a policy turns on, worked out once for all files that it holds for. */
const active = new WeakMap<Policy, { readonly rules: LintOptions["rules"]; readonly list: readonly ActiveRule[] }>();

function activeRules(policy: Policy, rules: LintOptions["rules"]): readonly ActiveRule[] {
  const known = active.get(policy);
  if (known?.rules === rules) return known.list;
  const list = Object.entries(rules).flatMap(([name, rule]): ActiveRule[] => {
    const { severity = 0, options = [] } = policy.rules[name] ?? {};
    return severity === 0 ? [] : [{ name, rule, severity, options }];
  });
  active.set(policy, { rules, list });
  return list;
}

/** Comments that silenced nothing under any policy, once each. */
function unusedMessages(
  runs: readonly { source: LintSource; policy: Policy }[],
  used: WaiverUse,
  options: LintOptions,
): LintMessage[] {
  const name = "valid-waiver";
  const rule = options.rules[name];
  const found: LintMessage[] = [];
  for (const { source, policy } of runs) {
    const severity = policy.rules[name]?.severity ?? 0;
    if (!rule || severity === 0) continue;
    for (const report of unusedWaivers(source, used, options.rules)) {
      const message = messageOf(report, name, rule, severity, source);
      if (!waive(message, source, policy, options, used, new Set())) found.push(message);
    }
  }
  return found;
}

/** Sorted; of the same finding under several policies the most severe stays. */
function union<Message extends LintMessage>(messages: readonly Message[]): Message[] {
  const seen = new Map<string, Message>();
  for (const message of messages) {
    const { ruleId, line, column, endLine, endColumn } = message;
    const key = JSON.stringify([ruleId, line, column, endLine, endColumn, message.message]);
    const known = seen.get(key);
    if (!known || known.severity < message.severity) seen.set(key, message);
  }
  return [...seen.values()].sort(byPosition);
}

function resultOf(
  filePath: string,
  messages: readonly LintMessage[],
  suppressedMessages: readonly SuppressedLintMessage[],
  source: string,
): LintResult {
  const count = (severity: 1 | 2, fixable: boolean): number => {
    return messages.filter((message) => message.severity === severity && (!fixable || message.fix)).length;
  };
  return {
    filePath,
    messages,
    suppressedMessages,
    errorCount: count(2, false),
    fatalErrorCount: 0,
    warningCount: count(1, false),
    fixableErrorCount: count(2, true),
    fixableWarningCount: count(1, true),
    usedDeprecatedRules: [],
    ...(messages.length + suppressedMessages.length > 0 ? { source } : {}),
  };
}
