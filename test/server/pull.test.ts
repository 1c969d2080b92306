/** Clients that ask for diagnostics are not sent any; what says the same as before is not said again. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "vscode-languageserver";
import { folderWith } from "../cli/folder.js";
import { codes, initialized, type Initialized } from "./initialized.js";

interface Report {
  readonly kind: "full" | "unchanged";
  readonly resultId: string;
  readonly uri?: string;
  readonly version?: number | null;
  readonly items?: Diagnostic[];
  readonly relatedDocuments?: Record<string, Report>;
}

const PULLS = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
const LATEST = "FROM node:latest\n";
const FINE = "FROM node:24.19.0\n";

const pull = (client: Initialized, path: string, previousResultId?: string): Promise<Report> =>
  client.request("textDocument/diagnostic", { textDocument: { uri: client.uriOf(path) }, previousResultId });

const pullAll = async (client: Initialized, previous: readonly Report[] = []): Promise<Report[]> => {
  const previousResultIds = previous.map(({ uri, resultId: value }) => ({ uri, value }));
  return (await client.request<{ items: Report[] }>("workspace/diagnostic", { previousResultIds })).items;
};

describe("a document", () => {
  it("is reported of its text now; the same findings have the same id", async () => {
    const client = await initialized(folderWith({}), { capabilities: PULLS });
    client.open("Dockerfile", LATEST);
    const first = await pull(client, "Dockerfile");
    expect(codes(first.items ?? [])).toEqual(["no-latest"]);
    expect(await pull(client, "Dockerfile", first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
    client.change("Dockerfile", 2, `${LATEST}# a comment\n`);
    expect(await pull(client, "Dockerfile", first.resultId)).toMatchObject({ kind: "unchanged" });
    client.change("Dockerfile", 3, FINE);
    const last = await pull(client, "Dockerfile", first.resultId);
    expect(last).toMatchObject({ kind: "full", items: [] });
    expect(last.resultId).not.toBe(first.resultId);
    expect(client.received.some(({ method }) => method === "textDocument/publishDiagnostics")).toBe(false);
    expect(await client.close()).toBe(0);
  });

  it("under a broken policy comes with that, and with the news that it is mended", async () => {
    const folder = folderWith({ "fromlint.yaml": "rulse: {}\n" });
    const client = await initialized(folder, { capabilities: PULLS });
    client.open("Dockerfile", LATEST);
    const broken = await pull(client, "Dockerfile");
    expect(codes(broken.items ?? [])).toEqual(["broken-policy"]);
    expect(broken.relatedDocuments?.[client.uriOf("fromlint.yaml")]).toMatchObject({ items: [{ code: "policy" }] });
    writeFileSync(join(folder, "fromlint.yaml"), "rules: {}\n");
    const mended = await pull(client, "Dockerfile", broken.resultId);
    expect(codes(mended.items ?? [])).toEqual(["no-latest"]);
    expect(mended.relatedDocuments?.[client.uriOf("fromlint.yaml")]).toMatchObject({ items: [] });
    expect((await pull(client, "Dockerfile")).relatedDocuments).toBeUndefined();
  });

  it("with `run: onSave` stays as it was until it is saved; the client is asked to ask again", async () => {
    const initializationOptions = { fromlint: { run: "onSave" } };
    const client = await initialized(folderWith({}), { capabilities: PULLS, initializationOptions });
    client.open("Dockerfile", LATEST);
    const first = await pull(client, "Dockerfile");
    client.change("Dockerfile", 2, FINE);
    expect(await pull(client, "Dockerfile")).toEqual(first);
    await client.take(({ method }) => method === "workspace/diagnostic/refresh");
    client.notify("textDocument/didSave", { textDocument: { uri: client.uriOf("Dockerfile") } });
    await client.take(({ method }) => method === "workspace/diagnostic/refresh");
    expect((await pull(client, "Dockerfile")).items).toEqual([]);
  });

  it("a change of a policy in the editor makes the client ask again", async () => {
    const client = await initialized(folderWith({ "fromlint.yaml": "" }), { capabilities: PULLS });
    client.open("Dockerfile", LATEST);
    client.open("fromlint.yaml", "", "yaml");
    await client.take(({ method }) => method === "workspace/diagnostic/refresh");
    expect(codes((await pull(client, "Dockerfile")).items ?? [])).toEqual(["no-latest"]);
    client.change("fromlint.yaml", 2, "rules: { no-latest: off }\n");
    await client.take(({ method }) => method === "workspace/diagnostic/refresh");
    expect((await pull(client, "Dockerfile")).items).toEqual([]);
  });
});

describe("the workspace", () => {
  const FILES = {
    "a/Dockerfile": LATEST,
    "b/Dockerfile": FINE,
    "node_modules/c/Dockerfile": LATEST,
    "d/fromlint.yaml": "x: 1\n",
    "d/Dockerfile": FINE,
  };

  it("is reported whole, open or not, and then only what has changed", async () => {
    const folder = folderWith(FILES);
    const client = await initialized(folder, { capabilities: PULLS });
    client.open("b/Dockerfile", LATEST);
    const all = await pullAll(client);
    const named = all.map(({ uri = "", version, items = [] }): [string, unknown[]] => {
      return [uri.slice(client.uriOf("").length + 1), [version, ...codes(items)]];
    });
    const found = Object.fromEntries(named);
    expect(found).toEqual({
      "a/Dockerfile": [null, "no-latest"],
      "b/Dockerfile": [1, "no-latest"],
      "d/Dockerfile": [null, "broken-policy"],
      "d/fromlint.yaml": [null, "policy"],
    });
    writeFileSync(join(folder, "a/Dockerfile"), FINE);
    const next = await pullAll(client, all);
    expect(next.filter(({ kind }) => kind === "full")).toMatchObject([
      { uri: client.uriOf("a/Dockerfile"), items: [] },
    ]);
    expect(next).toHaveLength(4);
  });

  it("of which a file is gone is told so", async () => {
    const folder = folderWith({ "a/Dockerfile": LATEST });
    const client = await initialized(folder, { capabilities: PULLS });
    const gone = { uri: client.uriOf("gone/Dockerfile"), resultId: "old", kind: "full" as const };
    const reports = await pullAll(client, [gone]);
    expect(reports).toContainEqual(expect.objectContaining({ uri: gone.uri, kind: "full", items: [] }));
  });

  it("is offered to a client that takes registrations only once it was asked for", async () => {
    const capabilities = { ...PULLS, textDocument: { diagnostic: { dynamicRegistration: true } } };
    const client = await initialized(folderWith(FILES), { capabilities });
    const registered = async (): Promise<unknown> => {
      const { params } = await client.take(
        ({ method, params }) =>
          method === "client/registerCapability" && JSON.stringify(params).includes("textDocument/diagnostic"),
      );
      const { registrations } = params as { registrations: { registerOptions: { workspaceDiagnostics: boolean } }[] };
      return registrations[0]?.registerOptions.workspaceDiagnostics;
    };
    expect(await registered()).toBe(false);
    expect(await client.request("fromlint/lintWorkspace", {})).toEqual({ files: 3, findings: 2 });
    expect(await registered()).toBe(true);
    await client.take(({ method }) => method === "client/unregisterCapability");
  });
});
