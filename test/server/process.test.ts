/** The real server process over its standard streams: it answers, and nothing ends it but its client. */
import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CodeAction, Hover } from "vscode-languageserver";
import { folderWith } from "../cli/folder.js";
import { root } from "../support/imports.js";
import { startServer } from "./client.js";
import { codes, initialized, type Initialized } from "./initialized.js";

const LATEST = "FROM node:latest\n";
const FINE = "FROM node:24.19.0\n";

/** Still at work: a fresh document gets its diagnostics. */
async function works(client: Initialized): Promise<void> {
  client.open("still/Dockerfile", LATEST);
  expect(codes(await client.diagnostics("still/Dockerfile"))).toEqual(["no-latest"]);
}

describe("a session", () => {
  it("diagnostics of each version, a code action, a hover, and the end with 0", async () => {
    const client = await initialized(folderWith({}));
    client.open("Dockerfile", LATEST);
    expect(codes(await client.diagnostics("Dockerfile", 1))).toEqual(["no-latest"]);
    client.change("Dockerfile", 2, FINE);
    expect(await client.diagnostics("Dockerfile", 2)).toEqual([]);
    client.change("Dockerfile", 3, LATEST);
    const textDocument = { uri: client.uriOf("Dockerfile") };
    const position = { line: 0, character: 8 };
    const range = { start: position, end: position };
    const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
      textDocument,
      range,
      context: { diagnostics: [] },
    });
    expect(actions[0]?.title).toMatch(/^Use `node:/);
    const hover = await client.request<Hover>("textDocument/hover", { textDocument, position });
    expect(JSON.stringify(hover)).toContain("Official");
    client.notify("textDocument/didClose", { textDocument });
    await client.take(({ method, params }) => {
      return method === "textDocument/publishDiagnostics" && JSON.stringify(params).includes('"diagnostics":[]');
    });
    expect(await client.close()).toBe(0);
  });

  it("of many changes at once the last one counts, and what was planned for those before is dropped", async () => {
    const client = await initialized(folderWith({}));
    client.open("Dockerfile", FINE);
    await client.diagnostics("Dockerfile", 1);
    for (let version = 2; version <= 30; version++) client.change("Dockerfile", version, `# ${version}\n${LATEST}`);
    expect(codes(await client.diagnostics("Dockerfile", 30))).toEqual(["no-latest"]);
    const sent = client.received.filter(({ method }) => method === "textDocument/publishDiagnostics");
    expect(sent.length).toBeLessThan(10);
  });

  it("positions in UTF-8 where that is agreed on, also those of changes", async () => {
    const client = await initialized(folderWith({}), { capabilities: { general: { positionEncodings: ["utf-8"] } } });
    client.open("Dockerfile", "# é😀\nFROM node:24.19.0 AS é😀\n");
    const [found] = await client.diagnostics("Dockerfile", 1);
    expect(found?.range).toEqual({ start: { line: 1, character: 21 }, end: { line: 1, character: 27 } });
    client.notify("textDocument/didChange", {
      textDocument: { uri: client.uriOf("Dockerfile"), version: 2 },
      contentChanges: [
        { range: { start: { line: 0, character: 2 }, end: { line: 0, character: 8 } }, text: "x" },
        { range: { start: { line: 1, character: 21 }, end: { line: 1, character: 27 } }, text: "web" },
      ],
    });
    expect(await client.diagnostics("Dockerfile", 2)).toEqual([]);
  });

  it("documents that are no files: new ones, and those of other schemes", async () => {
    const client = await initialized(folderWith({ "fromlint.yaml": "rules: { no-latest: warn }\n" }));
    for (const uri of ["untitled:Untitled-1", "vscode-vfs://github/a/b/Dockerfile"]) {
      client.notify("textDocument/didOpen", {
        textDocument: { uri, languageId: "dockerfile", version: 1, text: LATEST },
      });
      const { params } = await client.take(({ params }) => (params as { uri?: string } | undefined)?.uri === uri);
      expect(params).toMatchObject({ diagnostics: [{ code: "no-latest", severity: 2 }] });
    }
  });

  it("by `node dist/server.cjs`, and over Node's own channel", async () => {
    const alone = startServer({ command: [join(root, "dist/server.cjs"), "--stdio"] });
    expect(await alone.request("initialize", { processId: null, capabilities: {} })).toHaveProperty("serverInfo");
    expect(await alone.close()).toBe(0);

    const child = fork(join(root, "dist/server.cjs"), ["--node-ipc"]);
    onTestFinished(() => void child.kill("SIGKILL"));
    const answer = new Promise((resolve) => child.once("message", resolve));
    child.send({ jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, capabilities: {} } });
    expect(await answer).toMatchObject({ id: 1, result: { serverInfo: { name: "fromlint" } } });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.disconnect();
    expect(await ended).toBe(1);
  });
});

