/** A server that has been introduced to a client and a folder. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver";
import { startServer, type LspClient, type Message, type StartOptions } from "./client.js";

export interface Initialized extends LspClient {
  readonly uriOf: (path: string) => string;
  readonly open: (path: string, text: string, languageId?: string) => void;
  /** Replaces the whole text. */
  readonly change: (path: string, version: number, text: string) => void;
  /** The next diagnostics that are sent for a file, of a version where one is given. */
  readonly diagnostics: (path: string, version?: number) => Promise<Diagnostic[]>;
}

export interface InitializeOptions extends StartOptions {
  readonly capabilities?: object;
  /** More folders, by their paths. */
  readonly folders?: readonly string[];
  readonly initializationOptions?: object;
}

/** Starts a server on `folder`, whose files are named by paths relative to it. */
export async function initialized(folder: string, options: InitializeOptions = {}): Promise<Initialized> {
  const { capabilities = {}, folders = [folder], initializationOptions } = options;
  const client = startServer(options);
  const uriOf = (path: string): string => pathToFileURL(join(folder, path)).href;
  await client.request("initialize", {
    processId: process.pid,
    workspaceFolders: folders.map((path) => ({ uri: pathToFileURL(path).href, name: path })),
    capabilities,
    initializationOptions,
  });
  client.notify("initialized", {});
  const isFor =
    (path: string, version?: number) =>
    ({ method, params }: Message): boolean => {
      if (method !== "textDocument/publishDiagnostics") return false;
      const sent = params as PublishDiagnosticsParams;
      return sent.uri === uriOf(path) && (version === undefined || sent.version === version);
    };
  return {
    ...client,
    uriOf,
    open: (path, text, languageId = "dockerfile") =>
      client.notify("textDocument/didOpen", { textDocument: { uri: uriOf(path), languageId, version: 1, text } }),
    change: (path, version, text) =>
      client.notify("textDocument/didChange", {
        textDocument: { uri: uriOf(path), version },
        contentChanges: [{ text }],
      }),
    diagnostics: async (path, version) => {
      const { params } = await client.take(isFor(path, version));
      return (params as PublishDiagnosticsParams).diagnostics;
    },
  };
}

/** The codes of diagnostics, in order. */
export function codes(diagnostics: readonly Diagnostic[]): unknown[] {
  return diagnostics.map(({ code }) => code);
}
