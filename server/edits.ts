/** Edits of a document as the client takes them. */
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { Fix, LintMessage } from "../src/index.js";
import type { ClientFeatures } from "./client.js";
import type { DocumentText, InspectedDocument } from "./document.js";

/** Edits of one document; they name its version where the client minds, so that they never meet another text. */
export function workspaceEdit(
  document: Pick<DocumentText, "uri" | "version">,
  edits: readonly TextEdit[],
  { versionedEdits }: Pick<ClientFeatures, "versionedEdits">,
): WorkspaceEdit {
  const { uri, version } = document;
  if (!versionedEdits) return { changes: { [uri]: [...edits] } };
  const change: TextDocumentEdit = { textDocument: { uri, version }, edits: [...edits] };
  return { documentChanges: [change] };
}

/** Those of fixes of the document's source. */
export function editsOf(fixes: readonly Fix[], { positions }: Pick<InspectedDocument, "positions">): TextEdit[] {
  return fixes.map((fix) => positions.editAt(fix));
}

/**
 * The edits from the document's source to `output` (both without a byte order mark), which came of fixing `messages`
 * again and again. Where one round did it these are the fixes themselves, so that the text around them, and the
 * cursor in it, stays where it is; else one edit of all that differs.
 */
export function editsBetween(
  document: Pick<InspectedDocument, "positions" | "source">,
  messages: readonly LintMessage[],
  output: string,
): TextEdit[] {
  const { text } = document.source;
  const fixes = apart(messages.flatMap(({ fix }) => fix ?? []));
  return editsOf(applied(text, fixes) === output ? fixes : [difference(text, output)], document);
}

/** Those that do not overlap an earlier one, in order. */
function apart(fixes: readonly Fix[]): Fix[] {
  const sorted = fixes.toSorted((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
  let end = -1;
  return sorted.filter(({ range }) => {
    const isFree = range[0] > end;
    if (isFree) end = range[1];
    return isFree;
  });
}

function applied(text: string, fixes: readonly Fix[]): string {
  return fixes.reduceRight((done, { range, text: put }) => done.slice(0, range[0]) + put + done.slice(range[1]), text);
}

/** One edit that makes `to` of `from`, without what both begin and end with. */
function difference(from: string, to: string): Fix {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start++;
  let same = 0;
  while (same < shorter - start && from[from.length - 1 - same] === to[to.length - 1 - same]) same++;
  return { range: [start, from.length - same], text: to.slice(start, to.length - same) };
}
