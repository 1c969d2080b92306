/** Names and paths with `*`, as the tables and COPY write them. */

/** True when `text` fits `pattern`: `*` stands for any characters but `/`, two stars and `/` for any folders, `?` for one character. */
export function fits(pattern: string, text: string): boolean {
  if (pattern.startsWith("**/")) return fits(pattern.slice(3), text.slice(text.lastIndexOf("/") + 1));
  let at = 0;
  let from = 0;
  let star = -1;
  let mark = 0;
  while (at < text.length) {
    const wanted = pattern.charAt(from);
    if (from < pattern.length && (wanted === text.charAt(at) || (wanted === "?" && text.charAt(at) !== "/"))) {
      at++;
      from++;
    } else if (wanted === "*") {
      star = from++;
      mark = at;
    } else if (star >= 0 && text.charAt(mark) !== "/") {
      from = star + 1;
      at = ++mark;
    } else {
      return false;
    }
  }
  while (pattern.charAt(from) === "*") from++;
  return from === pattern.length;
}

/** True when `*`, `?` or `[` stand in it. */
export function isGlob(text: string): boolean {
  return /[*?[]/.test(text);
}
