/** One walk over a file, all rules at once. */
import { mergeEdits } from "./fix.js";
import type { LintMessage, SuggestedFix } from "./result.js";
import type { Edit, FixFunction, Fixer, MessageData, Report, Rule, RuleContext, Visitor } from "./rule.js";
import type { LintSource } from "./facts/facts.js";
import type { Node } from "./syntax/nodes.js";

/** A rule as it is to run: its name, severity 1 or 2, and the options that the policy gives. */
export interface ActiveRule {
  readonly name: string;
  readonly rule: Rule;
  readonly severity: 1 | 2;
  readonly options: readonly unknown[];
}

type Listener = (node: Node) => void;

/**
 * Runs `rules` over `source` in one walk. Returns their messages sorted by position, then by rule name.
 * A rule that throws yields one message of its own (`messageId: "crash"`) in place of what it did not say.
 */
export function runRules(source: LintSource, filename: string, rules: readonly ActiveRule[]): LintMessage[] {
  const messages: LintMessage[] = [];
  const listeners = new Map<string, { active: ActiveRule; listener: Listener }[]>();
  const crashed = new Set<ActiveRule>();
  const guard = (active: ActiveRule, run: () => void): void => {
    if (crashed.has(active)) return;
    try {
      run();
    } catch (error) {
      crashed.add(active);
      messages.push(crashMessage(active, error));
    }
  };
  for (const active of rules) {
    guard(active, () => {
      const visitor = active.rule.create(contextOf(source, filename, active, messages));
      for (const [type, listener] of Object.entries(visitor as Record<keyof Visitor, Listener>)) {
        const list = listeners.get(type) ?? [];
        list.push({ active, listener });
        listeners.set(type, list);
      }
    });
  }
  for (const { target, phase } of source.traverse()) {
    const called = listeners.get(phase === 1 ? target.type : `${target.type}:exit`);
    if (called) for (const { active, listener } of called) guard(active, () => listener(target));
  }
  return messages.sort(byPosition);
}

/** By line, column, rule name, and message. */
export function byPosition(a: LintMessage, b: LintMessage): number {
  return a.line - b.line || a.column - b.column || compare(a.ruleId, b.ruleId) || compare(a.message, b.message);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function contextOf(source: LintSource, filename: string, active: ActiveRule, messages: LintMessage[]): RuleContext {
  const { name, rule, severity } = active;
  return {
    id: name,
    options: withDefaults(rule.meta.defaultOptions, active.options),
    filename,
    sourceCode: source,
    report: (report) => messages.push(messageOf(report, name, rule, severity, source)),
  };
}

/** A report as a message: templates filled in, fixes turned into edits. */
export function messageOf(report: Report, name: string, rule: Rule, severity: 1 | 2, source: LintSource): LintMessage {
  const { loc, messageId, data } = report;
  const fix = report.fix ? fixFrom(report.fix, source.text) : null;
  const suggestions: SuggestedFix[] = [];
  for (const suggestion of report.suggest ?? []) {
    const edit = fixFrom(suggestion.fix, source.text);
    if (!edit) continue;
    const desc = interpolate(rule.meta.messages[suggestion.messageId] ?? suggestion.messageId, suggestion.data);
    suggestions.push({ messageId: suggestion.messageId, desc, fix: edit });
  }
  return {
    ruleId: name,
    severity,
    message: interpolate(rule.meta.messages[messageId] ?? messageId, data),
    messageId,
    line: loc.start.line,
    column: loc.start.column,
    endLine: loc.end.line,
    endColumn: loc.end.column,
    ...(fix ? { fix } : {}),
    ...(suggestions.length > 0 ? { suggestions } : {}),
    ...(report.related && report.related.length > 0 ? { related: report.related } : {}),
  };
}

const fixer: Fixer = {
  replaceTextRange: (range, text) => ({ range, text }),
  insertTextAfterRange: ([, end], text) => ({ range: [end, end], text }),
  insertTextBeforeRange: ([start], text) => ({ range: [start, start], text }),
  removeRange: (range) => ({ range, text: "" }),
};

function fixFrom(fix: FixFunction, text: string): ReturnType<typeof mergeEdits> {
  const edits: Edit | readonly Edit[] | null = fix(fixer);
  return mergeEdits(edits, text);
}

/** ESLint's `{{ name }}`; a placeholder without data stays as it is. */
export function interpolate(template: string, data: MessageData | undefined): string {
  if (!data) return template;
  return template.replace(/\{\{([^{}]+?)\}\}/gu, (whole, name: string) => {
    const key = name.trim();
    return Object.hasOwn(data, key) ? String(data[key]) : whole;
  });
}

/** A rule's options with its defaults merged in, as ESLint does: objects key by key, anything else by the user's value. */
export function withDefaults(defaults: readonly unknown[], options: readonly unknown[]): readonly unknown[] {
  const merged = defaults.map((value, index) => (index < options.length ? merge(value, options[index]) : value));
  return [...merged, ...options.slice(defaults.length)];
}

function merge(base: unknown, over: unknown): unknown {
  if (!isPlainObject(base) || !isPlainObject(over)) return over === undefined ? base : over;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = merge(base[key], value);
  return merged;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function crashMessage({ name }: ActiveRule, error: unknown): LintMessage {
  const what = error instanceof Error ? error.message : String(error);
  return {
    ruleId: name,
    severity: 2,
    message: `The rule itself failed here, which is a bug in fromlint (${what}); this file was not checked by it. Please report it with this Dockerfile.`,
    messageId: "crash",
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
  };
}
