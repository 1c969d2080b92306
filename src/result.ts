/** What a run yields: ESLint's `LintResult` and `LintMessage`, so that any ESLint formatter reads them. */
import type { Related } from "./rule.js";

/** An edit in ESLint's shape: offsets, 0-based, end exclusive. */
export interface Fix {
  readonly range: [number, number];
  readonly text: string;
}

export interface SuggestedFix {
  readonly messageId: string;
  /** What applying it does, one line: `Use node:22.23.2`. */
  readonly desc: string;
  readonly fix: Fix;
}

/** Lines and columns are 1-based, in UTF-16 units; the end is exclusive. */
export interface LintMessage {
  readonly ruleId: string;
  readonly severity: 1 | 2;
  readonly message: string;
  readonly messageId: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly fix?: Fix;
  readonly suggestions?: readonly SuggestedFix[];
  readonly related?: readonly Related[];
}

/** Why a finding does not count. */
export interface Suppression {
  readonly kind: "directive" | "exemption" | "baseline";
  readonly justification: string;
}

export interface SuppressedLintMessage extends LintMessage {
  readonly suppressions: readonly Suppression[];
}

export interface LintResult {
  /** Absolute path, or what `--stdin-filename` says. */
  readonly filePath: string;
  readonly messages: readonly LintMessage[];
  readonly suppressedMessages: readonly SuppressedLintMessage[];
  readonly errorCount: number;
  readonly fatalErrorCount: number;
  readonly warningCount: number;
  readonly fixableErrorCount: number;
  readonly fixableWarningCount: number;
  readonly usedDeprecatedRules: readonly [];
  /** The text that was linted; left out where there is nothing to show. */
  readonly source?: string;
  /** The fixed text, where fixes were applied and changed it. */
  readonly output?: string;
}
