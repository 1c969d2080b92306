/** Markdown in which nothing from a Dockerfile, a policy or a registry acts: no link, no HTML, no hidden character. */
import { safe } from "../../src/editor.js";

/** Longer texts are cut. */
const LONGEST = 200;

/**
 * What means something within a line, addresses that GitHub's dialect makes links included; a backslash takes the
 * meaning away (CommonMark, Backslash escapes). The rest stays readable where Markdown is shown as it is.
 */
const ACTING = /[\\`*[\]<>!|~&@#{}]|:(?=\/\/)|(?<=www)\.|(?<!\w)_|_(?!\w)/gi;

/** As running text, on one line. */
export function prose(text: string): string {
  return safe(clipped(text)).replace(ACTING, "\\$&");
}

/** As a code span, on one line; nothing for nothing. */
export function code(text: string): string {
  const line = safe(clipped(text));
  if (line === "") return "";
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 || /^ .* $/.test(line) ? " " : "";
  return fence + space + line + space + fence;
}

/** `a`, `b` and `c`; of more than `most` the first ones and a count. */
export function codeList(texts: readonly string[], most = 6): string {
  const shown = texts.slice(0, most).map(code);
  if (texts.length > most) shown.push(`${String(texts.length - most)} more`);
  const last = shown.pop() ?? "";
  return shown.length > 0 ? `${shown.join(", ")} and ${last}` : last;
}

function clipped(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
