/** "Lint workspace": every Dockerfile, also those that are not open, with progress and a way to stop. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderWith } from "../cli/folder.js";
import { codes, initialized } from "./initialized.js";

const LATEST = "FROM node:latest\n";
const FINE = "FROM node:24.19.0\n";

it("finds what is in all files, follows them on disk, and takes back what is gone", async () => {
  const folder = folderWith({
    "a/Dockerfile": LATEST,
    "b/Containerfile": FINE,
    ".gitignore": "c/\n",
    ".git/HEAD": "",
    "c/Dockerfile": LATEST,
  });
  const client = await initialized(folder);
  expect(await client.request("fromlint/lintWorkspace", {})).toEqual({ files: 2, findings: 1 });
  expect(codes(await client.diagnostics("a/Dockerfile"))).toEqual(["no-latest"]);

  writeFileSync(join(folder, "b/Containerfile"), LATEST);
  rmSync(join(folder, "a"), { recursive: true });
  client.notify("workspace/didChangeWatchedFiles", { changes: [] });
  expect(await client.diagnostics("a/Dockerfile")).toEqual([]);
  await client.take(
    ({ params }) => JSON.stringify(params).includes("Containerfile") && JSON.stringify(params).includes("no-latest"),
  );

  // The one that is open is what stands in the editor; closed, it is what stands on disk.
  client.open("b/Containerfile", FINE);
  expect(await client.diagnostics("b/Containerfile", 1)).toEqual([]);
  client.notify("textDocument/didClose", { textDocument: { uri: client.uriOf("b/Containerfile") } });
  await client.take(
    ({ params }) => JSON.stringify(params).includes("Containerfile") && JSON.stringify(params).includes("no-latest"),
  );
});

it("tells how far it is", async () => {
  const folder = folderWith(
    Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index}/Dockerfile`, LATEST])),
  );
  const client = await initialized(folder);
  await client.request("fromlint/lintWorkspace", { workDoneToken: "t" });
  const values = client.received
    .filter(({ method }) => method === "$/progress")
    .map(({ params }) => (params as { token: string; value: { kind: string; percentage?: number } }).value);
  expect(values[0]).toMatchObject({ kind: "begin", cancellable: true });
  expect(values.at(-1)).toEqual({ kind: "end" });
  const percentages = values.flatMap(({ percentage }) => percentage ?? []);
  expect(percentages).toEqual(percentages.toSorted((a, b) => a - b));
  expect(percentages.at(-1)).toBe(95);
});

it("stops when it is cancelled, and answers others meanwhile", async () => {
  const folder = folderWith(
    Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}/Dockerfile`, LATEST])),
  );
  const client = await initialized(folder);
  const { id, answer } = client.ask("fromlint/lintWorkspace", { workDoneToken: 1 });
  await client.take(({ method, params }) => method === "$/progress" && JSON.stringify(params).includes('"report"'));
  expect(await client.request("fromlint/policyOf", { uri: client.uriOf("0/Dockerfile") })).toEqual({ uri: null });
  client.notify("$/cancelRequest", { id });
  expect((await answer).error?.code).toBe(-32800);
  await client.take(({ method, params }) => method === "$/progress" && JSON.stringify(params).includes('"end"'));
  expect(client.received.filter(({ method }) => method === "textDocument/publishDiagnostics")).toEqual([]);
});
