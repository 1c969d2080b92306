/** "Did you mean": the nearest of some names to a misspelt one. */
import { distance } from "fastest-levenshtein";

/** Longer words are not compared: hostile input must not buy quadratic work. */
const LONGEST = 64;

/**
 * The candidate that `word` is a slip or two away from, cases ignored, the first of equals; else null. Two letters
 * that changed places (`FORM`) are one slip. A word of three letters may have one slip, of up to five two if its
 * first letter is right, a longer one as many as a third of its letters.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > LONGEST) return null;
  const wanted = word.toLowerCase();
  const limit = wanted.length < 4 ? 1 : Math.max(2, Math.floor(wanted.length / 3));
  let best: string | null = null;
  let least = limit + 1;
  for (const candidate of candidates) {
    // Swapped letters are two edits before they count as one slip.
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const slips = slipsBetween(wanted, candidate.toLowerCase());
    if (slips > 1 && wanted.length < 6 && !candidate.toLowerCase().startsWith(wanted.charAt(0))) continue;
    if (slips < least) [best, least] = [candidate, slips];
  }
  return best;
}

function slipsBetween(word: string, candidate: string): number {
  const edits = distance(word, candidate);
  return edits === 2 && sortedLetters(word) === sortedLetters(candidate) ? 1 : edits;
}

function sortedLetters(text: string): string {
  return Array.from(text).sort().join("");
}
