/** What is measured, and what is said of it. */

export interface Row {
  /** Names it in results.json. */
  readonly id: string;
  readonly what: string;
  readonly measured: number;
  /** A ratio, which holds on any machine, or what this machine takes. */
  readonly unit: "×" | "ms" | "MB";
  /** Whether more or less of it is better. */
  readonly better: "less" | "more";
  /** What it is to be, at most or at least; null where it is only shown. */
  readonly goal: number | null;
  readonly note: string;
}

/** What a run left behind: bench/results.json. */
export interface Results {
  readonly date: string;
  readonly machine: string;
  readonly versions: readonly string[];
  /** What could not be measured, and why. */
  readonly missing: readonly string[];
  readonly rows: readonly Row[];
}

/** A ratio may be this much worse than the committed one. */
const MOST_LOSS = 1.25;

export function meetsGoal({ measured, better, goal }: Row): boolean {
  return goal === null || (better === "less" ? measured <= goal : measured >= goal);
}

/**
 * Why a row is worse than the committed one allows; null when it is not. Ratios are compared with it. What depends on
 * the machine is held against its goal, where that was met and `isJudged`.
 */
export function lossOf(row: Row, committed: Row | undefined, isJudged: boolean): string | null {
  if (!committed) return null;
  if (row.unit !== "×") {
    const isLost = isJudged && meetsGoal(committed) && !meetsGoal(row);
    return isLost ? `its goal of ${shown(row, row.goal ?? 0)} was met before` : null;
  }
  // Nothing is lost while the goal is met: where both are far better than that, a difference is noise.
  if (row.goal !== null && meetsGoal(row)) return null;
  const loss = row.better === "less" ? row.measured / committed.measured : committed.measured / row.measured;
  return loss <= MOST_LOSS ? null : `it was ${shown(committed)}`;
}

export function shown({ measured, unit }: Row, value = measured): string {
  return unit === "×" ? `${value.toFixed(2)} ×` : `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
}

/** The tables of README.md. */
export function tableOf({ date, machine, versions, missing, rows }: Results): string {
  return [
    `Measured on ${date}: ${machine}.`,
    "",
    `Beside: ${versions.join(", ")}.`,
    "",
    ...missing.flatMap((what) => [`Not measured: ${what}.`, ""]),
    "| What | Measured | Goal | | What was run |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map((row) => {
      const goal = row.goal === null ? "" : `${row.better === "less" ? "at most" : "at least"} ${shown(row, row.goal)}`;
      return `| ${row.what} | ${shown(row)} | ${goal} | ${row.goal === null ? "" : meetsGoal(row) ? "met" : "not met"} | ${row.note} |`;
    }),
  ].join("\n");
}
