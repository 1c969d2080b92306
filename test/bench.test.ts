/** What `npm run bench -- --check` calls a loss. */
import { expect, it } from "vitest";
import { lossOf, type Row } from "../bench/row.js";

const row = (measured: number, more: Partial<Row> = {}): Row => ({
  ...{ id: "one", what: "one file", measured, unit: "×", better: "less", goal: 1.35, note: "" },
  ...more,
});
const MORE = { better: "more", goal: 5 } as const;
const MS = { unit: "ms", goal: 800 } as const;

it.each<[string, Row, Row | undefined, boolean, boolean]>([
  ["a quarter more than committed", row(1.87), row(1.5), true, false],
  ["over a quarter more", row(1.89), row(1.5), true, true],
  ["far more, and the goal is met", row(1.3), row(0.4), true, false],
  ["over a quarter less where more is better", row(1.5, MORE), row(2, MORE), true, true],
  ["a little less where more is better", row(1.7, MORE), row(2, MORE), true, false],
  ["what was not committed", row(9), undefined, true, false],
  ["milliseconds over a goal that was met", row(900, MS), row(700, MS), true, true],
  ["the same where milliseconds are not judged", row(900, MS), row(700, MS), false, false],
  ["milliseconds over a goal that was not met", row(5000, MS), row(900, MS), true, false],
])("%s", (_, measured, committed, isJudged, isLost) => {
  expect(lossOf(measured, committed, isJudged) !== null).toBe(isLost);
});