describe("the server goes on after", () => {
  it.each<[string, (client: Initialized) => Promise<void> | void]>([
    [
      "a request that it does not know",
      async (client) => {
        expect((await client.ask("textDocument/astonish", {}).answer).error?.code).toBe(-32601);
      },
    ],
    ["a notification that it does not know", (client) => client.notify("fromlint/astonish", {})],
    ["a message that is no JSON", (client) => client.raw("Content-Length: 5\r\n\r\n{...}")],
    [
      "one that is no message",
      (client) =>
        ["42", "null", "[]", '""', "{}"].forEach((text) => client.raw(`Content-Length: ${text.length}\r\n\r\n${text}`)),
    ],
    [
      "a request with parameters that make no sense",
      async (client) => {
        for (const method of [
          "hover",
          "completion",
          "codeAction",
          "definition",
          "documentSymbol",
          "inlayHint",
          "rename",
        ]) {
          for (const params of [
            {},
            { textDocument: { uri: 5 } },
            { textDocument: { uri: "::" }, position: { line: "a", character: null } },
          ]) {
            await client.ask(`textDocument/${method}`, params).answer;
          }
        }
        await client.ask("codeAction/resolve", { title: "x", data: { uri: "file:///a" } }).answer;
        await client.ask("fromlint/policyOf", {}).answer;
        await client.ask("fromlint/lintWorkspace").answer;
        client.notify("textDocument/didChange", {
          textDocument: { uri: client.uriOf("none"), version: 2 },
          contentChanges: [{ text: "" }],
        });
        client.notify("textDocument/didOpen", {});
        client.notify("workspace/didChangeConfiguration", { settings: { fromlint: 7 } });
        client.notify("workspace/didChangeWatchedFiles", { changes: "no" });
      },
    ],
    [
      "a position behind the end",
      async (client) => {
        client.open("Dockerfile", FINE);
        const textDocument = { uri: client.uriOf("Dockerfile") };
        await client.request("textDocument/hover", { textDocument, position: { line: 1e9, character: 1e9 } });
        await client.request("textDocument/hover", { textDocument, position: { line: -1, character: -5 } });
      },
    ],
    [
      "a document that is none",
      async (client) => {
        for (const [index, text] of [
          "\0\0\0",
          "\ud800",
          "\r\r\r\r",
          "FROM ".repeat(50_000),
          "[".repeat(100_000),
        ].entries()) {
          client.open(`odd-${index}/Dockerfile`, text);
          expect(await client.diagnostics(`odd-${index}/Dockerfile`)).not.toEqual([]);
        }
      },
    ],
    [
      "a document of many megabytes, which is not read while it is typed",
      async (client) => {
        client.open("Dockerfile", `FROM a:1\n${"# x\n".repeat(1_000_000)}`);
        expect(codes(await client.diagnostics("Dockerfile"))).toEqual(["too-large"]);
      },
    ],
  ])("%s", async (_title, disturb) => {
    const client = await initialized(folderWith({}));
    await disturb(client);
    await works(client);
    expect(await client.close()).toBe(0);
  });

  it("a question before it is initialized", async () => {
    const client = startServer();
    const { error } = await client.ask("textDocument/hover", {
      textDocument: { uri: "file:///a" },
      position: { line: 0, character: 0 },
    }).answer;
    expect(error?.code).toBe(-32002);
    expect(await client.request("initialize", { processId: null, capabilities: {} })).toHaveProperty("capabilities");
    expect(await client.close()).toBe(0);
  });
});

