/** The real server process over its standard streams. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { folderWith } from "../cli/folder.js";
import { startServer } from "./client.js";

it("publishes the findings of a document, mends one, and ends with 0", async () => {
  const folder = folderWith({ Dockerfile: "" });
  const client = startServer();
  await client.request("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: { textDocument: { publishDiagnostics: { codeDescriptionSupport: true } } },
  });
  client.notify("initialized", {});
  const uri = pathToFileURL(join(folder, "Dockerfile")).href;
  client.notify("textDocument/didOpen", {
    textDocument: { uri, languageId: "dockerfile", version: 1, text: "FROM node:latest\n" },
  });
  const { params } = await client.take(({ method }) => method === "textDocument/publishDiagnostics");
  const actions = await client.request("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: { line: 0, character: 8 }, end: { line: 0, character: 8 } },
    context: { diagnostics: [] },
  });
  expect(actions).toMatchObject([{ title: expect.stringMatching(/^Use `node:/) as string, kind: "quickfix" }, {}, {}]);
  expect(params).toMatchObject({ uri, version: 1 });
  expect(await client.close()).toBe(0);
});

it("makes the edit of an action also for a client that drops what is null", async () => {
  const folder = folderWith({ Dockerfile: "" });
  const client = startServer();
  const codeAction = {
    codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
    resolveSupport: { properties: ["edit"] },
  };
  await client.request("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: { textDocument: { codeAction } },
  });
  client.notify("initialized", {});
  const uri = pathToFileURL(join(folder, "Dockerfile")).href;
  const text = "FROM debian:12.15\nWORKDIR /srv\nWORKDIR /srv\n";
  client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "dockerfile", version: 1, text } });
  const start = { line: 0, character: 0 };
  const context = { diagnostics: [], only: ["source.fixAll.fromlint"] };
  const actions = await client.request("textDocument/codeAction", {
    textDocument: { uri },
    range: { start, end: start },
    context,
  });
  const [action] = actions as [{ data: Record<string, unknown> }];
  const data = Object.fromEntries(Object.entries(action.data).filter(([, value]) => value !== null));
  expect(Object.keys(data)).not.toEqual(Object.keys(action.data));
  expect(await client.request("codeAction/resolve", { ...action, data })).toHaveProperty("edit");
  expect(await client.close()).toBe(0);
});
