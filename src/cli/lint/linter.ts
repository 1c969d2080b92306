/** The seam between the command line and the linter: each file under the policies that hold for it. */
import { resolve } from "node:path";
import { rules } from "../../../rules/index.js";
import { openCatalog, type Catalog } from "../../catalog.js";
import { contextOf } from "../../context/context-of.js";
import { withFacts, type LintSource } from "../../facts/facts.js";
import type { RegistryFacts } from "../../facts/registry-facts.js";
import { loadShellParser } from "../../facts/shell/parser.js";
import { lookUpTarget } from "../../facts/target.js";
import { fixText, inputsFor, lintText, sourceOf, type LintOptions, type LintOutcome } from "../../lint.js";
import { ownPolicy } from "../../policy/holding.js";
import type { Exemption, Policy } from "../../policy/policy.js";
import { presetPolicy } from "../../policy/presets.js";
import type { ReportedRule } from "../../report/report.js";
import type { LintResult } from "../../result.js";
import { once } from "../../once.js";
import { nearest } from "../../spelling.js";
import { inPlainText } from "../../syntax/decode.js";
import type { Location } from "../../syntax/nodes.js";
import type { ProblemDraft } from "../../syntax/parse.js";
import { isNeverWaived, waive } from "../../waive.js";
import type { Arguments } from "../arguments/arguments.js";
import { exemptionFindings } from "./exemption-findings.js";
import { lockPaths, locksFor } from "../lock/locks.js";
import { policiesFor } from "./policies.js";
import { RunError } from "../run-error.js";
import { unreadableFile } from "./results.js";
import { shellOnDemand } from "./shell.js";
import type { Trace, Tracer } from "./trace.js";
import { createTargets, type Targets } from "./targets.js";
import { utcDay } from "../../today.js";

/** What linting shows besides results, as plain data. */
export interface Learned {
  /** Which exemptions silenced something, by their places among those of all policies. */
  readonly exemptions: readonly number[];
  readonly targets: ReturnType<Targets["take"]>;
}

export interface Linter {
  /** False for a file (absolute path) that every policy leaves out. */
  readonly isLinted: (filePath: string) => boolean;
  /** True where neither a comment nor a baseline silences a rule in a file. */
  readonly isLocked: (filePath: string, ruleId: string) => boolean;
  /** `problem` is what decoding found. */
  readonly lint: (filePath: string, text: string, problem: ProblemDraft | null) => Promise<LintResult>;
  /** The same, with fixes applied; `output` of the result is the fixed text. */
  readonly fix: (filePath: string, text: string) => Promise<LintResult>;
  /** The result for a file that gives no text; `reason` is a clause. */
  readonly unreadable: (filePath: string, reason: string) => LintResult;
  /** The file under its own policy; null where that ignores it. */
  readonly own: (filePath: string, text: string) => LintSource | null;
  /** The file under its own policy, RUN read, and what the fixes of the rules about layers make of it; null for nothing. */
  readonly layers: (filePath: string, text: string) => Promise<{ source: LintSource; fixed: LintSource | null }>;
  /** The policies of a file, the outer one first, and its facts under each of them. */
  readonly policies: (filePath: string) => readonly Policy[];
  readonly sources: (filePath: string, text: string) => readonly LintSource[];
  /** Whether a comment or an exemption silences what `rule` would say at a place of a file's source. */
  readonly isWaived: (rule: string, loc: Location, source: LintSource, filePath: string) => boolean;
  /** Hands in what registries were found to hold, for the linting that follows. */
  readonly knowRegistries: (facts: (filePath: string) => RegistryFacts | null) => void;
  /** What linting showed since this was last asked for, and how a linter of the same files hears of it. */
  readonly learned: () => Learned;
  readonly learn: (learned: Learned) => void;
  /** What results rest on, where they are to be kept; null where not. */
  readonly tracer: Tracer | null;
  /** Notes what linting a file once showed, as `Trace` has it. */
  readonly recall: (filePath: string, exemptions: Trace["exemptions"], target: Trace["target"]) => void;
  /** Findings that stand in the policies and not in a Dockerfile; right once all files are linted. */
  readonly findingsInPolicies: () => readonly LintResult[];
  /** What `--target` names, in the files so far. */
  readonly targets: Targets;
  /** The rules that are on for at least one of the files. */
  readonly rulesOn: () => readonly ReportedRule[];
  readonly catalog: Catalog;
  readonly today: string;
}

/**
 * Loads every policy that holds for one of `files` (absolute paths). Throws RunError when one of them is
 * broken: then nothing may be linted. The same for a rule in `--rule` or `--apply` that does not exist.
 */