describe("the server ends", () => {
  it("with 1 on `exit` without `shutdown`", async () => {
    const client = await initialized(folderWith({}));
    client.notify("exit");
    expect(await client.ended).toBe(1);
  });

  it("with 1 when its client dies in the middle of a message", async () => {
    const client = await initialized(folderWith({}));
    client.raw('Content-Length: 500\r\n\r\n{"jsonrpc": "2.0", "met');
    client.process.stdin?.destroy();
    expect(await client.ended).toBe(1);
  });

  it("with 1 when nobody reads any more", async () => {
    const client = await initialized(folderWith({}));
    client.process.stdout?.destroy();
    for (let index = 0; index < 20; index++) client.open(`${index}/Dockerfile`, LATEST);
    expect(await client.ended).toBe(1);
  });

  it("when the process that it serves is gone", async () => {
    const parent = fork(join(root, "test/server/idle.cjs"));
    const client = startServer();
    await client.request("initialize", { processId: parent.pid, capabilities: {} });
    parent.kill("SIGKILL");
    expect(await client.ended).toBe(1);
  });
});

describe("policies", () => {
  it("each Dockerfile has its nearest, and its folder's own in a workspace of several", async () => {
    const folder = folderWith({
      "one/fromlint.yaml": "rules: { no-latest: warn }\n",
      "one/deep/fromlint.yaml": "rules: { no-latest: off }\n",
      "two/strict.yaml": "extends: [strict]\n",
    });
    const client = await initialized(folder, { folders: [join(folder, "one"), join(folder, "two")] });
    for (const [path, severity] of [
      ["one/Dockerfile", [2]],
      ["one/deep/Dockerfile", []],
      ["two/Dockerfile", [1]],
    ] as const) {
      client.open(path, LATEST);
      expect((await client.diagnostics(path)).map((each) => each.severity)).toEqual(severity);
      const { uri } = await client.request<{ uri: string | null }>("fromlint/policyOf", { uri: client.uriOf(path) });
      expect(uri).toBe(path.startsWith("two") ? null : client.uriOf(path.replace("Dockerfile", "fromlint.yaml")));
    }
  });

  it("a change in one that is extended, not saved yet, is felt at once", async () => {
    const folder = folderWith({
      "app/fromlint.yaml": 'extends: ["../base.yaml"]\n',
      "base.yaml": "rules: { no-latest: off }\n",
    });
    const client = await initialized(folder);
    client.open("app/Dockerfile", LATEST);
    expect(await client.diagnostics("app/Dockerfile")).toEqual([]);
    client.open("base.yaml", "rules: { no-latest: off }\n", "yaml");
    await client.diagnostics("app/Dockerfile");
    client.change("base.yaml", 2, "rules: { no-latest: error }\n");
    expect(codes(await client.diagnostics("app/Dockerfile"))).toEqual(["no-latest"]);
    client.notify("textDocument/didClose", { textDocument: { uri: client.uriOf("base.yaml") } });
    expect(await client.diagnostics("app/Dockerfile")).toEqual([]);
  });

  it("a broken one: said in the Dockerfile, at its line, and by the status; and so is its end", async () => {
    const folder = folderWith({ "fromlint.yaml": "rules:\n  no-lates: off\n" });
    const client = await initialized(folder);
    client.open("Dockerfile", `${LATEST}RUN true\n`);
    const [blocked] = await client.diagnostics("Dockerfile");
    expect(blocked).toMatchObject({
      code: "broken-policy",
      severity: 1,
      range: { start: { line: 0 }, end: { line: 0, character: 16 } },
    });
    expect(blocked?.message).toContain("fromlint.yaml:2:3");
    expect(await client.diagnostics("fromlint.yaml")).toMatchObject([
      { code: "policy", range: { start: { line: 1, character: 2 }, end: { line: 1, character: 11 } } },
    ]);
    const broken = await client.take(({ method }) => method === "fromlint/status");
    expect(broken.params).toMatchObject({
      state: "broken-policy",
      uri: client.uriOf("fromlint.yaml"),
      line: 2,
      column: 3,
    });

    writeFileSync(join(folder, "fromlint.yaml"), "rules:\n  no-latest: off\n");
    client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: client.uriOf("fromlint.yaml"), type: 2 }] });
    expect(await client.diagnostics("Dockerfile")).toEqual([]);
    expect(await client.diagnostics("fromlint.yaml")).toEqual([]);
    const mended = await client.take(({ method }) => method === "fromlint/status");
    expect(mended.params).toEqual({ state: "ok", message: "" });
  });

  it("a policy file is checked as it is typed", async () => {
    const client = await initialized(folderWith({ "fromlint.yaml": "" }));
    client.open("fromlint.yaml", "rulse: {}\n", "yaml");
    expect(await client.diagnostics("fromlint.yaml", 1)).toMatchObject([
      { code: "policy", range: { start: { line: 0, character: 0 } } },
    ]);
    client.change("fromlint.yaml", 2, "exemptions:\n  - rule: no-latest\n    until: 2020-01-31\n    reason: old\n");
    expect(await client.diagnostics("fromlint.yaml", 2)).toMatchObject([
      { code: "valid-waiver", severity: 2, range: { start: { line: 1 } } },
    ]);
    client.change("fromlint.yaml", 3, "rules: {}\n");
    expect(await client.diagnostics("fromlint.yaml", 3)).toEqual([]);
  });

  it("one from outside holds as well", async () => {
    const outside = folderWith({ "org.yaml": "rules: { no-latest: error }\nlocked: [no-latest]\n" });
    const folder = folderWith({ "fromlint.yaml": "rules: { no-latest: off }\n" });
    const client = await initialized(folder, { env: { FROMLINT_POLICY: join(outside, "org.yaml") } });
    client.open("Dockerfile", LATEST);
    expect(codes(await client.diagnostics("Dockerfile"))).toEqual(["no-latest"]);
  });
});

