/** Answers to requests about one document. Knows no connection. */
import type { CodeAction, WorkspaceEdit } from "vscode-languageserver";
import { codeActionsOf, fixingEdit, type ActionData, type CodeActionRequest } from "./code-actions.js";
import type { ClientFeatures } from "./client.js";
import type { InspectedDocument } from "./document.js";
import { exemptionEdit, isExemptible, type PolicyPlace } from "./exemption.js";
import { readText, uriOf } from "./places.js";
import type { ServiceOptions } from "./service.js";
import type { Workspace } from "./workspace.js";

export type RequestOptions = ServiceOptions & ClientFeatures;

export type Requests = ReturnType<typeof createRequests>;

export function createRequests(workspace: Workspace, options: RequestOptions) {
  const documentOf = (uri: string): InspectedDocument | null => {
    const look = workspace.known(uri);
    return look.kind === "dockerfile" ? look.document : null;
  };

  /** Where an exemption for a document would go; null for one that is no file. */
  const policyPlace = (uri: string): PolicyPlace | null => {
    const place = workspace.placeOf(uri);
    if (!place.isFile) return null;
    const { file, folder } = place;
    const { own } = workspace.policies.filesOf(place);
    if (own === null) return { file, folder, policy: null };
    const open = workspace.openAt(own);
    const text = open?.getText() ?? readText(own);
    if (text === null) return null;
    return { file, folder, policy: { file: own, uri: open?.uri ?? uriOf(own), version: open?.version ?? null, text } };
  };

  const exemption = (document: InspectedDocument, rule: string | null, start: number): WorkspaceEdit | null => {
    const { source, result } = document;
    const message = result.messages.find((each) => each.ruleId === rule && source.getIndexFromLoc(each) === start);
    const place = policyPlace(document.uri);
    return message && place ? exemptionEdit(message, document, place, options) : null;
  };

  const editFor = ({ uri, version, rule, exempt }: ActionData): WorkspaceEdit | null => {
    const document = documentOf(uri);
    if (document?.version !== version) return null;
    return exempt === null ? (fixingEdit(document, rule, options) ?? null) : exemption(document, rule, exempt);
  };

  return {
    codeActions: (uri: string, request: CodeActionRequest): CodeAction[] => {
      const document = documentOf(uri);
      if (!document) return [];
      const canExempt = policyPlace(uri) !== null;
      const actions = codeActionsOf(document, request, options, (each) => canExempt && isExemptible(each, document));
      if (options.resolvesEdits) return actions;
      return actions.flatMap((action) => {
        const data = action.data as ActionData | undefined;
        if (data === undefined) return [action];
        const edit = editFor(data);
        return edit ? [{ ...action, data: undefined, edit }] : [];
      });
    },
    /** With its edit; null where the document is another one by now, or the edit cannot be made. */
    resolveAction: (action: CodeAction): CodeAction | null => {
      const data = readActionData(action.data);
      if (data === null) return action;
      const edit = editFor(data);
      return edit && { ...action, edit };
    },
    policyOf: (uri: string): { uri: string | null } => {
      const { own, outer } = workspace.policies.filesOf(workspace.placeOf(uri));
      const file = own ?? outer;
      return { uri: file === null ? null : (workspace.openAt(file)?.uri ?? uriOf(file)) };
    },
  };
}

/** What a client sends back may be anything, and Neovim sends nothing back for a property that is null. */
function readActionData(data: unknown): ActionData | null {
  if (typeof data !== "object" || data === null) return null;
  const { uri, version = null, rule = null, exempt = null } = data as Partial<ActionData>;
  return typeof uri === "string" ? { uri, version, rule, exempt } : null;
}
