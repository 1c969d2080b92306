/** The ending of a file's name, and what it says: a set is asked sooner than a regular expression is compiled. */

/** Behind the last dot of the last name of a path, in lower case: `gz` of `a/b.tar.GZ`; "" for none. */
export function endingOf(path: string): string {
  const dot = path.lastIndexOf(".");
  return dot === -1 || dot < path.lastIndexOf("/") ? "" : path.slice(dot + 1).toLowerCase();
}

/** Endings as one text, with spaces between. */
export function endings(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}
