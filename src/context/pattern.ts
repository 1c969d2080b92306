/** One pattern of an ignore file, matched as BuildKit does (moby/patternmatcher), in linear time. */

/** A step of the pattern: one character, or what stands for several. */
type Token =
  | { readonly kind: "one"; readonly fits: (char: string) => boolean }
  /** `*`: any characters but `/`. */
  | { readonly kind: "name" }
  /** `**` at the end: any characters. */
  | { readonly kind: "rest" }
  /** `**` elsewhere: nothing, or whole folders. It takes two places: this one is its start. */
  | { readonly kind: "folders" }
  | { readonly kind: "inside" };

const notSlash = (char: string): boolean => char !== "/";

/**
 * A test for paths without a leading `/`. `pattern` is cleaned: no `!`, no `/` at either end, no `.` or `..` in it.
 * Null for one that BuildKit refuses.
 */
export function compilePattern(pattern: string): ((path: string) => boolean) | null {
  if (pattern === "**") return () => true;
  const isPlain = !/[*?[\]\\]/.test(pattern);
  if (isPlain) return (path) => path === pattern;
  const start = pattern.startsWith("**") ? pattern.slice(2) : null;
  // Two forms that patternmatcher compares as text: `**foo` fits any end of a path, `foo**` any beginning.
  if (start !== null && !/[*?[\]\\]/.test(start)) {
    return (path) => path.endsWith(start) || (start.startsWith("/") && path === start.slice(1));
  }
  const end = pattern.endsWith("**") ? pattern.slice(0, -2) : null;
  if (end !== null && !/[*?[\]\\]/.test(end)) return (path) => path.startsWith(end);
  const tokens = tokensOf(pattern);
  return tokens && ((path) => matches(tokens, path));
}

function tokensOf(pattern: string): readonly Token[] | null {
  const tokens: Token[] = [];
  const chars = Array.from(pattern);
  for (let index = 0; index < chars.length; index++) {
    const char = chars[index] ?? "";
    if (char === "*" && chars[index + 1] === "*") {
      index += chars[index + 2] === "/" ? 2 : 1;
      if (index >= chars.length - 1) tokens.push({ kind: "rest" });
      else tokens.push({ kind: "folders" }, { kind: "inside" });
    } else if (char === "*") tokens.push({ kind: "name" });
    else if (char === "?") tokens.push({ kind: "one", fits: notSlash });
    else if (char === "[") {
      const end = chars.indexOf("]", index + 2);
      if (end < 0) return null;
      tokens.push({ kind: "one", fits: classOf(chars.slice(index + 1, end)) });
      index = end;
    } else if (char === "]") return null;
    else {
      const literal = char === "\\" ? chars[++index] : char;
      if (literal === undefined) return null;
      tokens.push({ kind: "one", fits: (other) => other === literal });
    }
  }
  return tokens;
}

/** `a-z_`, `^a`: what stands between `[` and `]`. */
function classOf(chars: readonly string[]): (char: string) => boolean {
  const isNegated = chars[0] === "^";
  const ranges: [string, string][] = [];
  for (let index = isNegated ? 1 : 0; index < chars.length; index++) {
    const from = chars[index] === "\\" ? (chars[++index] ?? "") : (chars[index] ?? "");
    const hasEnd = chars[index + 1] === "-" && index + 2 < chars.length;
    ranges.push([from, hasEnd ? (chars[index + 2] ?? "") : from]);
    if (hasEnd) index += 2;
  }
  return (char) => ranges.some(([from, to]) => from <= char && char <= to) !== isNegated;
}

/** All places in the pattern at once, a character at a time: no way is tried twice. */
function matches(tokens: readonly Token[], path: string): boolean {
  let places = new Uint8Array(tokens.length + 1);
  let next = new Uint8Array(tokens.length + 1);
  places[0] = 1;
  for (const char of path) {
    spread(tokens, places);
    next.fill(0);
    let isAny = false;
    for (let place = 0; place < tokens.length; place++) {
      const token = tokens[place];
      if (!token || places[place] === 0) continue;
      const { kind } = token;
      const isOne = kind === "one" && token.fits(char);
      if (isOne || (kind === "inside" && char === "/")) next[place + 1] = 1;
      const stays = kind === "rest" || kind === "inside" || (kind === "name" && char !== "/");
      if (stays) next[place] = 1;
      isAny ||= isOne || stays;
    }
    if (!isAny) return false;
    [places, next] = [next, places];
  }
  spread(tokens, places);
  return places[tokens.length] === 1;
}

/** Adds the places that are reached without a character: they lie behind, so one pass finds all. */
function spread(tokens: readonly Token[], places: Uint8Array): void {
  for (let place = 0; place < tokens.length; place++) {
    if (places[place] === 0) continue;
    const kind = tokens[place]?.kind;
    if (kind === "name" || kind === "rest" || kind === "folders") places[place + 1] = 1;
    if (kind === "folders") places[place + 2] = 1;
  }
}
