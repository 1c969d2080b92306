/** How open documents take the changes of a client: their ranges count in the encoding that was agreed on. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { createPositions, type Encoding } from "./positions.js";

export interface DocumentFactory {
  readonly create: (uri: string, languageId: string, version: number, text: string) => TextDocument;
  readonly update: (document: TextDocument, changes: TextDocumentContentChangeEvent[], version: number) => TextDocument;
}

/** `encoding` is asked when a change comes: it is agreed on after the documents are listened to. */
export function documentFactory(encoding: () => Encoding): DocumentFactory {
  return {
    create: (uri, languageId, version, text) => TextDocument.create(uri, languageId, version, text),
    update: (document, changes, version) => {
      if (encoding() === "utf-16") return TextDocument.update(document, changes, version);
      // Each change is in terms of the text that those before it left.
      for (const change of changes) TextDocument.update(document, [inUtf16(change, document)], version);
      return document;
    },
  };
}

function inUtf16(change: TextDocumentContentChangeEvent, document: TextDocument): TextDocumentContentChangeEvent {
  if (!("range" in change)) return change;
  const positions = createPositions(document.getText(), "utf-8");
  const { start, end } = change.range;
  const range = {
    start: document.positionAt(positions.offsetAt(start)),
    end: document.positionAt(positions.offsetAt(end)),
  };
  return { range, text: change.text };
}
