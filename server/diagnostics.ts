/** Findings as diagnostics of the protocol. */
import type { Diagnostic, DiagnosticTag, Range } from "vscode-languageserver";
import type { LintMessage } from "../src/index.js";
import type { ClientFeatures } from "./client.js";
import type { InspectedDocument } from "./document.js";

/** The source of all our diagnostics. */
export const SOURCE = "fromlint";

/** DiagnosticSeverity of the protocol, by our severity. */
const SEVERITY = { 1: 2, 2: 1 } as const;

/** DiagnosticTag of the protocol: faded out, struck through. */
const UNNECESSARY = 1;
const DEPRECATED = 2;

/** Findings on text that nobody needs any more, and on images that nobody maintains any more. */
const TAGS: Readonly<Record<string, DiagnosticTag>> = {
  "no-constant-platform/redundant": UNNECESSARY,
  "no-redundant-workdir/repeated": UNNECESSARY,
  "valid-waiver/expired": UNNECESSARY,
  "valid-waiver/unused": UNNECESSARY,
  "no-eol-base/ended": DEPRECATED,
  "no-eol-base/endedNearest": DEPRECATED,
  "no-eol-base/endedTag": DEPRECATED,
  "no-eol-base/retired": DEPRECATED,
  "no-eol-base/retiredRelease": DEPRECATED,
};

/** What diagnostics may carry, and where rules are explained: the address of a rule's page, or null. */
export interface DiagnosticOptions extends Pick<ClientFeatures, "relatedInformation" | "codeDescription" | "tags"> {
  readonly pageOf: (rule: string) => string | null;
}

/** The findings of a document, in the order of its text. Those that comments and exemptions silence are not among them. */
export function diagnosticsOf(document: InspectedDocument, options: DiagnosticOptions): Diagnostic[] {
  return document.result.messages.map((message) => diagnosticOf(message, document, options));
}

export function diagnosticOf(
  message: LintMessage,
  document: InspectedDocument,
  options: DiagnosticOptions,
): Diagnostic {
  const { ruleId, severity, messageId, related = [] } = message;
  const tag = TAGS[`${ruleId}/${messageId}`];
  const page = options.codeDescription ? options.pageOf(ruleId) : null;
  const relatedInformation = related.map(({ message: text, loc }) => {
    return { message: text, location: { uri: document.uri, range: rangeOfLocation(loc, document) } };
  });
  return {
    range: rangeOf(message, document),
    severity: SEVERITY[severity],
    code: ruleId,
    ...(page === null ? {} : { codeDescription: { href: page } }),
    source: SOURCE,
    message: message.message,
    ...(tag !== undefined && options.tags.includes(tag) ? { tags: [tag] } : {}),
    ...(options.relatedInformation && relatedInformation.length > 0 ? { relatedInformation } : {}),
  };
}

/** Where a finding stands, in positions of the client. */
function rangeOf(message: LintMessage, document: InspectedDocument): Range {
  const { line, column, endLine, endColumn } = message;
  return rangeOfLocation({ start: { line, column }, end: { line: endLine, column: endColumn } }, document);
}

type Location = NonNullable<LintMessage["related"]>[number]["loc"];

function rangeOfLocation({ start, end }: Location, { source, positions }: InspectedDocument): Range {
  return positions.rangeAt([source.getIndexFromLoc(start), source.getIndexFromLoc(end)]);
}