describe("settings", () => {
  it("are asked for by folder, and again when they change", async () => {
    const folder = folderWith({ "strict.yaml": "rules: { no-latest: warn }\n", Dockerfile: "" });
    let enable = true;
    const client = await initialized(folder, { capabilities: { workspace: { configuration: true } } });
    client.answers("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => ({ enable, configPath: "strict.yaml" })),
    );
    client.notify("workspace/didChangeConfiguration", { settings: null });
    client.open("Dockerfile", LATEST);
    const isWarning = ({ method, params }: { method?: string; params?: unknown }): boolean =>
      method === "textDocument/publishDiagnostics" && JSON.stringify(params).includes('"severity":2');
    await client.take(isWarning);
    enable = false;
    client.notify("workspace/didChangeConfiguration", { settings: null });
    const isNone = ({ method, params }: { method?: string; params?: unknown }): boolean =>
      method === "textDocument/publishDiagnostics" && JSON.stringify(params).includes('"diagnostics":[]');
    await client.take(isNone);
  });

  it("run: onSave waits for that", async () => {
    const client = await initialized(folderWith({}), { initializationOptions: { fromlint: { run: "onSave" } } });
    client.open("Dockerfile", FINE);
    await client.diagnostics("Dockerfile", 1);
    client.change("Dockerfile", 2, LATEST);
    client.open("other/Dockerfile", FINE);
    await client.diagnostics("other/Dockerfile");
    client.change("Dockerfile", 3, `\n${LATEST}`);
    client.notify("textDocument/didSave", { textDocument: { uri: client.uriOf("Dockerfile") } });
    expect(codes(await client.diagnostics("Dockerfile", 3))).toEqual(["no-latest"]);
    expect(client.received.filter(({ params }) => (params as { version?: number } | undefined)?.version === 2)).toEqual(
      [],
    );
  });
});
