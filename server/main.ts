/** The language server's connection: what comes in is handed on, what goes out is sent. Wiring, and nothing else. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import {
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticRequest,
  ErrorCodes,
  IPCMessageReader,
  IPCMessageWriter,
  LSPErrorCodes,
  ProposedFeatures,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
  WorkDoneProgress,
  type CancellationToken,
  type CodeAction,
  type DiagnosticRegistrationOptions,
  type Disposable,
  type ProgressToken,
  type ServerCapabilities,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from "vscode-languageserver/node";
import { rulePage } from "../src/editor.js";
import { featuresOf, type ClientFeatures } from "./client.js";
import { FIX_ALL } from "./code-actions.js";
import { documentFactory } from "./documents.js";
import { createRequests, type Requests } from "./requests.js";
import { createSession, type Session } from "./session.js";
import { answerQuestions, QUESTIONS } from "./questions.js";
import { createWorkspace, type Workspace } from "./workspace.js";
import { foldersOf } from "./places.js";
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

/** Everything that there is once the client has introduced itself. */
interface State {
  readonly features: ClientFeatures;
  readonly workspace: Workspace;
  readonly session: Session;
  readonly requests: Requests;
}

/** Run as a program by itself: `node server.cjs --stdio`, or `--node-ipc` by an editor that starts it as a module. */
export function main(argv: readonly string[], version: string): void {
  const transport = argv.includes("--node-ipc") ? "node-ipc" : "stdio";
  serve({ transport, outerPolicy: process.env.FROMLINT_POLICY ?? null, cwd: process.cwd(), version });
}

