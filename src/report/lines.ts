/** The lines of a text by number, found once. */

export interface Lines {
  readonly count: number;
  /** A line by its 1-based number, without its line end; null where there is none. */
  line: (number: number) => string | null;
}

/** Lines end with LF or CRLF, as everywhere in fromlint. */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return {
    count: starts.length,
    line: (number) => {
      const start = starts[number - 1];
      if (start === undefined) return null;
      const next = starts[number];
      if (next === undefined) return text.slice(start);
      return text.slice(start, text[next - 2] === "\r" && next - 2 >= start ? next - 2 : next - 1);
    },
  };
}
