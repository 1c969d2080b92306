/** What can be done about findings: fixes, suggestions, comments that silence them, an exemption in the policy. */
import type { CodeAction, Diagnostic, Range } from "vscode-languageserver";
import { fix, type LintMessage } from "../src/index.js";
import type { ClientFeatures } from "./client.js";
import { diagnosticOf, type DiagnosticOptions } from "./diagnostics.js";
import { disablings, type Disabling } from "./disable.js";
import type { InspectedDocument } from "./document.js";
import { editsBetween, editsOf, workspaceEdit } from "./edits.js";

/** CodeActionKind of the protocol. */
const QUICK_FIX = "quickfix";
export const FIX_ALL = "source.fixAll.fromlint";

export interface CodeActionRequest {
  readonly range: Range;
  /** Kinds; left out: those of the light bulb. */
  readonly only?: readonly string[] | undefined;
  /** As the client has them, to be attached to what mends them. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What an action without an edit is, for when it is chosen: everything that it takes to make the edit. */
export interface ActionData {
  readonly uri: string;
  readonly version: number | null;
  readonly rule: string | null;
  /** The start of the finding that an exemption is for; null for what fixes. */
  readonly exempt: number | null;
}

type Options = DiagnosticOptions & Pick<ClientFeatures, "versionedEdits" | "resolvesEdits">;

/** Asks whether the policy may be given an exemption from a finding. */
export type IsExemptible = (message: LintMessage) => boolean;

/** The actions for the findings in a range, best first; one whose edit takes work has `data` where the client resolves. */
export function codeActionsOf(
  document: InspectedDocument,
  request: CodeActionRequest,
  options: Options,
  isExemptible: IsExemptible,
): CodeAction[] {
  const { only } = request;
  const isWanted = (kind: string): boolean =>
    only?.some((each) => each === "" || each === kind || kind.startsWith(`${each}.`)) ?? true;
  const found = isWanted(QUICK_FIX) ? messagesIn(request.range, document) : [];
  const forEach = found.map((message) => ({ message, diagnostics: [attached(message, document, request, options)] }));
  return [
    ...forEach.flatMap(({ message, diagnostics }) => corrections(message, diagnostics, document, options)),
    ...rulesOf(found).flatMap((rule) => fixRule(rule, document, options)),
    ...forEach.flatMap(({ message, diagnostics }) => silences(message, diagnostics, document, options)),
    ...forEach.flatMap(({ message, diagnostics }) =>
      isExemptible(message) ? exemption(message, diagnostics, document) : [],
    ),
    ...(isWanted(FIX_ALL) ? fixAll(document, only !== undefined, options) : []),
  ];
}

/** The edit of "fix all", of one rule or of every rule; null when nothing is to fix. */
export function fixingEdit(
  document: InspectedDocument,
  rule: string | null,
  options: Pick<Options, "versionedEdits">,
): CodeAction["edit"] | null {
  const { output } = fix(document.text, document.options, rule);
  if (output === undefined) return null;
  const messages = document.result.messages.filter(({ ruleId }) => rule === null || ruleId === rule);
  const plain = document.source.hasBOM ? output.slice(1) : output;
  return workspaceEdit(document, editsBetween(document, messages, plain), options);
}

/** Findings that touch the range. */
function messagesIn(range: Range, { result, source, positions }: InspectedDocument): LintMessage[] {
  const [start, end] = [positions.offsetAt(range.start), positions.offsetAt(range.end)];
  return result.messages.filter((message) => {
    const from = source.getIndexFromLoc(message);
    const to = source.getIndexFromLoc({ line: message.endLine, column: message.endColumn });
    return from <= end && to >= start;
  });
}

/** The client's own diagnostic for a finding, so that it knows which one an action is for. */
function attached(
  message: LintMessage,
  document: InspectedDocument,
  { diagnostics }: CodeActionRequest,
  options: Options,
): Diagnostic {
  const own = diagnosticOf(message, document, options);
  const isSame = ({ code, range, message: text }: Diagnostic): boolean =>
    code === own.code && text === own.message && JSON.stringify(range) === JSON.stringify(own.range);
  return diagnostics.find(isSame) ?? own;
}

function corrections(
  message: LintMessage,
  diagnostics: Diagnostic[],
  document: InspectedDocument,
  options: Options,
): CodeAction[] {
  const { ruleId, fix: certain, suggestions = [] } = message;
  const action = (title: string, change: NonNullable<LintMessage["fix"]>, isPreferred: boolean): CodeAction => ({
    title,
    kind: QUICK_FIX,
    diagnostics,
    ...(isPreferred ? { isPreferred } : {}),
    edit: workspaceEdit(document, editsOf([change], document), options),
  });
  return [
    ...(certain ? [action(`Fix this ${ruleId} finding`, certain, true)] : []),
    ...suggestions.map(({ desc, fix: change }) => action(desc, change, false)),
  ];
}

function rulesOf(messages: readonly LintMessage[]): string[] {
  return [...new Set(messages.map(({ ruleId }) => ruleId))];
}

/** Where a rule has more than one finding that can be fixed. */
function fixRule(rule: string, document: InspectedDocument, options: Options): CodeAction[] {
  const { messages } = document.result;
  if (messages.filter((message) => message.ruleId === rule && message.fix).length < 2) return [];
  return late({ title: `Fix all ${rule} findings in this file`, kind: QUICK_FIX }, rule, document, options);
}

/** Unasked, only where the client lets it be worked out when it is chosen. */
function fixAll(document: InspectedDocument, isAsked: boolean, options: Options): CodeAction[] {
  if ((!isAsked && !options.resolvesEdits) || !document.result.messages.some((message) => message.fix)) return [];
  return late({ title: "Fix all fromlint findings", kind: FIX_ALL }, null, document, options);
}

/** An action whose edit is made later where the client asks for it, else now. */
function late(action: CodeAction, rule: string | null, document: InspectedDocument, options: Options): CodeAction[] {
  if (options.resolvesEdits) {
    const { uri, version } = document;
    return [{ ...action, data: { uri, version, rule, exempt: null } satisfies ActionData }];
  }
  const edit = fixingEdit(document, rule, options);
  return edit ? [{ ...action, edit }] : [];
}

const COVERED: Readonly<Record<Disabling["scope"], string>> = {
  "next-line": "here",
  stage: "in this stage",
  file: "in this file",
};

/** Rules that no comment silences: `valid-syntax` always, and those that a policy locks. */
function silences(
  message: LintMessage,
  diagnostics: Diagnostic[],
  document: InspectedDocument,
  options: Options,
): CodeAction[] {
  const { ruleId, messageId } = message;
  const isLocked = document.options.policies?.some(({ locked }) => locked.has(ruleId)) ?? false;
  if (ruleId === "valid-syntax" || isLocked || messageId === "crash") return [];
  return disablings(message, document.source).map(({ scope, fix: change }) => ({
    title: `Disable ${ruleId} ${COVERED[scope]}`,
    kind: QUICK_FIX,
    diagnostics,
    edit: workspaceEdit(document, editsOf([change], document), options),
  }));
}

function exemption(message: LintMessage, diagnostics: Diagnostic[], document: InspectedDocument): CodeAction[] {
  const { uri, version, source } = document;
  const data: ActionData = { uri, version, rule: message.ruleId, exempt: source.getIndexFromLoc(message) };
  return [{ title: `Add an exemption from ${message.ruleId} to the policy`, kind: QUICK_FIX, diagnostics, data }];
}