/** Serves until the client is gone; then the process ends, with 0 after `shutdown` and 1 without. */
export function serve(options: ServeOptions): void {
  const connection = connect(options.transport);
  let state: State | null = null;
  let folders: readonly { readonly uri: string }[] = [];
  const documents = new TextDocuments(documentFactory(() => state?.features.encoding ?? "utf-16"));
  const log = (error: unknown): void =>
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  // A mistake of ours must not take the editor's diagnostics away.
  process.on("uncaughtException", log);
  process.on("unhandledRejection", log);

  const ready = (): State => {
    if (state) return state;
    throw new ResponseError(ErrorCodes.ServerNotInitialized, "The server is not initialized yet.");
  };

  connection.onInitialize((params) => {
    const { workspaceFolders } = params;
    const { rootUri } = params as { readonly rootUri?: string | null };
    folders = workspaceFolders ?? (rootUri ? [{ uri: rootUri }] : []);
    const features = featuresOf(params);
    state = createState(features);
    state.workspace.setFolders(foldersOf(folders));
    state.workspace.setSettings(new Map([["", readSection(params.initializationOptions)]]));
    return { capabilities: capabilitiesFor(features), serverInfo: { name: "fromlint", version: options.version } };
  });

  function createState(features: ClientFeatures): State {
    const get = documents.get.bind(documents);
    const open = documents.all.bind(documents);
    const { encoding, pulls, watchesFiles: watches } = features;
    const { outerPolicy, cwd } = options;
    const workspace = createWorkspace({ encoding, documents: open, get, outerPolicy, cwd });
    const service = { ...features, pageOf };
    let isOffered = false;
    const session = createSession({
      workspace,
      documents: open,
      get,
      service,
      pulls,
      watches,
      client: {
        publish: (diagnostics) => void connection.sendDiagnostics(diagnostics).catch(log),
        refresh: () => {
          if (features.refreshesDiagnostics) connection.languages.diagnostics.refresh().catch(log);
          if (features.refreshesHints) connection.languages.inlayHint.refresh().catch(log);
        },
        status: (status) => void connection.sendNotification("fromlint/status", status).catch(log),
        offerWorkspace: () => {
          if (features.registersDiagnostics && !isOffered) void registerDiagnostics(true).catch(log);
          isOffered = true;
        },
        failed: log,
      },
    });
    return { features, workspace, session, requests: createRequests(workspace, service) };
  }

  let diagnosticsRegistered: Disposable | null = null;
  /** Until it is asked for once, nobody is made to look through a whole workspace. */
  async function registerDiagnostics(workspaceDiagnostics: boolean): Promise<void> {
    const before = diagnosticsRegistered;
    // Null: the documents that the client has us look after.
    const registration: DiagnosticRegistrationOptions = {
      ...DIAGNOSTICS,
      workspaceDiagnostics,
      documentSelector: null,
    };
    diagnosticsRegistered = await connection.client.register(DocumentDiagnosticRequest.type, registration);
    before?.dispose();
  }

  connection.onInitialized(() => {
    const { features } = ready();
    if (features.pulls && features.registersDiagnostics) registerDiagnostics(false).catch(log);
    if (features.watchesFiles) {
      const watchers = WATCHED.map((globPattern) => ({ globPattern }));
      connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(log);
    }
    if (features.watchesConfiguration) {
      connection.client.register(DidChangeConfigurationNotification.type, { section: "fromlint" }).catch(log);
    }
    if (features.folderChanges) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folders = [...folders.filter(({ uri }) => !gone.has(uri)), ...added];
        ready().workspace.setFolders(foldersOf(folders));
        configure().catch(log);
      });
    }
    configure().catch(log);
  });

  /** Asks for the settings of each folder, or takes those that were `pushed`, and looks at everything again. */
  async function configure(pushed?: unknown): Promise<void> {
    const { features, workspace, session } = ready();
    if (features.configuration) {
      const scopes = ["", ...folders.map(({ uri }) => uri)];
      const items = scopes.map((uri) => ({ section: "fromlint", ...(uri === "" ? {} : { scopeUri: uri }) }));
      const values: unknown[] = await connection.workspace.getConfiguration(items).catch(() => []);
      workspace.setSettings(
        new Map(scopes.map((uri, index): [string, Settings] => [uri, readSettings(values[index])])),
      );
    } else if (pushed !== undefined) {
      workspace.setSettings(new Map([["", readSection(pushed)]]));
    }
    session.surroundingsChanged();
  }

  connection.onDidChangeConfiguration(({ settings }) => void configure(settings ?? null).catch(log));
  connection.onDidChangeWatchedFiles(() => ready().session.surroundingsChanged());
  documents.onDidOpen(({ document: { uri, version } }) => ready().session.opened(uri, version));
  documents.onDidChangeContent(({ document: { uri, version } }) => ready().session.changed(uri, version));
  documents.onDidSave(({ document }) => ready().session.saved(document.uri));
  documents.onDidClose(({ document }) => ready().session.closed(document.uri));

  /** Lets what is waiting come in first: a cancellation, or a change that makes the question stale. */
  async function unlessCancelled<Answer>(token: CancellationToken, answer: () => Answer): Promise<Answer> {
    await setImmediate();
    if (token.isCancellationRequested) throw cancelled();
    return answer();
  }

  connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) =>
    unlessCancelled(token, () => ready().session.report(textDocument.uri, previousResultId)),
  );
  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
    const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    const items = await ready().session.workspaceReport(previous, () => token.isCancellationRequested);
    if (!items) throw cancelled();
    return { items };
  });
  connection.onCodeAction(({ textDocument, range, context }, token) =>
    unlessCancelled(token, () => ready().requests.codeActions(textDocument.uri, { range, ...context })),
  );
  connection.onCodeActionResolve((action): CodeAction => {
    const resolved = ready().requests.resolveAction(action);
    if (resolved) return resolved;
    throw new ResponseError(LSPErrorCodes.ContentModified, "The document is another one by now.");
  });
  answerQuestions(connection, {
    lookAt: ({ uri }) => ready().workspace.known(uri),
    features: () => ready().features,
    unlessCancelled,
    refuse: (problem) => new ResponseError(LSPErrorCodes.RequestFailed, problem),
  });
  connection.onRequest("fromlint/policyOf", ({ uri }: { readonly uri: string }) => ready().requests.policyOf(uri));
  connection.onRequest("fromlint/lintWorkspace", async (params: WithProgress | null, token: CancellationToken) => {
    const { session } = ready();
    const progress = progressFor(params?.workDoneToken);
    progress({ kind: "begin", title: "fromlint", percentage: 0, cancellable: true });
    try {
      const found = await session.lintWorkspace({
        isCancelled: () => token.isCancellationRequested,
        onProgress: (done, total, message) =>
          progress({ kind: "report", message, percentage: Math.floor((100 * done) / total) }),
      });
      if (!found) throw cancelled();
      return found;
    } finally {
      progress({ kind: "end" });
    }
  });

  function progressFor(token: ProgressToken | undefined): (value: WorkDone) => void {
    return (value) => {
      if (token !== undefined) connection.sendProgress(WorkDoneProgress.type, token, value).catch(log);
    };
  }

  documents.listen(connection);
  connection.listen();
}

interface WithProgress {
  readonly workDoneToken?: ProgressToken;
}

type WorkDone = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

function connect(transport: ServeOptions["transport"]): ReturnType<typeof createConnection> {
  if (transport === "stdio") {
    // Nobody reads any more, so nobody is left to serve.
    process.stdout.on("error", () => process.exit(1));
    return createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  }
  process.on("disconnect", () => process.exit(1));
  return createConnection(ProposedFeatures.all, new IPCMessageReader(process), new IPCMessageWriter(process));
}

const DIAGNOSTICS = { identifier: "fromlint", interFileDependencies: true } as const;

function capabilitiesFor(features: ClientFeatures): ServerCapabilities {
  const isRegistered = features.registersDiagnostics;
  return {
    positionEncoding: features.encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    ...QUESTIONS,
    codeActionProvider: { codeActionKinds: ["quickfix", FIX_ALL], resolveProvider: true },
    ...(features.pulls && !isRegistered ? { diagnosticProvider: { ...DIAGNOSTICS, workspaceDiagnostics: true } } : {}),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}

/** Beside the folder of the server in an editor's extension and the repository; the npm package has no room for them. */
const RULE_PAGES = join(import.meta.dirname, "../docs/rules");

/** The page of a rule: the one that comes with the server, or the one on the web. */
function pageOf(rule: string): string {
  const file = join(RULE_PAGES, `${rule}.md`);
  return existsSync(file) ? pathToFileURL(file).href : rulePage(rule);
}
