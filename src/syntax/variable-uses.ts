/** Where a word names variables, read with the quotes and escapes of BuildKit's shell/lex.go; no value is asked for. */
import { readName } from "./names.js";

/** Indexes into the word, ends exclusive. */
export interface NamedVariable {
  /** Empty behind a `$` or `${` that nothing follows yet. */
  readonly name: string;
  /** Of the `$`. */
  readonly from: number;
  readonly nameFrom: number;
  readonly nameTo: number;
}

/**
 * Every variable that a word names, in order, also those in `${X:-$Y}`. `$$`, `$1` and the like are among them. A word that BuildKit would
 * refuse is read as far as it can be. Linear, without recursion.
 */
export function variableUses(text: string, escape: string): readonly NamedVariable[] {
  if (!text.includes("$")) return [];
  const found: NamedVariable[] = [];
  /** The quote that is open outside of each open `${`. */
  const outer: string[] = [];
  let quote = "";
  let index = 0;
  while (index < text.length) {
    const char = text.charAt(index);
    if (quote === "'") {
      if (char === "'") quote = "";
      index++;
    } else if (char === escape) {
      // In double quotes it only takes what can be escaped there; `$` is the one that matters here.
      const next = text.charAt(index + 1);
      index += quote === "" || next === '"' || next === "$" || next === escape ? 2 : 1;
    } else if (char === '"') {
      quote = quote === '"' ? "" : '"';
      index++;
    } else if (char === "'" && quote === "") {
      quote = char;
      index++;
    } else if (char === "}" && quote === "" && outer.length > 0) {
      quote = outer.pop() ?? "";
      index++;
    } else if (char === "$") {
      const inBraces = text.charAt(index + 1) === "{";
      const nameFrom = index + (inBraces ? 2 : 1);
      const name = inBraces && text.charAt(nameFrom) === "}" ? "" : readName(text, nameFrom);
      const nameTo = nameFrom + name.length;
      found.push({ name, from: index, nameFrom, nameTo });
      index = nameTo;
      if (!inBraces) continue;
      outer.push(quote);
      quote = "";
    } else index++;
  }
  return found;
}
