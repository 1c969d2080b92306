/** Severities: as written, as they follow from what a policy declares, and as `--rule` sets them. */
import { didYouMean, listed, quoted } from "./errors.js";
import type { RuleEntry, Settings } from "./layers.js";
import type { Severity } from "./policy.js";

const NUMBERS: Readonly<Record<string, Severity>> = { off: 0, warn: 1, error: 2, "0": 0, "1": 1, "2": 2 };
const WORDS = ["off", "warn", "error"] as const;
const WRITTEN = [...WORDS, 0, 1, 2];

/** `off`, `warn`, `error` or 0, 1, 2 as a number; null for anything else. */
export function severityNumber(written: unknown): Severity | null {
  return (typeof written === "string" || typeof written === "number") && Object.hasOwn(NUMBERS, written)
    ? (NUMBERS[written] ?? null)
    : null;
}

export function severityWord(severity: Severity): (typeof WORDS)[number] {
  return WORDS[severity];
}

type Declared = Readonly<Record<"bases" | "registries", boolean>>;

/** The keys that turn a rule into an error once one of them is declared. Without them it warns. */
const DECLARED_BY: Readonly<Record<string, readonly (keyof Declared)[]>> = {
  "approved-base": ["bases"],
  "approved-registry": ["registries"],
  // An unresolved image must not slip through either gate.
  "unresolved-base": ["bases", "registries"],
};

/** The severity in `recommended` of a rule whose `meta.docs.recommended` is `policy`. */
export function declaredSeverity(rule: string, declared: Declared): Severity {
  return DECLARED_BY[rule]?.some((key) => declared[key]) ? 2 : 1;
}

/** The severities that `--rule` sets, by rule; `error` says in one line what is wrong with an argument. */
export type RuleArguments =
  | { readonly severities: ReadonlyMap<string, Severity>; readonly error: null }
  | { readonly severities: null; readonly error: string };

/** Reads the values of `--rule`, each `NAME=SEVERITY`; the last one for a rule holds. */
export function readRuleArguments(texts: readonly string[], known: readonly string[]): RuleArguments {
  const severities = new Map<string, Severity>();
  for (const text of texts) {
    const equals = text.indexOf("=");
    if (equals === -1) return wrong(`--rule ${quoted(text)} has no severity; write --rule NAME=SEVERITY`);
    const name = text.slice(0, equals);
    const written = text.slice(equals + 1);
    if (!known.includes(name)) {
      const otherwise = "; `fromlint --list-rules` shows them all";
      return wrong(`--rule: there is no rule ${quoted(name)}${didYouMean(name, known, otherwise)}`);
    }
    const severity = severityNumber(written);
    if (severity === null) {
      const near = didYouMean(written, WORDS);
      return wrong(`--rule ${name}: ${quoted(written)} is no severity; it is one of ${listed(WRITTEN)}${near}`);
    }
    severities.set(name, severity);
  }
  return { severities, error: null };
}

/** `--rule` as a layer that is nearer than every file; null when there is none. */
export function ruleSettings(severities: ReadonlyMap<string, Severity>): Settings | null {
  if (severities.size === 0) return null;
  const rules = new Map<string, RuleEntry>();
  for (const [name, severity] of severities) rules.set(name, { severity, options: null });
  return { rules, origins: new Map([...rules.keys()].map((name) => [`rules/${name}`, "--rule"] as const)) };
}

function wrong(error: string): RuleArguments {
  return { severities: null, error };
}
