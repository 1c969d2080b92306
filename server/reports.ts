/** Reports for clients that ask for diagnostics (3.17): a report that says the same as before has the same id. */
import { createHash } from "node:crypto";
import type {
  Diagnostic,
  FullDocumentDiagnosticReport,
  UnchangedDocumentDiagnosticReport,
} from "vscode-languageserver";

export type Report = FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport;

export interface Reports {
  /** The report of a document; `previous` is the id of the one that the client has. */
  readonly next: (uri: string, items: Diagnostic[], previous: string | undefined) => Report;
  /** The last report once more, whatever has changed since. */
  readonly again: (uri: string, previous: string | undefined) => Report;
  readonly has: (uri: string) => boolean;
  readonly forget: (uri: string) => void;
}

export function createReports(): Reports {
  const last = new Map<string, { readonly resultId: string; readonly items: Diagnostic[] }>();
  const again: Reports["again"] = (uri, previous) => {
    const { resultId, items } = last.get(uri) ?? { resultId: idOf([]), items: [] };
    return resultId === previous ? { kind: "unchanged", resultId } : { kind: "full", resultId, items };
  };
  return {
    next: (uri, items, previous) => {
      last.set(uri, { resultId: idOf(items), items });
      return again(uri, previous);
    },
    again,
    has: (uri) => last.has(uri),
    forget: (uri) => void last.delete(uri),
  };
}

function idOf(items: readonly Diagnostic[]): string {
  return createHash("sha1").update(JSON.stringify(items)).digest("base64url");
}
