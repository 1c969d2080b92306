/** "Add an exemption to the policy", applied: the finding is gone, the rest of the policy is as it was. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { CodeAction, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { folderWith } from "../cli/folder.js";
import { codes, initialized, type Initialized } from "./initialized.js";

const EDITS = { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } } };
const RESOLVES = { ...EDITS, textDocument: { codeAction: { resolveSupport: { properties: ["edit"] } } } };
const TITLE = "Add an exemption from no-latest to the policy";
const DOCKERFILE = "FROM node:latest AS a\nFROM golang:latest\n";

async function exemptions(client: Initialized, path: string): Promise<CodeAction[]> {
  const at = { line: 0, character: 6 };
  const params = {
    textDocument: { uri: client.uriOf(path) },
    range: { start: at, end: at },
    context: { diagnostics: [] },
  };
  const actions = await client.request<CodeAction[]>("textDocument/codeAction", params);
  return actions.filter(({ title }) => title.startsWith("Add an exemption"));
}

/** Does to the files what an editor does. */
function apply({ documentChanges = [] }: WorkspaceEdit): void {
  for (const change of documentChanges) {
    if ("kind" in change) {
      if (change.kind === "create") writeFileSync(fileURLToPath(change.uri), "", { flag: "a" });
      continue;
    }
    const file = fileURLToPath(change.textDocument.uri);
    let lines = readFileSync(file, "utf8");
    for (const { range, newText } of change.edits as TextEdit[]) {
      const starts = [0, ...[...lines.matchAll(/\n/g)].map(({ index }) => index + 1)];
      const offset = ({ line, character }: TextEdit["range"]["start"]): number =>
        (starts[line] ?? lines.length) + character;
      lines = lines.slice(0, offset(range.start)) + newText + lines.slice(offset(range.end));
    }
    writeFileSync(file, lines);
  }
}

describe("it is written", () => {
  it("into the policy that holds, comments kept, for this image in this file", async () => {
    const policy = "# ours\nrules:\n  no-latest: error # for good\n";
    const folder = folderWith({ "fromlint.yaml": policy, "a[1]/Dockerfile": DOCKERFILE });
    const client = await initialized(folder, { capabilities: EDITS });
    client.open("a[1]/Dockerfile", DOCKERFILE);
    expect(codes(await client.diagnostics("a[1]/Dockerfile"))).toEqual(["no-latest", "no-latest"]);
    const [action] = await exemptions(client, "a[1]/Dockerfile");
    expect(action?.title).toBe(TITLE);
    apply(action?.edit ?? {});
    expect(readFileSync(join(folder, "fromlint.yaml"), "utf8")).toBe(
      `${policy}exemptions:\n  - rule: no-latest\n    image: "node:latest"\n    files: "a[[]1?/Dockerfile"\n    reason: "reason"\n`,
    );
    client.notify("workspace/didChangeWatchedFiles", { changes: [] });
    const left = await client.diagnostics("a[1]/Dockerfile");
    expect(left).toMatchObject([{ code: "no-latest", range: { start: { line: 1 } } }]);
  });

  it("into its text in the editor, of the version there", async () => {
    const folder = folderWith({ "fromlint.yaml": "", Dockerfile: DOCKERFILE });
    const client = await initialized(folder, { capabilities: EDITS });
    client.open("fromlint.yaml", "builder: buildah\n", "yaml");
    client.change("fromlint.yaml", 2, "builder: kaniko\n");
    client.open("Dockerfile", DOCKERFILE);
    const [action] = await exemptions(client, "Dockerfile");
    expect(action?.edit?.documentChanges).toMatchObject([
      {
        textDocument: { uri: client.uriOf("fromlint.yaml"), version: 2 },
        edits: [{ range: { start: { line: 1, character: 0 } } }],
      },
    ]);
  });

  it("into a new policy in the workspace folder where there is none", async () => {
    const folder = folderWith({ "deep/Dockerfile": DOCKERFILE });
    const client = await initialized(folder, { capabilities: EDITS });
    client.open("deep/Dockerfile", DOCKERFILE);
    await client.diagnostics("deep/Dockerfile");
    const [action] = await exemptions(client, "deep/Dockerfile");
    apply(action?.edit ?? {});
    client.notify("workspace/didChangeWatchedFiles", { changes: [] });
    expect(codes(await client.diagnostics("deep/Dockerfile"))).toEqual(["no-latest"]);
  });

  it("when it is chosen, where the client asks for the edit then", async () => {
    const folder = folderWith({ "fromlint.yaml": "rules: {}\n", Dockerfile: DOCKERFILE });
    const client = await initialized(folder, { capabilities: RESOLVES });
    client.open("Dockerfile", DOCKERFILE);
    const [action] = await exemptions(client, "Dockerfile");
    expect(action).not.toHaveProperty("edit");
    expect(await client.request<CodeAction>("codeAction/resolve", action)).toHaveProperty("edit.documentChanges");
    client.change("Dockerfile", 2, "FROM node:latest\n");
    expect((await client.ask("codeAction/resolve", action).answer).error?.code).toBe(-32801);
  });
});

describe("it is not offered", () => {
  it.each<[string, Record<string, string>, Record<string, string>, object]>([
    ["for a locked rule", { "fromlint.yaml": "locked: [no-latest]\n" }, {}, EDITS],
    [
      "where a policy from outside wants it as well",
      { "fromlint.yaml": "", "org/org.yaml": "" },
      { FROMLINT_POLICY: "org/org.yaml" },
      EDITS,
    ],
    ["where a file is to be made and the client makes none", {}, {}, {}],
    ["for a policy that no text can be put into", { "fromlint.yaml": "x: &x []\nexemptions: *x\n" }, {}, EDITS],
  ])("%s", async (_title, files, env, capabilities) => {
    const client = await initialized(folderWith(files), { capabilities, env });
    client.open("Dockerfile", DOCKERFILE);
    await client.diagnostics("Dockerfile");
    expect(await exemptions(client, "Dockerfile")).toEqual([]);
  });
});
