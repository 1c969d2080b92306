/** What the client on the other side can do, read once from its `initialize`. */
import type { InitializeParams } from "vscode-languageserver";
import { encodingFor, type Encoding } from "./positions.js";

export interface ClientFeatures {
  readonly encoding: Encoding;
  /** Diagnostics: what they may carry. */
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly tags: readonly number[];
  /** It asks for diagnostics (3.17); else they are sent to it. Never both. */
  readonly pulls: boolean;
  readonly pullsRelated: boolean;
  /** It takes a later registration for diagnostics, so the workspace is offered once it was asked for. */
  readonly registersDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesHints: boolean;
  /** Edits name the version that they are for, and may create a file. */
  readonly versionedEdits: boolean;
  readonly createsFiles: boolean;
  /** It asks for the edit of a code action when it is chosen. */
  readonly resolvesEdits: boolean;
  readonly watchesFiles: boolean;
  readonly watchesConfiguration: boolean;
  readonly configuration: boolean;
  readonly folderChanges: boolean;
  readonly hierarchicalSymbols: boolean;
  /** It takes a link for a definition: what was asked about, and all that was declared. */
  readonly linksDefinitions: boolean;
}

export function featuresOf({ capabilities }: Pick<InitializeParams, "capabilities">): ClientFeatures {
  const { textDocument = {}, workspace = {}, general = {} } = capabilities;
  const { publishDiagnostics = {}, diagnostic } = textDocument;
  // 3.17 gave clients that pull the same properties under their own key.
  const carried = { ...publishDiagnostics, ...diagnostic } as NonNullable<typeof publishDiagnostics>;
  return {
    encoding: encodingFor(general.positionEncodings),
    relatedInformation: carried.relatedInformation ?? false,
    codeDescription: carried.codeDescriptionSupport ?? false,
    tags: carried.tagSupport?.valueSet ?? [],
    pulls: diagnostic !== undefined,
    pullsRelated: diagnostic?.relatedDocumentSupport ?? false,
    registersDiagnostics: diagnostic?.dynamicRegistration ?? false,
    refreshesDiagnostics: workspace.diagnostics?.refreshSupport ?? false,
    refreshesHints: workspace.inlayHint?.refreshSupport ?? false,
    versionedEdits: workspace.workspaceEdit?.documentChanges ?? false,
    createsFiles: workspace.workspaceEdit?.resourceOperations?.includes("create") ?? false,
    resolvesEdits: textDocument.codeAction?.resolveSupport?.properties.includes("edit") ?? false,
    watchesFiles: workspace.didChangeWatchedFiles?.dynamicRegistration ?? false,
    watchesConfiguration: workspace.didChangeConfiguration?.dynamicRegistration ?? false,
    configuration: workspace.configuration ?? false,
    folderChanges: workspace.workspaceFolders ?? false,
    linksDefinitions: textDocument.definition?.linkSupport ?? false,
    hierarchicalSymbols: textDocument.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
  };
}
