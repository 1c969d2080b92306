/** What happens when: documents come, change and go, and diagnostics are sent or asked for. Knows no connection. */
import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver";
import { isPolicyFile, pathOf } from "./places.js";
import { createBrokenPolicies, type Status } from "./broken-policies.js";
import { createReports, type Report, type Reports } from "./reports.js";
import { diagnose, type ServiceOptions } from "./service.js";
import type { Look, OpenDocument, Workspace } from "./workspace.js";
import { lookAtAll, type WorkspaceRun } from "./workspace-lint.js";

export interface Client {
  readonly publish: (params: PublishDiagnosticsParams) => void;
  /** Asks the client to ask for everything again. */
  readonly refresh: () => void;
  readonly status: (status: Status) => void;
  /** The workspace was linted as a whole, and from now on is to be asked for. */
  readonly offerWorkspace: () => void;
  /** Something that should not have happened. */
  readonly failed: (error: unknown) => void;
}

export interface SessionOptions {
  readonly workspace: Workspace;
  readonly documents: () => readonly OpenDocument[];
  readonly get: (uri: string) => OpenDocument | undefined;
  readonly client: Client;
  readonly service: ServiceOptions;
  /** The client asks for diagnostics; else they are sent. */
  readonly pulls: boolean;
  /** The client tells of files that change on disk. */
  readonly watches: boolean;
}

export type Session = ReturnType<typeof createSession>;

/** Milliseconds without a change after which a document is linted; longer where linting takes long. */
const SHORTEST_PAUSE = 100;
const LONGEST_PAUSE = 1000;

/** What planned work is about when it is about no single document. */
const EVERYTHING = "everything";
const WORKSPACE = "workspace";

