/** Completion of variables behind `$` and `${`. */
import { safe, variableCandidates, type VariableCandidate, type VariablePlace } from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";
import type { Completion, Completions } from "./completion-item.js";

export function variableCompletions({ range, isOpen, instruction }: VariablePlace, source: LintSource): Completions {
  const items = variableCandidates(instruction, source).map((candidate) =>
    variableItem(candidate, range, isOpen ? "}" : ""),
  );
  return { items, isIncomplete: false };
}

const KINDS = { arg: "ARG", env: "ENV", platform: "set by BuildKit", predefined: "predefined" } as const;

/** Longer values are cut. */
const LONGEST_VALUE = 80;

export function variableItem(
  { name, kind, value }: VariableCandidate,
  range: Completion["range"],
  behind: string,
): Completion {
  const shown =
    value === null ? "" : ` = ${value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value}`;
  const detail = safe(`${KINDS[kind]}${shown}`);
  return { label: name, kind: "variable", range, text: name + behind, detail, filter: null, deprecated: false };
}
