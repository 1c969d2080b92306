/** Where the cursor stands in the text of a policy, broken as it may be while it is written. */
import { Composer, isMap, isPair, isScalar, isSeq, Parser, type Document, type Node, type Pair } from "yaml";
import { tokenProblem } from "./tokens.js";

export interface PolicyCursor {
  /** Keys and indexes from the root to where the cursor's word stands; a key's own name is not in it. */
  readonly path: readonly (string | number)[];
  /** `key`: the word is a key of the map at `path`. `value`: it is the value there. */
  readonly kind: "key" | "value";
  /** The word under the cursor, without quotes; offsets, 0-based, end exclusive. */
  readonly range: readonly [start: number, end: number];
  readonly word: string;
  /** The part of it before the cursor. */
  readonly typed: string;
  /** The other keys of the map, or the other values of the list. */
  readonly siblings: readonly string[];
  /** True in brackets or braces, and so in all of JSON. */
  readonly inFlow: boolean;
  readonly isQuoted: boolean;
  /** The golden images that this text lists. */
  readonly golden: readonly string[];
}

/** Stands for the cursor's word while the text is parsed; long enough to be in no policy. */
const MARK = "fromlint0cursor0here";

/** Larger policies are refused when they are read, too. */
const LONGEST = 1024 * 1024;

/** Null in a comment, and where the text is too broken to tell. Never throws. */
export function policyCursor(text: string, offset: number): PolicyCursor | null {
  const inLineEnd = text.charAt(offset - 1) === "\r" && text.charAt(offset) === "\n";
  if (text.length > LONGEST || inLineEnd) return null;
  const word = wordAt(text, offset);
  if (!word) return null;
  const { range, quote, isClosed } = word;
  // A key without its colon would run on into the lines below.
  const marked = text.slice(0, range[0]) + MARK + (quote !== "" && !isClosed ? quote : "") + text.slice(range[1]);
  const found = find(marked);
  if (!found) return null;
  return {
    ...found,
    range,
    word: text.slice(...range),
    typed: text.slice(range[0], offset),
    isQuoted: quote !== "",
  };
}

interface WordAt {
  readonly range: PolicyCursor["range"];
  /** `"`, `'` or nothing. */
  readonly quote: string;
  readonly isClosed: boolean;
}

/** The scalar that the offset touches, on its own line; empty between scalars. */
function wordAt(text: string, offset: number): WordAt | null {
  const lineStart = text.slice(0, offset).lastIndexOf("\n") + 1;
  const newline = text.indexOf("\n", offset);
  const lineEnd = newline < 0 ? text.length : newline;
  let start = lineStart;
  let quote = "";
  for (let index = lineStart; index < offset; index++) {
    const char = text.charAt(index);
    if (quote !== "") {
      if (char === "\\" && quote === '"') index++;
      else if (char === quote) {
        quote = "";
        start = index + 1;
      }
    } else if ((char === '"' || char === "'") && start === index) {
      quote = char;
      start = index + 1;
    } else if (char === "#" && (index === lineStart || /\s/.test(text.charAt(index - 1)))) return null;
    else if (/[\s,[\]{}]/.test(char)) start = index + 1;
  }
  let end = offset;
  const ends = (at: number): boolean => {
    const char = text.charAt(at);
    if (quote !== "") return char === quote;
    return /[\s,[\]{}"']/.test(char) || (char === ":" && /^(?:\s|$)/.test(text.charAt(at + 1)));
  };
  while (end < lineEnd && !ends(end) && text.charAt(end) !== "\r") end++;
  // Behind `key:` the word has ended.
  if (quote === "" && text.slice(start, offset).endsWith(":")) return null;
  return { range: [start, end], quote, isClosed: text.charAt(end) === quote };
}

type Found = Pick<PolicyCursor, "path" | "kind" | "siblings" | "inFlow" | "golden">;

function find(text: string): Found | null {
  const tokens = [...new Parser().parse(text)];
  // Building nodes recurses; what nests too deeply is not read.
  if (tokenProblem(tokens)) return null;
  const options = { uniqueKeys: false, prettyErrors: false, logLevel: "silent" } as const;
  const document = new Composer(options).compose(tokens, true, text.length).next().value as Document | undefined;
  const place = placeOfMark(document?.contents ?? null);
  return place && { ...place, golden: goldenIn(document) };
}

function placeOfMark(root: Node | null): Omit<Found, "golden"> | null {
  const open: {
    readonly node: Node | Pair | null;
    readonly path: readonly (string | number)[];
    readonly inFlow: boolean;
  }[] = [{ node: root, path: [], inFlow: false }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, path } = next;
    if (isScalar(node) && isMark(node)) return { path, kind: "value", siblings: [], inFlow: next.inFlow };
    const inFlow = next.inFlow || (isMap(node) || isSeq(node) ? node.flow === true : false);
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const others = node.items.flatMap((each) => (each.key === key ? [] : textOf(each.key)));
        if (isMark(key)) return { path, kind: "key", siblings: others, inFlow };
        open.push({ node: (value ?? null) as Node | null, path: [...path, textOf(key)[0] ?? ""], inFlow });
      }
    } else if (isSeq(node)) {
      const at = node.items.findIndex(isMark);
      const siblings = node.items.flatMap((item, index) => (index === at ? [] : textOf(item)));
      if (at >= 0) return { path: [...path, at], kind: "value", siblings, inFlow };
      node.items.forEach((item, index) => {
        // `[a: b]` holds a pair where a map is meant.
        open.push({
          node: isPair(item) ? (item.value as Node | null) : (item as Node),
          path: [...path, index],
          inFlow,
        });
      });
    }
  }
  return null;
}

function goldenIn(document: Document | undefined): string[] {
  const golden = document?.getIn(["bases", "golden"], true);
  if (!isSeq(golden)) return [];
  const images = golden.items.map((item) => (isMap(item) ? item.get("image") : null));
  return images.filter((image) => typeof image === "string" && !image.includes(MARK)) as string[];
}

function isMark(node: unknown): boolean {
  return isScalar(node) && typeof node.value === "string" && node.value.includes(MARK);
}

function textOf(node: unknown): string[] {
  return isScalar(node) ? [typeof node.value === "string" ? node.value : (node.source ?? "")] : [];
}
