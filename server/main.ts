/** The language server's connection: what comes in is handed on, what goes out is sent. Wiring, and nothing else. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type ServerCapabilities,
} from "vscode-languageserver/node";
import { featuresOf, type ClientFeatures } from "./client.js";
import { codeActionsOf, FIX_ALL, fixingEdit, type ActionData } from "./code-actions.js";
import { documentFactory } from "./documents.js";
import { createSession, type Session } from "./session.js";
import { createWorkspace, type Workspace } from "./workspace.js";
import { pathOf, type Folder } from "./places.js";
import { readSection, readSettings, type Settings } from "./settings.js";

export interface ServeOptions {
  readonly transport: "stdio" | "node-ipc";
  /** FROMLINT_POLICY; null for none. */
  readonly outerPolicy: string | null;
  readonly cwd: string;
  readonly version: string;
}

/** Files whose change on disk changes what is found. */
const WATCHED = [
  "**/fromlint.{yaml,yml,json,lock}",
  "**/*.dockerignore",
  "**/{Dockerfile,Containerfile}*",
  "**/*.{Dockerfile,dockerfile}",
];

/** Serves until the client is gone; then the process ends, with 0 after `shutdown` and 1 without. */
export function serve(options: ServeOptions): void {
  const connection = connect(options.transport);
  let features: ClientFeatures | null = null;
  let workspace: Workspace | null = null;
  let session: Session | null = null;
  let folderNames: readonly { readonly uri: string }[] = [];
  const documents = new TextDocuments(documentFactory(() => features?.encoding ?? "utf-16"));
  const log = (error: unknown): void =>
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  // A mistake of ours must not take the editor's diagnostics away.
  process.on("uncaughtException", log);
  process.on("unhandledRejection", log);

  /** Throws for what comes before `initialize`. */
  const state = (): { features: ClientFeatures; workspace: Workspace; session: Session } => {
    if (features && workspace && session) return { features, workspace, session };
    throw new ResponseError(ErrorCodes.ServerNotInitialized, "The server is not initialized yet.");
  };

  connection.onInitialize((params) => {
    features = featuresOf(params);
    folderNames = params.workspaceFolders ?? rootOf(params);
    workspace = createWorkspace({
      encoding: features.encoding,
      documents: () => documents.all(),
      get: (uri) => documents.get(uri),
      outerPolicy: options.outerPolicy,
      cwd: options.cwd,
    });
    workspace.setFolders(foldersOf(folderNames));
    workspace.setSettings(new Map([["", readSection(params.initializationOptions)]]));
    session = createSession({
      workspace,
      documents: () => documents.all(),
      get: (uri) => documents.get(uri),
      service: { ...features, pageOf },
      pulls: features.pulls,
      client: {
        publish: (diagnostics) => void connection.sendDiagnostics(diagnostics).catch(log),
        refresh: () => {
          if (features?.refreshesDiagnostics) connection.languages.diagnostics.refresh().catch(log);
          if (features?.refreshesHints) connection.languages.inlayHint.refresh().catch(log);
        },
        status: (status) => void connection.sendNotification("fromlint/status", status).catch(log),
        failed: log,
      },
    });
    return { capabilities: capabilitiesFor(features), serverInfo: { name: "fromlint", version: options.version } };
  });

  connection.onInitialized(() => {
    const { features: client } = state();
    if (client.watchesFiles) {
      const watchers = WATCHED.map((globPattern) => ({ globPattern }));
      connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(log);
    }
    if (client.watchesConfiguration) {
      connection.client.register(DidChangeConfigurationNotification.type, { section: "fromlint" }).catch(log);
    }
    if (client.folderChanges) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folderNames = [...folderNames.filter(({ uri }) => !gone.has(uri)), ...added];
        state().workspace.setFolders(foldersOf(folderNames));
        void configure();
      });
    }
    void configure();
  });

  /** Asks for the settings of each folder, or takes those that were `pushed`, and looks at everything again. */
  const configure = async (pushed?: unknown): Promise<void> => {
    const { features: client, workspace: all, session: now } = state();
    if (client.configuration) {
      try {
        const scopes = ["", ...folderNames.map(({ uri }) => uri)];
        const items = scopes.map((uri) => ({ section: "fromlint", ...(uri === "" ? {} : { scopeUri: uri }) }));
        const values: unknown[] = await connection.workspace.getConfiguration(items);
        all.setSettings(new Map(scopes.map((uri, index): [string, Settings] => [uri, readSettings(values[index])])));
      } catch (error) {
        log(error);
      }
    } else if (pushed !== undefined) {
      all.setSettings(new Map([["", readSection(pushed)]]));
    }
    now.surroundingsChanged();
  };

  connection.onDidChangeConfiguration(({ settings }) => void configure(settings ?? null));
  connection.onDidChangeWatchedFiles(() => state().session.surroundingsChanged());
  documents.onDidOpen(({ document }) => session?.opened(document.uri, document.version));
  documents.onDidChangeContent(({ document }) => session?.changed(document.uri, document.version));
  documents.onDidSave(({ document }) => session?.saved(document.uri));
  documents.onDidClose(({ document }) => session?.closed(document.uri));

  connection.languages.diagnostics.on(({ textDocument, previousResultId }) => {
    return state().session.report(textDocument.uri, previousResultId);
  });

  connection.onCodeAction(({ textDocument, range, context }) => {
    const { features: client, workspace: all } = state();
    const look = all.known(textDocument.uri);
    if (look.kind !== "dockerfile") return [];
    return codeActionsOf(look.document, { range, ...context }, { ...client, pageOf }, () => false);
  });
  connection.onCodeActionResolve((action) => {
    const { features: client, workspace: all } = state();
    const { uri, version, rule } = action.data as ActionData;
    const look = all.known(uri);
    if (look.kind !== "dockerfile" || look.document.version !== version) return action;
    const edit = fixingEdit(look.document, rule, client);
    return edit ? { ...action, edit } : action;
  });

  documents.listen(connection);
  connection.listen();
}

