/** What the rules would say about an image, without a Dockerfile that uses it. */
import { parseReference } from "./facts/reference.js";
import { lintText, type LintOptions } from "./lint.js";
import type { LintMessage, SuppressedLintMessage } from "./result.js";

export interface ImageFindings {
  /** As of `FROM IMAGE` on line 1 of a Dockerfile at `options.filePath`. */
  readonly messages: readonly LintMessage[];
  /** Those that an exemption of the policy silences. */
  readonly suppressedMessages: readonly SuppressedLintMessage[];
}

/** Rules on the image in FROM; what else a Dockerfile of one line lacks is not the image's fault. */
const FIRST_COLUMN = "FROM ".length + 1;

/**
 * Lints a Dockerfile whose only line is `FROM image`, with the rules about bases. Null for a text that is no image
 * reference: `parseReference` says what is wrong with it.
 */
export function imageFindings(image: string, options: LintOptions): ImageFindings | null {
  if (!("reference" in parseReference(image))) return null;
  const rules = Object.entries(options.rules).filter(([, { meta }]) => meta.docs.category === "bases");
  const { result } = lintText(`FROM ${image}\n`, { ...options, rules: Object.fromEntries(rules) });
  const isAboutImage = ({ line, column, endColumn }: LintMessage): boolean => {
    return line === 1 && column >= FIRST_COLUMN && endColumn <= FIRST_COLUMN + image.length;
  };
  return {
    messages: result.messages.filter(isAboutImage),
    suppressedMessages: result.suppressedMessages.filter(isAboutImage),
  };
}
