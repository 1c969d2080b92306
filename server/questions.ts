/** The questions about places that the server answers: hovers, completion, definitions and the like. Wiring alone. */
import type { CancellationToken, ServerCapabilities, TextDocumentIdentifier } from "vscode-languageserver";
import type { createConnection } from "vscode-languageserver/node";
import * as answers from "./answers.js";
import type { ClientFeatures } from "./client.js";
import type { Look } from "./workspace.js";

/** What the server says that it can be asked. */
export const QUESTIONS = {
  hoverProvider: true,
  completionProvider: { triggerCharacters: ["=", ":", "/", "$", "{", "-", ",", "@"] },
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  inlayHintProvider: true,
  documentLinkProvider: {},
  documentSymbolProvider: true,
  foldingRangeProvider: true,
} as const satisfies ServerCapabilities;

export interface Asked {
  /** What a document is by now. */
  readonly lookAt: (document: TextDocumentIdentifier) => Look;
  readonly features: () => ClientFeatures;
  readonly unlessCancelled: <Answer>(token: CancellationToken, answer: () => Answer) => Promise<Answer>;
  /** The error that says in one line why not. */
  readonly refuse: (problem: string) => Error;
}

export function answerQuestions(
  connection: ReturnType<typeof createConnection>,
  { lookAt, features, unlessCancelled, refuse }: Asked,
): void {
  connection.onHover(({ textDocument, position }, token) =>
    unlessCancelled(token, () => answers.hover(lookAt(textDocument), position, features().encoding)),
  );
  connection.onCompletion(({ textDocument, position }, token) =>
    unlessCancelled(token, () => answers.completion(lookAt(textDocument), position, features().encoding)),
  );
  connection.onDefinition(({ textDocument, position }, token) =>
    unlessCancelled(token, () => {
      return answers.definition(lookAt(textDocument), position, features().encoding, features().linksDefinitions);
    }),
  );
  connection.onReferences(({ textDocument, position, context }, token) =>
    unlessCancelled(token, () => answers.references(lookAt(textDocument), position, context.includeDeclaration)),
  );
  connection.onDocumentHighlight(({ textDocument, position }, token) =>
    unlessCancelled(token, () => answers.highlights(lookAt(textDocument), position)),
  );
  connection.onPrepareRename(({ textDocument, position }, token) =>
    unlessCancelled(token, () => answers.renameRange(lookAt(textDocument), position)),
  );
  connection.onRenameRequest(({ textDocument, position, newName }, token) =>
    unlessCancelled(token, () => {
      const { edits, problem } = answers.rename(lookAt(textDocument), position, newName);
      if (edits === null) throw refuse(problem);
      return { changes: { [textDocument.uri]: edits } };
    }),
  );
  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    unlessCancelled(token, () => answers.inlayHints(lookAt(textDocument), range)),
  );
  connection.onDocumentLinks(({ textDocument }, token) =>
    unlessCancelled(token, () => answers.links(lookAt(textDocument))),
  );
  connection.onDocumentSymbol(({ textDocument }, token) =>
    unlessCancelled(token, () => answers.symbols(lookAt(textDocument), features().hierarchicalSymbols)),
  );
  connection.onFoldingRanges(({ textDocument }, token) =>
    unlessCancelled(token, () => answers.folds(lookAt(textDocument))),
  );
}
