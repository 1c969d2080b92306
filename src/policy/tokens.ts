/** What a policy may not hold, seen on YAML's tokens before any node is built. */
import type { CST } from "yaml";
import { quoted } from "./errors.js";

/** Deeper nesting is refused: building nodes recurses, and no policy comes near this depth. */
export const MAX_DEPTH = 64;

export interface TokenProblem {
  /** 0-based. */
  readonly offset: number;
  readonly message: string;
}

/**
 * The first directive, tag or too deep nesting. Walked with a stack of its own: with some ten thousand open
 * brackets `yaml` exhausts the call stack, and Node with it.
 */
export function tokenProblem(tokens: readonly CST.Token[]): TokenProblem | null {
  const found: TokenProblem[] = [];
  const pending: { readonly token: CST.Token; readonly depth: number }[] = [];
  for (const token of tokens) pending.push({ token, depth: 0 });
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { token, depth } = next;
    if (token.type === "directive") {
      found.push({
        offset: token.offset,
        message: `the YAML directive ${quoted(token.source)} is not read; delete it`,
      });
    }
    if (depth > MAX_DEPTH) {
      found.push({ offset: token.offset, message: `this is nested more than ${MAX_DEPTH} levels deep` });
      continue;
    }
    if ("start" in token && Array.isArray(token.start)) noteTags(token.start, found);
    if (token.type === "document" && token.value) pending.push({ token: token.value, depth });
    if (!("items" in token)) continue;
    for (const item of token.items) {
      noteTags(item.start, found);
      if (item.sep) noteTags(item.sep, found);
      if (item.key) pending.push({ token: item.key, depth: depth + 1 });
      if (item.value) pending.push({ token: item.value, depth: depth + 1 });
    }
  }
  return found.reduce<TokenProblem | null>(
    (first, each) => (first && first.offset <= each.offset ? first : each),
    null,
  );
}

function noteTags(tokens: readonly CST.SourceToken[], found: TokenProblem[]): void {
  for (const { type, offset, source } of tokens) {
    if (type !== "tag") continue;
    found.push({ offset, message: `the tag ${quoted(source)} is not read: a policy is plain data; delete the tag` });
  }
}
