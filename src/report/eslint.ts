/** `--format PATH-OR-PACKAGE`: a formatter made for ESLint. */
import { rulePage } from "../rule-page.js";
import type { Fix, LintMessage, LintResult } from "../result.js";
import type { RuleMeta } from "../rule.js";
import type { MakeReport, ReportedRule } from "./report.js";
import { safe, safeInPlace } from "./safe.js";

/** What a formatter's module exports by default: results in, text out (ESLint, "Custom Formatters"). */
export type Formatter = (results: LintResult[], context: FormatterContext) => unknown;

interface FormatterContext {
  /** Absolute. */
  readonly cwd: string;
  readonly color: boolean;
  readonly rulesMeta: Readonly<Record<string, object>>;
}

/**
 * A report that gathers all results, as such a formatter wants them at once. Formatters print what they are given, so
 * they are given nothing that acts on a terminal. `end` throws what the formatter throws, and an Error when it returns
 * no text.
 */
export function eslintReport(formatter: Formatter, color: boolean): MakeReport {
  return ({ cwd, rules }) => {
    const results: LintResult[] = [];
    return {
      begin: () => "",
      add: (result) => {
        results.push(harmless(result));
        return "";
      },
      end: async () => {
        const text = await formatter(results, { cwd, color, rulesMeta: rulesMeta(rules) });
        if (typeof text !== "string") throw new Error("it returned no text");
        return text === "" || text.endsWith("\n") ? text : `${text}\n`;
      },
    };
  };
}

function rulesMeta(rules: readonly ReportedRule[]): Record<string, RuleMeta> {
  const entries = rules.map(({ name, meta }) => [name, { ...meta, docs: { ...meta.docs, url: rulePage(name) } }]);
  return Object.fromEntries(entries) as Record<string, RuleMeta>;
}

/** Words are escaped; in code, where positions count, a character takes the place of another. */
function harmless(result: LintResult): LintResult {
  const { filePath, messages, suppressedMessages, source, output } = result;
  return {
    ...result,
    filePath: safe(filePath),
    messages: messages.map(harmlessMessage),
    suppressedMessages: suppressedMessages.map((message) => ({
      ...harmlessMessage(message),
      suppressions: message.suppressions.map((each) => ({ ...each, justification: safe(each.justification) })),
    })),
    ...(source === undefined ? {} : { source: safeInPlace(source) }),
    ...(output === undefined ? {} : { output: safeInPlace(output) }),
  };
}

function harmlessMessage(message: LintMessage): LintMessage {
  const { fix, suggestions, related } = message;
  return {
    ...message,
    message: safe(message.message),
    ...(fix ? { fix: harmlessFix(fix) } : {}),
    ...(suggestions
      ? { suggestions: suggestions.map((each) => ({ ...each, desc: safe(each.desc), fix: harmlessFix(each.fix) })) }
      : {}),
    ...(related ? { related: related.map((each) => ({ ...each, message: safe(each.message) })) } : {}),
  };
}

function harmlessFix({ range, text }: Fix): Fix {
  return { range, text: safeInPlace(text) };
}
