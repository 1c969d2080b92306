/** Documents for tests of the service: a text in which `‸` marks a position, or two of them a range. */
import type { CodeAction, Range, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { codeActionsOf } from "../../server/code-actions.js";
import { inspectDocument, type InspectedDocument } from "../../server/document.js";
import { isExemptible } from "../../server/exemption.js";
import { createPositions, type Encoding } from "../../server/positions.js";
import { testPolicy } from "../rules/test-policy.js";

const MARK = "‸";
/** Examples are linted on this day. */
const TODAY = "2026-11-21";

export interface Marked {
  readonly document: InspectedDocument;
  /** Empty where there is one mark; the start where there is none. */
  readonly range: Range;
}

export interface MarkedOptions {
  /** Keys of the policy file at /project/fromlint.yaml. */
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly encoding?: Encoding;
  readonly version?: number;
}

/** What a client that can do everything may be given. */
export const ALL = {
  relatedInformation: true,
  codeDescription: true,
  tags: [1, 2],
  versionedEdits: true,
  createsFiles: true,
  resolvesEdits: false,
  pageOf: (rule: string): string => `https://docs.example/${rule}`,
} as const;

/** The document at /project/Dockerfile whose text is `marked` without its marks. */
export function marked(text: string, { policy = {}, encoding = "utf-16", version = 1 }: MarkedOptions = {}): Marked {
  const pieces = text.split(MARK);
  const plain = pieces.join("");
  const options = { filePath: "/project/Dockerfile", policies: [testPolicy(policy)], today: TODAY, context: null };
  const document = inspectDocument({ uri: "file:///project/Dockerfile", version, text: plain }, options, encoding);
  const start = pieces.length > 1 ? (pieces[0] ?? "").length : 0;
  const end = pieces.length > 2 ? start + (pieces[1] ?? "").length : start;
  const { positionAt } = createPositions(plain, encoding);
  return { document, range: { start: positionAt(start), end: positionAt(end) } };
}

/** The actions at the mark. */
export function actionsAt(
  text: string,
  options: MarkedOptions & { readonly only?: readonly string[] } = {},
): CodeAction[] {
  const { document, range } = marked(text, options);
  const request = { range, only: options.only, diagnostics: [] };
  return codeActionsOf(document, request, ALL, (message) => isExemptible(message, document));
}

/** The text after an action's edit. */
export function applied(text: string, edit: WorkspaceEdit | undefined, encoding: Encoding = "utf-16"): string {
  const plain = text.replaceAll(MARK, "");
  const [change] = edit?.documentChanges ?? [];
  const edits = change && "edits" in change ? (change.edits as TextEdit[]) : Object.values(edit?.changes ?? {}).flat();
  const { offsetAt } = createPositions(plain, encoding);
  const sorted = edits
    .map(({ range, newText }) => ({ start: offsetAt(range.start), end: offsetAt(range.end), newText }))
    .sort((a, b) => a.start - b.start);
  for (const [index, { start }] of sorted.entries()) {
    if (start < (sorted[index - 1]?.end ?? 0)) throw new Error("edits overlap");
  }
  return sorted.reduceRight((done, { start, end, newText }) => done.slice(0, start) + newText + done.slice(end), plain);
}
