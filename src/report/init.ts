/** What a policy that `fromlint init` made still reports: one line a rule, with what to do. */
import type { LintMessage } from "../result.js";
import type { Colors } from "./colors.js";
import { measureFor } from "./measure.js";
import { safe } from "./safe.js";
import { counted } from "./summary.js";
import { tableOf, type Column, type Row } from "./table.js";

/** What one rule reports at one severity. */
export interface RuleCount {
  readonly rule: string;
  readonly severity: 1 | 2;
  readonly findings: number;
  readonly files: number;
  /** The first of them: `web/Dockerfile:3`. */
  readonly first: string;
  readonly fixable: number;
  readonly suggested: number;
}

export interface InitReport {
  /** What was written, as it is shown; null where it was printed. */
  readonly written: string | null;
  /** Dockerfiles that were linted. */
  readonly files: number;
  readonly counts: readonly RuleCount[];
}

export interface InitReportOptions {
  /** In columns; Infinity where nothing is to be cut. */
  readonly width: number;
  readonly colors: Colors;
}

const COLUMNS: readonly Column[] = [
  { title: "LEVEL", cut: null },
  { title: "RULE", cut: null },
  { title: "FINDINGS", cut: null },
  { title: "FIRST", cut: "start" },
];

/** Before what is to be done, below the line of a rule. */
const REMEDY = "         ";

/** What helps where no fix does. */
const REMEDIES: Readonly<Record<string, string>> = {
  "approved-base": "list it under bases, or take another image",
  "approved-registry": "list it in registries.allow, or take another image",
  "explicit-tag": "write a tag",
  "no-latest": "write a tag",
  "pin-precision": "write a more exact tag, or lower `pinning`",
  "valid-syntax": "mend it; files that are no Dockerfiles go into `ignore:`",
  "unresolved-base": "give the ARG a default, or a value in `args:`",
};

/** Counts the findings of each file as it is linted. */
export function ruleCounter(): {
  readonly add: (file: string, messages: readonly LintMessage[]) => void;
  /** Errors first, then those with the most findings. */
  readonly counts: () => readonly RuleCount[];
} {
  const found = new Map<string, RuleCount>();
  return {
    add: (file, messages) => {
      const seen = new Set<string>();
      for (const { ruleId: rule, severity, line, fix, suggestions } of messages) {
        const key = `${severity} ${rule}`;
        const known = found.get(key) ?? {
          rule,
          severity,
          findings: 0,
          files: 0,
          first: `${file}:${line}`,
          fixable: 0,
          suggested: 0,
        };
        const isSuggested = !fix && (suggestions?.length ?? 0) > 0;
        found.set(key, {
          ...known,
          findings: known.findings + 1,
          files: known.files + (seen.has(key) ? 0 : 1),
          fixable: known.fixable + (fix ? 1 : 0),
          suggested: known.suggested + (isSuggested ? 1 : 0),
        });
        seen.add(key);
      }
    },
    counts: () =>
      [...found.values()].sort(
        (a, b) => b.severity - a.severity || b.findings - a.findings || (a.rule < b.rule ? -1 : 1),
      ),
  };
}

/** Lines with their line ends. */
export async function initText({ written, files, counts }: InitReport, options: InitReportOptions): Promise<string> {
  const { width, colors } = options;
  const head = written === null ? [""] : [colors.green(safe(`Wrote ${written}.`))];
  if (files === 0) return lines([...head, "There is no Dockerfile to hold it against yet."]);
  if (counts.length === 0)
    return lines([...head, `The policy passes: no findings in ${counted(files, "Dockerfile")}.`]);
  const rows = counts.map((count): Row => {
    const paint = count.severity === 2 ? colors.red : colors.yellow;
    return { cells: cellsOf(count), paint: (text, column) => (column === 0 ? paint(text) : text) };
  });
  const measure = await measureFor(rows.flatMap(({ cells }) => cells).join(""));
  const [titles = "", ...table] = tableOf(COLUMNS, rows, width, measure).split("\n");
  const errors = total(counts, 2);
  const warnings = total(counts, 1);
  const [lowered] = counts.filter(({ rule }) => rule !== "valid-syntax");
  const kinds = [errors > 0 ? counted(errors, "error") : "", warnings > 0 ? counted(warnings, "warning") : ""];
  const verdict =
    errors > 0
      ? "Errors fail a run (exit status 1); warnings do not."
      : "Warnings fail no run, unless --max-warnings says so.";
  return lines([
    ...head,
    `The policy still reports ${kinds.filter(Boolean).join(" and ")} in ${counted(files, "Dockerfile")}. ${verdict}`,
    "",
    titles,
    ...counts.flatMap((count, index) => [table[index] ?? "", `${REMEDY}${remedyFor(count)}`]),
    "",
    `Fix what a rule reports, or lower the rule in the policy${lowered ? ", such as" : "."}`,
    ...(lowered ? [`  rules: { ${lowered.rule}: ${lowered.severity === 2 ? "warn" : "off"} }`] : []),
    "`fromlint` shows every finding, `fromlint explain RULE` why it matters. To start with these as they are:",
    "  fromlint --baseline fromlint-baseline.json --update-baseline",
  ]);
}

function cellsOf({ rule, severity, findings, files, first }: RuleCount): string[] {
  return [severity === 2 ? "error" : "warning", rule, `${findings} in ${counted(files, "file")}`, first];
}

function remedyFor({ rule, fixable, suggested }: RuleCount): string {
  const ways = [
    ...(fixable > 0 ? [`--fix corrects ${fixable}`] : []),
    ...(suggested > 0 ? [`--fix --apply ${rule} corrects ${suggested} with its first suggestion`] : []),
    ...(Object.hasOwn(REMEDIES, rule) ? [REMEDIES[rule] ?? ""] : []),
  ];
  return ways.join("; ") || `see fromlint explain ${rule}`;
}

function total(counts: readonly RuleCount[], severity: 1 | 2): number {
  return counts.reduce((sum, each) => sum + (each.severity === severity ? each.findings : 0), 0);
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}
