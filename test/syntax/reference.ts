/**
 * A deliberately simple reading of BuildKit's rules for where instructions start, written from its description of the
 * loop in frontend/dockerfile/parser/parser.go and independent of src/syntax: whole strings, regular expressions and
 * arrays, no offsets. Slow and plain, so that a difference to the real one shows a mistake in one of them.
 */

export interface ReferenceLine {
  /** 0-based number of the physical line on which the instruction starts. */
  readonly line: number;
  /** The joined logical line. */
  readonly text: string;
  readonly heredocs: readonly string[];
}

const SPACE = "\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const LEADING = new RegExp(`^[${SPACE}]+`);
const AROUND = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
const ONE_SPACE = new RegExp(`^[${SPACE}]$`);

const trimStart = (text: string): string => text.replace(LEADING, "");
const trim = (text: string): string => text.replace(AROUND, "");
const trimNewline = (text: string): string => text.replace(/[\r\n]+$/, "");

export function referenceLines(source: string): ReferenceLine[] {
  const physical = source.split(/(?<=\n)/).filter((line) => line !== "");
  if (physical[0] !== undefined) physical[0] = physical[0].replace(/^\uFEFF/, "");
  let escape = "\\";
  let directivesOpen = true;
  const seen = new Set<string>();
  const result: ReferenceLine[] = [];
  let at = 0;

  const continued = (line: string): string | null => {
    const e = escape === "\\" ? "\\\\" : "`";
    const match = new RegExp(`^((?:[^]*[^${e}])?)${e}[ \\t]*$`).exec(line);
    return match === null ? null : (match[1] ?? "");
  };

  while (at < physical.length) {
    const start = at;
    let line = trimStart(trimNewline(physical[at++] ?? ""));
    if (directivesOpen) {
      const match = /^#([^]*)$/.exec(line);
      const directive =
        match && /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*(.+?)[\t\n\f\r ]*$/s.exec(trimStart(match[1] ?? ""));
      const name = directive?.[1]?.toLowerCase() ?? "";
      if (!["syntax", "escape", "check"].includes(name)) directivesOpen = false;
      else if (!seen.has(name)) {
        seen.add(name);
        if (name === "escape" && /^[\\`]$/.test(directive?.[2] ?? "")) escape = directive?.[2] ?? escape;
      }
    }
    if (line.startsWith("#") || line === "") continue;
    let text = "";
    for (let rest = continued(line); ; rest = continued(line)) {
      text += rest ?? line;
      if (rest === null) break;
      let next: string | undefined;
      do next = at < physical.length ? trimNewline(physical[at++] ?? "") : undefined;
      while (next !== undefined && /^(?:#|$)/.test(trimStart(next)));
      if (next === undefined) break;
      line = next;
    }
    const heredocs = mayOpenHeredocs(text, escape) ? heredocsOf(text) : [];
    for (const { name, chomp } of heredocs) {
      while (at < physical.length) {
        const body = trimNewline(physical[at++] ?? "");
        if ((chomp ? body.replace(/^\t+/, "") : body) === name) break;
      }
    }
    result.push({ line: start, text, heredocs: heredocs.map(({ name }) => name) });
  }
  return result;
}

/** The instruction's word, lower case. White space of Unicode around the line is no part of it (`TrimSpace`). */
export function keywordOf({ text }: ReferenceLine): string {
  return splitCommand(text, "").keyword;
}

function mayOpenHeredocs(text: string, escape: string): boolean {
  let { keyword, args } = splitCommand(text, escape);
  if (keyword === "onbuild") ({ keyword, args } = splitCommand(args, escape));
  return ["run", "copy", "add"].includes(keyword) && !isJsonArray(args);
}

function isJsonArray(args: string): boolean {
  try {
    return args.startsWith("[") && Array.isArray(JSON.parse(args));
  } catch {
    return false;
  }
}

function splitCommand(text: string, escape: string): { keyword: string; args: string } {
  const [, keyword = "", rest = ""] = /^([^\t\v\f\r ]*)[\t\v\f\r ]*([^]*)$/.exec(trim(text)) ?? [];
  let args = trimStart(rest);
  while (args.startsWith("--")) {
    let word = "";
    let quote = "";
    let used = 0;
    while (used < args.length) {
      const char = args.charAt(used);
      if (quote === "" && ONE_SPACE.test(char)) break;
      used++;
      if (char === quote) quote = "";
      else if (quote === "" && /['"]/.test(char)) quote = char;
      else word += char === escape ? args.charAt(used++) : char;
    }
    args = trimStart(args.slice(used));
    if (word === "--") break;
  }
  return { keyword: keyword.toLowerCase(), args: trim(args) };
}

interface Heredoc {
  readonly name: string;
  readonly chomp: boolean;
}

function heredocsOf(text: string): Heredoc[] {
  return (shellWords(text, true, true) ?? []).flatMap((word) => {
    const [, dash, rest = ""] = /^[0-9]*<<(-?)[\t\n\f\r ]*([^<]*)$/.exec(word) ?? [];
    const names = rest === "" ? null : shellWords(rest, false, false);
    return names?.length === 1 ? [{ name: names[0] ?? "", chomp: dash === "-" }] : [];
  });
}

/** Shell words with nothing set, as BuildKit's lexer cuts them; null where it gives up. */
function shellWords(source: string, rawQuotes: boolean, rawEscapes: boolean): string[] | null {
  const chars = Array.from(source.replace(/^\uFEFF/, ""));
  const gaveUp = new Error("gave up");
  let shared: string[] = [];

  function until(stop: string | null, keep: boolean, level: number): { text: string; words: string[] } {
    if (level > 100) throw gaveUp;
    shared = [];
    let text = "";
    let inWord = false;
    const words: string[] = [];
    const push = (): void => {
      if (shared.length > 0) words.push(shared.join(""));
      shared = [];
    };
    const feed = (char: string): void => {
      if (!ONE_SPACE.test(char)) {
        shared.push(char);
        inWord = true;
      } else if (inWord && shared.length > 0) {
        push();
        inWord = false;
      }
    };
    const raw = (part: string): void => {
      if (part !== "") shared.push(part);
      inWord = true;
    };
    while (chars.length > 0) {
      const char = chars[0] ?? "";
      if (char === stop) {
        chars.shift();
        push();
        return { text, words };
      }
      if (char === "$") {
        const part = dollar(level);
        Array.from(part).forEach(feed);
        text += part;
        continue;
      }
      chars.shift();
      let part = char;
      if (char === "'") {
        const close = chars.indexOf("'");
        if (close === -1) throw gaveUp;
        part = chars
          .splice(0, close + 1)
          .slice(0, -1)
          .join("");
        if (rawQuotes) part = `'${part}'`;
        raw(part);
      } else if (char === '"') {
        part = doubleQuoted(keep, level);
        raw(part);
      } else if (char === "<") {
        if (isNext("<")) {
          part += chars.splice(0, 1).join("");
          while (chars.length > 0 && /^[\t\r ]$/.test(chars[0] ?? "")) part += chars.shift() ?? "";
        }
        raw(part);
      } else if (char === "\\") {
        part = (keep ? char : "") + (chars.shift() ?? "");
        raw(part);
      } else {
        feed(char);
      }
      text += part;
    }
    if (stop !== null) throw gaveUp;
    push();
    return { text, words };
  }

  function doubleQuoted(keep: boolean, level: number): string {
    let text = "";
    while (chars.length > 0) {
      if (chars[0] === "$") {
        text += dollar(level);
        continue;
      }
      const char = chars.shift() ?? "";
      if (char === '"') return rawQuotes ? `"${text}"` : text;
      if (char !== "\\") {
        text += char;
        continue;
      }
      if (keep) text += char;
      if (chars.length > 0) text += /^["$\\]$/.test(chars[0] ?? "") ? (chars.shift() ?? "") : char;
    }
    throw gaveUp;
  }

  function name(): string {
    const [match = ""] = /^(?:\p{Nd}+|[@*#?$!-]|[\p{L}_][\p{L}\p{Nd}_]*)/u.exec(chars.join("")) ?? [];
    chars.splice(0, Array.from(match).length);
    return match;
  }

  const isNext = (char: string): boolean => chars[0] === char;

  function dollar(level: number): string {
    chars.shift();
    if (!isNext("{")) return `$${name()}`;
    chars.shift();
    if (chars.length === 0 || /^[{}:]$/.test(chars[0] ?? "")) throw gaveUp;
    const variable = name();
    const kind = chars.shift();
    if (kind === "}") return `\${${variable}}`;
    if (kind === "/") {
      if (isNext("/")) chars.shift();
      const pattern = until("/", true, level + 1).text;
      return `\${${variable}/${pattern}/${until("}", true, level + 1).text}}`;
    }
    if (kind === ":") {
      const next = chars.shift() ?? "";
      if (next === "#" || next === "%") throw gaveUp;
      return `\${${variable}:${next}${until("}", false, level + 1).text}}`;
    }
    if (kind === undefined || !"+-?#%".includes(kind)) throw gaveUp;
    return `\${${variable}${kind}${until("}", kind === "#" || kind === "%", level + 1).text}}`;
  }

  try {
    return until(null, rawEscapes, 0).words;
  } catch (error) {
    if (error === gaveUp) return null;
    throw error;
  }
}
