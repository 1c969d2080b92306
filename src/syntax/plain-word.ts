/** Words that stand for themselves: nothing is put in, nothing left out, as in most. */
import type { Expansion } from "./expansion.js";
import type { Mapped } from "./mapped.js";

/** No quotes, variables and escape characters; shorter than what may be refused for its length. */
const PLAIN = /^[^"'$\\`\ufeff]{0,4096}$/;

/** False also for a word that is too long to tell. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** The expansion of a plain word that stands in one piece; null for any other. */
export function plainExpansion({ text, offsetAt }: Mapped): Expansion<never> | null {
  if (text === "" || !isPlain(text)) return null;
  const [start, end] = [offsetAt(0), offsetAt(text.length - 1) + 1];
  if (end - start !== text.length) return null;
  const piece = { text, range: [start, end], variable: null, exact: true } as const;
  return { text, pieces: [piece], used: [], unresolved: [], error: null };
}
