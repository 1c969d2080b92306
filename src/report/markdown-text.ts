/** Text in Markdown as GitHub and GitLab render it: nothing in it is a link, a mention, HTML, or the end of a cell. */
import { safe } from "./safe.js";

/** What stands between backticks as it is. */
const PLAIN_CODE = /^[^`|\\\s](?:[^`|\\]*[^`|\\\s])?$/;

/**
 * What means something within a line of Markdown or HTML. A character reference in its place means the character and
 * nothing else (CommonMark 0.31, section 2.5).
 */
const SPECIAL = /[\\`*_{}[\]<>&|~$^"]/g;

/**
 * Links are looked for in what was rendered, too: an empty character in their middle keeps `@name`, `#1`, `!1`, `~label`,
 * `GH-1`, `https://` and `www.` from being any.
 */
const LINKED = /[@#!$%&~:^](?=[\w/+"{[-])|\bGH-(?=\d)|www(?=\.)/gi;
const EMPTY = "&#8203;";

/** A code span: in it no mention and no issue is looked for. */
export function markdownCode(text: string): string {
  const shown = safe(text);
  return PLAIN_CODE.test(shown) ? `\`${shown}\`` : codeElement(shown);
}

/** One line of text in which what stands between two backticks is code, as in the messages of rules. */
export function markdownText(text: string): string {
  const parts = safe(text).split("`");
  // With an odd number of backticks the last one is a character like others.
  const last = parts.length % 2 === 0 ? `\`${parts.pop() ?? ""}` : "";
  let markdown = "";
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) markdown += words(part);
    // Two code spans side by side would be one.
    else markdown += markdown.endsWith("`") ? codeElement(part) : markdownCode(part);
  }
  return markdown + words(last);
}

/** For what cannot stand in a code span. In an element links are looked for as everywhere. */
function codeElement(text: string): string {
  return `<code>${words(text)}</code>`;
}

function words(text: string): string {
  let markdown = "";
  let from = 0;
  for (const { 0: link, index } of text.matchAll(LINKED)) {
    markdown += withReferences(text.slice(from, index + link.length)) + EMPTY;
    from = index + link.length;
  }
  return markdown + withReferences(text.slice(from));
}

function withReferences(text: string): string {
  return text.replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}