/** Run as a program by itself: `node server.cjs --stdio`, or `--node-ipc` by an editor that starts it as a module. */
export function main(argv: readonly string[], version: string): void {
  const transport = argv.includes("--node-ipc") ? "node-ipc" : "stdio";
  serve({ transport, outerPolicy: process.env.FROMLINT_POLICY ?? null, cwd: process.cwd(), version });
}

function connect(transport: ServeOptions["transport"]): Connection {
  if (transport === "stdio") {
    // Whoever reads may be gone: then nobody is left to tell.
    process.stdout.on("error", () => process.exit(1));
    return createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  }
  process.on("disconnect", () => process.exit(1));
  return createConnection(ProposedFeatures.all, new IPCMessageReader(process), new IPCMessageWriter(process));
}

function capabilitiesFor(features: ClientFeatures): ServerCapabilities {
  return {
    positionEncoding: features.encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    codeActionProvider: { codeActionKinds: ["quickfix", FIX_ALL], resolveProvider: true },
    ...(features.pulls
      ? {
          diagnosticProvider: { identifier: "fromlint", interFileDependencies: true, workspaceDiagnostics: false },
        }
      : {}),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

/** What clients without workspace folders name. */
function rootOf({ rootUri }: { readonly rootUri?: string | null }): { readonly uri: string }[] {
  return rootUri ? [{ uri: rootUri }] : [];
}

function foldersOf(names: readonly { readonly uri: string }[]): Folder[] {
  return names.flatMap(({ uri }) => {
    const path = pathOf(uri);
    return path === null ? [] : [{ uri, path: path.replace(/(?<=.)[/\\]$/, "") }];
  });
}

const RULE_PAGES = ["../docs/rules", "docs/rules"].map((path) => join(dirname(import.meta.filename), path));

/** The page of a rule, which comes with the server. */
function pageOf(rule: string): string | null {
  const file = RULE_PAGES.map((folder) => join(folder, `${rule}.md`)).find((path) => existsSync(path));
  return file === undefined ? null : pathToFileURL(file).href;
}