export async function createLinter(files: readonly string[], args: Arguments, cwd: string): Promise<Linter> {
  const unknown = args.apply.find((name) => !Object.hasOwn(rules, name));
  if (unknown !== undefined) throw new RunError(`--apply: there is no rule \`${unknown}\`${didYouMean(unknown)}`);
  const policies = await policiesFor(files, args, cwd);
  const locks = args.command === "lint" ? await locksFor(files, policies, cwd) : null;
  let registry: (filePath: string) => RegistryFacts | null = () => null;
  const today = args.date ?? utcDay();
  const usedExemptions = new Set<Exemption>();
  const apply = new Set(args.apply);
  const catalog = openCatalog();
  const contexts = contextsFrom(args.buildContexts, cwd);
  const shell = shellOnDemand();
  const lockOf = lockPaths(policies.of, cwd);
  const filesOf = (filePath: string): readonly string[] => [...policies.filesOf(filePath), lockOf(filePath)];
  const options = (filePath: string): LintOptions => ({
    filePath,
    rules,
    policies: policies.of(filePath),
    catalog,
    today,
    target: args.target,
    buildArgs: args.buildArgs,
    contexts,
    contextFor: contextOf(filePath, tracer?.hear),
    lock: locks?.(filePath) ?? null,
    registry: registry(filePath),
  });
  const targets = createTargets();
  const exemptions = once(() => policies.all().flatMap((policy) => policy.exemptions));
  // What registries say is not on disk, and fixes are made from texts, so both do without.
  const isTraced = args.cache && args.command === "lint" && args.online === null && args.fix === null;
  const tracer = isTraced ? (await import("./trace.js")).openTracer(args, cwd, today, filesOf) : null;
  const noted = ({ result, usedExemptions: used, target }: LintOutcome): LintResult => {
    tracer?.end(policies.of(result.filePath), used, target);
    for (const exemption of used) usedExemptions.add(exemption);
    targets.seen(result.filePath, target);
    return result;
  };
  return {
    catalog,
    today,
    isLinted: (filePath) => policies.of(filePath).length > 0,
    isLocked: (filePath, ruleId) =>
      isNeverWaived(ruleId) || policies.of(filePath).some(({ locked }) => locked.has(ruleId)),
    lint: async (filePath, text, problem) => {
      const all = options(filePath);
      tracer?.begin(tracer.keyOf(filePath, text, problem));
      const problems = problem ? [inPlainText(problem, text)] : [];
      return noted(lintText(text, { ...all, problems, shell: await shell(text, all.policies) }));
    },
    fix: async (filePath, text) => {
      const all = options(filePath);
      return noted(fixText(text, { ...all, shell: await shell(text, all.policies) }, apply));
    },
    unreadable: (filePath, reason) =>
      unreadableFile(filePath, reason, severityOf("valid-syntax", policies.of(filePath))),
    own: (filePath, text) => {
      const all = options(filePath);
      const policy = ownPolicy(all.policies);
      if (!policy) return null;
      const source = withFacts(sourceOf(text), inputsFor(policy, all));
      targets.seen(filePath, lookUpTarget(source.facts));
      return source;
    },
    layers: async (filePath, text) => {
      const all = { ...options(filePath), rules: rulesAboutLayers(), shell: await loadShellParser() };
      const policy = ownPolicy(all.policies) ?? presetPolicy("recommended");
      const read = (content: string): LintSource => withFacts(sourceOf(content), inputsFor(policy, all));
      const { output } = fixText(text, all).result;
      return { source: read(text), fixed: output === undefined ? null : read(output) };
    },
    targets,
    rulesOn: () =>
      Object.entries(rules).flatMap(([name, { meta }]) => {
        const severity = severityOf(name, policies.all());
        return severity === 0 ? [] : [{ name, severity, meta }];
      }),
    policies: policies.of,
    sources: (filePath, text) => {
      const all = options(filePath);
      const source = sourceOf(text);
      return all.policies.map((policy) => withFacts(source, inputsFor(policy, all)));
    },
    isWaived: (rule, { start, end }, source, filePath) => {
      const place = { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
      const message = { ruleId: rule, severity: 1, message: "", messageId: "", ...place } as const;
      const { policy } = source.facts.inputs;
      return waive(message, source, policy, { rules, today, filePath }, new Map(), new Set()) !== null;
    },
    knowRegistries: (facts) => {
      registry = facts;
    },
    tracer,
    recall: (filePath, used, target) => {
      for (const [policy, at] of used) {
        const exemption = policies.of(filePath)[policy]?.exemptions[at];
        if (exemption) usedExemptions.add(exemption);
      }
      targets.seen(filePath, target);
    },
    learned: () => ({
      exemptions:
        usedExemptions.size === 0 ? [] : exemptions().flatMap((one, at) => (usedExemptions.has(one) ? at : [])),
      targets: targets.take(),
    }),
    learn: ({ exemptions: used, targets: seen }) => {
      for (const at of used) {
        const exemption = exemptions()[at];
        if (exemption) usedExemptions.add(exemption);
      }
      for (const [filePath, result] of seen) targets.seen(filePath, result);
    },
    findingsInPolicies: () => exemptionFindings(policies.all(), usedExemptions, today, args, cwd),
  };
}

function rulesAboutLayers(): LintOptions["rules"] {
  return Object.fromEntries(Object.entries(rules).filter(([, { meta }]) => meta.docs.category === "layers"));
}

function didYouMean(name: string): string {
  const near = nearest(name, Object.keys(rules));
  return near ? `; did you mean \`${near}\`?` : "; `fromlint --list-rules` shows them all";
}

/** Folders become absolute, as those of a policy are; URLs, `docker-image://…` and the like stay. */
function contextsFrom(contexts: Arguments["buildContexts"], cwd: string): Readonly<Record<string, string>> {
  const entries = Object.entries(contexts).map(([name, value]) => {
    return [name, /^(?:[a-zA-Z][a-zA-Z0-9+.-]+:|git@)/.test(value) ? value : resolve(cwd, value)] as const;
  });
  return Object.fromEntries(entries);
}

function severityOf(rule: string, policies: readonly Policy[]): 0 | 1 | 2 {
  return policies.reduce<0 | 1 | 2>((most, policy) => {
    const severity = policy.rules[rule]?.severity ?? 0;
    return severity > most ? severity : most;
  }, 0);
}
