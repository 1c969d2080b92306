/** Where a text stops being JSON. Needed because the YAML parser, which gives positions, accepts far more. */

/** What is wrong, and where: a 0-based offset. */
export interface JsonProblem {
  readonly offset: number;
  readonly message: string;
}

/** What is expected next. */
type Expectation = "value" | "value or ]" | "key" | "key or }" | ":" | "," | "end";

const SPACE = /[ \t\n\r]*/y;
const LITERAL = /(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null)(?![\w.+-])/y;

const STRING = /"(?:[^"\\\0-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/y;

/** The first place where `text` breaks the grammar of RFC 8259; null for JSON. Linear, without recursion. */
export function jsonProblem(text: string): JsonProblem | null {
  const open: ("[" | "{")[] = [];
  let expected: Expectation = "value";
  let offset = skip(SPACE, text, 0);
  while (offset < text.length) {
    const next = step(text, offset, expected, open);
    if (next === null) return { offset, message: problemAt(text, offset, expected, open) };
    expected = next.expected;
    offset = skip(SPACE, text, next.offset);
  }
  return expected === "end" ? null : { offset, message: `the file ends where ${wanted(expected, open)} is expected` };
}

function step(text: string, offset: number, expected: Expectation, open: ("[" | "{")[]) {
  const character = text[offset];
  const after = (): Expectation => (open.length === 0 ? "end" : ",");
  const close = (): { offset: number; expected: Expectation } => {
    open.pop();
    return { offset: offset + 1, expected: after() };
  };
  switch (expected) {
    case "end":
      return null;
    case ":":
      return character === ":" ? { offset: offset + 1, expected: "value" as const } : null;
    case ",":
      if (character === (open.at(-1) === "[" ? "]" : "}")) return close();
      if (character !== ",") return null;
      return { offset: offset + 1, expected: open.at(-1) === "[" ? ("value" as const) : ("key" as const) };
    case "key or }":
    case "key": {
      if (character === "}" && expected === "key or }") return close();
      const end = skip(STRING, text, offset);
      return end > offset ? { offset: end, expected: ":" as const } : null;
    }
    default: {
      if (character === "]" && expected === "value or ]") return close();
      if (character === "[" || character === "{") {
        open.push(character);
        return { offset: offset + 1, expected: character === "[" ? ("value or ]" as const) : ("key or }" as const) };
      }
      const end = skip(character === '"' ? STRING : LITERAL, text, offset);
      return end > offset ? { offset: end, expected: after() } : null;
    }
  }
}

function skip(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
}

function problemAt(text: string, offset: number, expected: Expectation, open: readonly string[]): string {
  const character = text[offset] ?? "";
  if (character === "/" || character === "#") return "JSON has no comments";
  if (character === "'") return "JSON has no single quotes; use double quotes";
  if (character === '"' && expected !== ":" && expected !== "," && expected !== "end") {
    return "this text is not closed on its line, or has an escape that JSON does not know";
  }
  if ((character === "]" || character === "}") && text.slice(0, offset).trimEnd().endsWith(",")) {
    return "JSON has no comma before a closing bracket";
  }
  return `${wanted(expected, open)} is expected here`;
}

function wanted(expected: Expectation, open: readonly string[]): string {
  switch (expected) {
    case "end":
      return "the end of the file";
    case ":":
      return "`:`";
    case ",":
      return open.at(-1) === "[" ? "`,` or `]`" : "`,` or `}`";
    case "key":
      return "a key in double quotes";
    case "key or }":
      return "a key in double quotes or `}`";
    case "value or ]":
      return "a value or `]`";
    case "value":
      return "a value";
  }
}
