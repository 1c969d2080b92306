import { Uri, type ExtensionContext } from "vscode";
import { LanguageClient, TransportKind, type DocumentSelector } from "vscode-languageclient/node";

/** Files on disk and new ones. What git, a comparison or another extension shows is nobody's to correct. */
const SELECTOR: DocumentSelector = [
  { scheme: "file", language: "dockerfile" },
  { scheme: "untitled", language: "dockerfile" },
  { scheme: "file", pattern: "**/fromlint.{yaml,json}" },
];

/** A client for the server that the extension brings along, not started yet. It runs on the editor's own Node. */
export function createClient(context: ExtensionContext): LanguageClient {
  const module = Uri.joinPath(context.extensionUri, "dist", "server.cjs").fsPath;
  const transport = TransportKind.ipc;
  return new LanguageClient(
    "fromlint",
    "fromlint",
    {
      run: { module, transport },
      debug: { module, transport, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
    },
    { documentSelector: SELECTOR },
  );
}
