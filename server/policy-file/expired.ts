/** Exemptions of a policy file that hold no more; what else is wrong with it, loading it tells. */
import { expiredIn, type Range } from "../../src/editor.js";
import { type LoadedPolicy } from "../../src/index.js";

export interface ExpiredExemption {
  /** From the entry's start to the end of its line, offsets, 0-based, end exclusive. */
  readonly range: Range;
  readonly message: string;
}

/** Those in `file` (absolute path), whose text the policy was loaded with; `today` is YYYY-MM-DD. */
export function expiredExemptionsOf(
  policy: LoadedPolicy,
  file: string,
  text: string,
  today: string,
): readonly ExpiredExemption[] {
  const start = text.startsWith("\ufeff") ? 1 : 0;
  const starts = [start];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return expiredIn(policy, file, today).map(({ place: { line, column }, message }) => {
    const from = Math.min((starts[line - 1] ?? text.length) + column - 1, text.length);
    const length = /^[^\r\n]*/.exec(text.slice(from, from + 1000))?.[0].trimEnd().length ?? 0;
    return { range: [from, from + length], message };
  });
}