export function createSession(options: SessionOptions) {
  const { workspace, documents, get, client, service, pulls } = options;
  const timers = new Map<string, NodeJS.Timeout>();
  /** The version that each document was opened with. */
  const openedWith = new Map<string, number>();
  /** Documents with changes that are not saved, for `run: onSave`. */
  const unsaved = new Set<string>();
  const broken = createBrokenPolicies(workspace, service.encoding, client.status);
  /** The findings of the last run over the whole workspace, by URI; null before the first. */
  let whole: ReadonlyMap<string, Diagnostic[]> | null = null;
  /** Grows with everything that may change findings; what was found at the same number still holds. */
  let state = 0;
  let wholeState = -1;
  let pause = SHORTEST_PAUSE;
  const reports: Reports = createReports();

  const diagnosticsOf = (uri: string, look: Look): Diagnostic[] => {
    broken.note(uri, look.kind === "blocked" ? look.errors : []);
    return diagnose(look, service);
  };

  /** The diagnostics of an open document, from its text as it is now. */
  const lint = (uri: string): Diagnostic[] => {
    const start = performance.now();
    const diagnostics = diagnosticsOf(uri, workspace.look(uri));
    pause = Math.min(Math.max(2 * (performance.now() - start), SHORTEST_PAUSE), LONGEST_PAUSE);
    return diagnostics;
  };

  const publishPolicies = (): void => {
    for (const [uri, diagnostics] of broken.reports()) client.publish({ uri, diagnostics });
  };

  const publish = (uri: string): void => {
    const document = get(uri);
    if (!document) return;
    client.publish({ uri, version: document.version, diagnostics: lint(uri) });
    publishPolicies();
    broken.tell();
  };

  /** Once nothing has changed for a while; what was planned before is dropped. */
  const plan = (key: string, wait: number, run: () => void): void => {
    clearTimeout(timers.get(key));
    const timer = setTimeout(() => {
      timers.delete(key);
      try {
        run();
      } catch (error) {
        client.failed(error);
      }
    }, wait);
    timers.set(key, timer);
  };

  const lintSoon = (uri: string, wait = pause): void => {
    if (!pulls) plan(uri, wait, () => publish(uri));
  };

  /** All open documents, one after another, so that requests have their turn in between. */
  const lintAll = (wait = pause): void => {
    state++;
    if (pulls) plan(EVERYTHING, wait, client.refresh);
    else {
      for (const { uri } of documents()) lintSoon(uri, wait);
      if (whole) plan(WORKSPACE, wait, () => void lintWorkspace({ isCancelled: () => false }).catch(client.failed));
    }
  };

  /** True for a document whose text takes part in what other documents mean. */
  const isShared = (uri: string): boolean => {
    const path = pathOf(uri);
    return path !== null && (isPolicyFile(uri) || workspace.policies.concerns(path));
  };

  /** Null when it was cancelled. */
  const lookAtWhole = async (run: WorkspaceRun): Promise<ReadonlyMap<string, Diagnostic[]> | null> => {
    if (whole && options.watches && wholeState === state) return whole;
    const started = state;
    const found = new Map<string, Diagnostic[]>();
    const isDone = await lookAtAll(workspace, run, (uri, look) => found.set(uri, diagnosticsOf(uri, look)));
    if (!isDone) return null;
    for (const uri of whole?.keys() ?? []) if (!found.has(uri) && !get(uri)) broken.note(uri, []);
    wholeState = started;
    return found;
  };

  /** Lints every Dockerfile there is, and shows what it finds. Null when it was cancelled. */
  async function lintWorkspace(run: WorkspaceRun): Promise<{ files: number; findings: number } | null> {
    const before = whole;
    const found = await lookAtWhole(run);
    if (!found) return null;
    whole = found;
    if (pulls) {
      client.offerWorkspace();
      client.refresh();
    } else {
      for (const [uri, diagnostics] of found) if (!get(uri)) client.publish({ uri, diagnostics });
      for (const uri of before?.keys() ?? [])
        if (!found.has(uri) && !get(uri)) client.publish({ uri, diagnostics: [] });
      publishPolicies();
    }
    broken.tell();
    return { files: found.size, findings: [...found.values()].reduce((sum, list) => sum + list.length, 0) };
  }

  return {
    opened: (uri: string, version: number): void => {
      openedWith.set(uri, version);
      if (isShared(uri)) lintAll();
      lintSoon(uri, 0);
    },
    /** Also heard of when a document is opened. */
    changed: (uri: string, version: number): void => {
      if (openedWith.get(uri) === version) return;
      unsaved.add(uri);
      if (isShared(uri)) lintAll();
      else {
        state++;
        if (workspace.settingsOf(uri).run === "onType") lintSoon(uri);
      }
    },
    saved: (uri: string): void => {
      const wasUnsaved = unsaved.delete(uri);
      if (isShared(uri)) lintAll(0);
      else if (wasUnsaved && workspace.settingsOf(uri).run === "onSave") {
        if (pulls) plan(EVERYTHING, 0, client.refresh);
        else lintSoon(uri, 0);
      }
    },
    closed: (uri: string): void => {
      clearTimeout(timers.get(uri));
      timers.delete(uri);
      openedWith.delete(uri);
      unsaved.delete(uri);
      broken.note(uri, []);
      reports.forget(uri);
      workspace.forget(uri);
      if (!pulls) {
        client.publish({ uri, diagnostics: [] });
        publishPolicies();
      }
      // What is on disk may be another text, and is shown where the whole workspace is.
      if (isShared(uri) || whole?.has(uri)) lintAll();
      broken.tell();
    },
    /** Settings, folders, or files on disk. */
    surroundingsChanged: (): void => {
      workspace.policies.forget();
      lintAll(0);
    },
    /** Answers a client that asks for the diagnostics of a document. */
    report: (uri: string, previous: string | undefined): Report & { relatedDocuments?: Record<string, Report> } => {
      const isHeld = get(uri) && unsaved.has(uri) && workspace.settingsOf(uri).run === "onSave" && reports.has(uri);
      const own = isHeld ? reports.again(uri, previous) : reports.next(uri, lint(uri), previous);
      const related: Record<string, Report> = {};
      for (const [policy, items] of broken.reports()) related[policy] = reports.next(policy, items, undefined);
      broken.tell();
      return Object.keys(related).length === 0 ? own : { ...own, relatedDocuments: related };
    },
    /**
     * Answers a client that asks for those of the workspace; `previous` are the ids that it has, by URI. Null when it was
     * cancelled.
     */
    workspaceReport: async (
      previous: ReadonlyMap<string, string>,
      isCancelled: () => boolean,
    ): Promise<(Report & { uri: string; version: number | null })[] | null> => {
      const found = await lookAtWhole({ isCancelled });
      if (!found) return null;
      whole = found;
      const all = new Map([...found, ...broken.current()]);
      for (const uri of previous.keys()) if (!all.has(uri) && !get(uri)) all.set(uri, []);
      broken.tell();
      return [...all].map(([uri, items]) => {
        return { uri, version: get(uri)?.version ?? null, ...reports.next(uri, items, previous.get(uri)) };
      });
    },
    lintWorkspace,
    dispose: (): void => timers.forEach((timer) => clearTimeout(timer)),
  };
}
