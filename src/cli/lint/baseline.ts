/** `--baseline`: findings that were there before, so that only new ones count. */
import { readFileSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { fingerprintsOf } from "../../report/fingerprint.js";
import { safe } from "../../report/safe.js";
import type { LintMessage, LintResult, SuppressedLintMessage } from "../../result.js";
import { reasonOf } from "../../files/reason.js";
import { withMessages } from "./results.js";
import { RunError } from "../run-error.js";
import { writeWhole } from "../output/write.js";

/** Path from the baseline's folder, with `/` -> rule -> the fingerprints of its findings. */
type Entries = Map<string, ReadonlyMap<string, readonly string[]>>;

export interface Baseline {
  /** The result without what the baseline holds; that is among its suppressed messages. */
  readonly apply: (result: LintResult) => LintResult;
  /** How many findings of the files that were linted are in the baseline and no longer there. */
  readonly gone: () => number;
  /** Writes the baseline without those that are gone. Throws RunError. */
  readonly prune: () => void;
  /** Writes the findings of the files that were linted in place of what it holds of them; returns how many. Throws RunError. */
  readonly update: () => number;
}

/** A finding that no baseline silences. */
export type IsLocked = (filePath: string, ruleId: string) => boolean;

const VERSION = 1;
const REASON = "in the baseline";

/**
 * Opens the baseline at `file` (relative to `cwd`). With `isUpdate` there need not be one yet, and all that is found
 * counts as in it. Throws RunError for one that is missing or broken: findings must not come back, or vanish, because of
 * a slip.
 */
export function openBaseline(file: string, isUpdate: boolean, isLocked: IsLocked, cwd: string): Baseline {
  const path = resolve(cwd, file);
  const known = readBaseline(path, file, isUpdate);
  const found: Entries = new Map();
  const write = (entries: Entries): void => {
    try {
      writeWhole(path, printed(entries));
    } catch (error) {
      throw new RunError(`--baseline ${file}: it cannot be written (${reasonOf(error)}).`);
    }
  };
  return {
    apply: (result) => {
      const name = relative(dirname(path), result.filePath).replaceAll("\\", "/");
      if (!isAbsolute(result.filePath)) return result;
      const fingerprints = fingerprintsOf(result);
      const isIn = (message: LintMessage): boolean =>
        isUpdate ||
        (known
          .get(name)
          ?.get(message.ruleId)
          ?.includes(fingerprints.get(message) ?? "") ??
          false);
      const free = result.messages.filter(({ ruleId }) => !isLocked(result.filePath, ruleId));
      found.set(name, byRule(free, fingerprints));
      const old = new Set(free.filter(isIn));
      if (old.size === 0) return result;
      const suppressed = [...old].map((message): SuppressedLintMessage => {
        return { ...message, suppressions: [{ kind: "baseline", justification: REASON }] };
      });
      const messages = result.messages.filter((message) => !old.has(message));
      return withMessages(result, messages, [...result.suppressedMessages, ...suppressed]);
    },
    gone: () => count(known) - count(pruned(known, found)),
    prune: () => write(pruned(known, found)),
    update: () => {
      write(new Map([...known, ...found]));
      return count(found);
    },
  };
}

/** What is left of `known` where the files that were linted are as in `found`. */
function pruned(known: Entries, found: Entries): Entries {
  return new Map(
    [...known].map(([name, rules]) => {
      const now = found.get(name);
      if (!now) return [name, rules];
      const left = [...rules].map(
        ([rule, all]) => [rule, all.filter((each) => now.get(rule)?.includes(each))] as const,
      );
      return [name, new Map(left)];
    }),
  );
}

function count(entries: Entries): number {
  return [...entries.values()].flatMap((rules) => [...rules.values()]).reduce((sum, all) => sum + all.length, 0);
}

function byRule(
  messages: readonly LintMessage[],
  fingerprints: ReadonlyMap<LintMessage, string>,
): ReadonlyMap<string, readonly string[]> {
  const rules = new Map<string, string[]>();
  for (const message of messages) {
    const fingerprint = fingerprints.get(message);
    if (fingerprint !== undefined) rules.set(message.ruleId, [...(rules.get(message.ruleId) ?? []), fingerprint]);
  }
  return rules;
}

/** Sorted, a finding a line: two branches that change different files merge. */
function printed(entries: Entries): string {
  const sorted = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  const files = sorted(entries).flatMap(([name, rules]) => {
    const left = sorted(rules).filter(([, all]) => all.length > 0);
    return left.length === 0 ? [] : [[name, Object.fromEntries(left.map(([rule, all]) => [rule, all.toSorted()]))]];
  });
  return `${JSON.stringify({ version: VERSION, findings: Object.fromEntries(files) as object }, null, 2)}\n`;
}

function readBaseline(path: string, file: string, isNew: boolean): Entries {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      throw new RunError(`--baseline ${file}: it cannot be read (${reasonOf(error)}).`);
    }
    if (isNew) return new Map();
    throw new RunError(`--baseline ${file}: there is no such file; --update-baseline writes it.`);
  }
  const entries = entriesOf(text);
  if (typeof entries !== "string") return entries;
  throw new RunError(`--baseline ${file}: ${safe(entries)}; mend it, or write it anew with --update-baseline.`);
}

/** What is wrong with the text, when it is no baseline. */
function entriesOf(text: string): Entries | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text.includes("<<<<<<<") ? "it has conflict markers of a merge" : "this is no JSON";
  }
  if (!isObject(value) || !isObject(value.findings)) return "this is no baseline of fromlint";
  if (value.version !== VERSION)
    return `this is version ${String(value.version)} of the format, and ${VERSION} is known`;
  const entries: Entries = new Map();
  for (const [name, rules] of Object.entries(value.findings)) {
    if (!isObject(rules)) return `the findings of ${JSON.stringify(name)} are no object`;
    const found = Object.entries(rules);
    const wrong = found.find(([, all]) => !isTexts(all));
    if (wrong) return `the findings of ${wrong[0]} in ${JSON.stringify(name)} are no list of texts`;
    entries.set(name, new Map(found as [string, string[]][]));
  }
  return entries;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
