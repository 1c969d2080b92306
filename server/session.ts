/** What happens when: documents come, change and go, and diagnostics are sent or asked for. Knows no connection. */
import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver";
import type { PolicyError } from "../src/index.js";
import { isDockerfile, isPolicyFile, pathOf, readText, uriOf } from "./places.js";
import { policyDiagnostics } from "./policy-diagnostics.js";
import { createReports, type Report, type Reports } from "./reports.js";
import { diagnose, type ServiceOptions } from "./service.js";
import type { OpenDocument, Workspace } from "./workspace.js";

/** The notification `fromlint/status`. Line and column are 1-based. */
export interface Status {
  readonly state: "ok" | "broken-policy";
  readonly message: string;
  readonly uri?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface Client {
  readonly publish: (params: PublishDiagnosticsParams) => void;
  /** Asks the client to ask for everything again. */
  readonly refresh: () => void;
  readonly status: (status: Status) => void;
  /** Something that should not have happened. */
  readonly failed: (error: unknown) => void;
}

export interface SessionOptions {
  readonly workspace: Workspace;
  readonly documents: () => readonly OpenDocument[];
  readonly get: (uri: string) => OpenDocument | undefined;
  readonly client: Client;
  readonly service: ServiceOptions;
  readonly pulls: boolean;
}

export type Session = ReturnType<typeof createSession>;

/** Milliseconds without a change after which a document is linted; longer where linting takes long. */
const SHORTEST_PAUSE = 100;
const LONGEST_PAUSE = 1000;

export function createSession({ workspace, documents, get, client, service, pulls }: SessionOptions) {
  const timers = new Map<string, NodeJS.Timeout>();
  /** The version that each document was opened with. */
  const openedWith = new Map<string, number>();
  /** Documents with changes that are not saved, for `run: onSave`. */
  const unsaved = new Set<string>();
  /** By Dockerfile: what is wrong with the policy that holds for it. */
  const broken = new Map<string, readonly PolicyError[]>();
  /** Policy files that are not open and have been reported. */
  let reported: ReadonlySet<string> = new Set();
  let lastStatus = "";
  let pause = SHORTEST_PAUSE;
  const reports: Reports = createReports();

  /** The diagnostics of an open document, from its text as it is now. */
  const diagnosticsOf = (uri: string): Diagnostic[] => {
    const start = performance.now();
    const look = workspace.look(uri);
    if (look.kind === "blocked") broken.set(uri, look.errors);
    else broken.delete(uri);
    const diagnostics = diagnose(look, service);
    pause = Math.min(Math.max(2 * (performance.now() - start), SHORTEST_PAUSE), LONGEST_PAUSE);
    return diagnostics;
  };

  /** Diagnostics of policy files that are not open, by URI; empty lists for those that are mended. */
  const policyReports = (): Map<string, Diagnostic[]> => {
    const errors = [...broken.values()].flat();
    const closed = new Set(errors.map(({ file }) => file).filter((file) => !get(uriOf(file))));
    const found = new Map<string, Diagnostic[]>();
    for (const file of reported) if (!closed.has(file) && !get(uriOf(file))) found.set(uriOf(file), []);
    for (const file of closed) {
      const own = new Map(errors.filter((error) => error.file === file).map((error) => [JSON.stringify(error), error]));
      found.set(uriOf(file), policyDiagnostics(readText(file) ?? "", [...own.values()], service.encoding));
    }
    reported = closed;
    return found;
  };

  const tellStatus = (): void => {
    const [first] = [...broken.values()].flat();
    const status: Status = first
      ? {
          state: "broken-policy",
          message: first.message,
          uri: uriOf(first.file),
          line: first.line,
          column: first.column,
        }
      : { state: "ok", message: "" };
    const text = JSON.stringify(status);
    if (text === lastStatus) return;
    lastStatus = text;
    client.status(status);
  };

  const publish = (uri: string): void => {
    const document = get(uri);
    if (!document) return;
    const { version } = document;
    client.publish({ uri, version, diagnostics: diagnosticsOf(uri) });
    for (const [policy, diagnostics] of policyReports()) client.publish({ uri: policy, diagnostics });
    tellStatus();
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
    if (pulls) plan("", wait, client.refresh);
    else for (const { uri } of documents()) lintSoon(uri, wait);
  };

  /** True for a document whose text takes part in what other documents mean. */
  const isShared = (uri: string): boolean => {
    const path = pathOf(uri);
    return path !== null && (isPolicyFile(uri) || workspace.policies.concerns(path));
  };

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
      else if (workspace.settingsOf(uri).run === "onType") lintSoon(uri);
    },
    saved: (uri: string): void => {
      const wasUnsaved = unsaved.delete(uri);
      if (isShared(uri)) lintAll(0);
      else if (wasUnsaved && workspace.settingsOf(uri).run === "onSave") {
        if (pulls) plan("", 0, client.refresh);
        else lintSoon(uri, 0);
      }
    },
    closed: (uri: string): void => {
      clearTimeout(timers.get(uri));
      timers.delete(uri);
      openedWith.delete(uri);
      unsaved.delete(uri);
      broken.delete(uri);
      reports.forget(uri);
      workspace.forget(uri);
      if (!pulls) {
        client.publish({ uri, diagnostics: [] });
        for (const [policy, diagnostics] of policyReports()) client.publish({ uri: policy, diagnostics });
      }
      if (isShared(uri)) lintAll();
      tellStatus();
    },
    /** Settings, folders, or files on disk. */
    surroundingsChanged: (): void => {
      workspace.policies.forget();
      lintAll(0);
    },
    /** Answers a client that asks for the diagnostics of a document. */
    report: (uri: string, previous: string | undefined) => {
      const open = get(uri);
      const isOld = open && unsaved.has(uri) && workspace.settingsOf(uri).run === "onSave" && reports.has(uri);
      const own = isOld ? reports.again(uri, previous) : reports.next(uri, diagnosticsOf(uri), previous);
      const related: Record<string, Report> = {};
      for (const [policy, items] of policyReports()) related[policy] = reports.next(policy, items, undefined);
      tellStatus();
      return Object.keys(related).length === 0 ? own : { ...own, relatedDocuments: related };
    },
    /** True for documents that are linted, whether they are open or not. */
    isDockerfile: (uri: string): boolean => isDockerfile(uri, get(uri)?.languageId ?? ""),
    dispose: (): void => timers.forEach((timer) => clearTimeout(timer)),
  };
}
