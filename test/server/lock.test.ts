/** A lock file beside the documents of an editor. */
import { describe, expect, it } from "vitest";
import { folderWith } from "../cli/folder.js";
import { initialized } from "./initialized.js";

const DIGEST = `sha256:${"a".repeat(64)}`;
const LOCK = `# fromlint.lock 1: any\ndocker.io/library/debian:13.3 ${DIGEST}\n`;

describe("a lock file at the root of the repository", () => {
  it("holds for what is typed, as it does for the command, and is shown", async () => {
    const client = await initialized(folderWith({ "fromlint.lock": LOCK, ".git/HEAD": "" }));
    client.open("Dockerfile", "FROM debian:13.2\n");
    const found = await client.diagnostics("Dockerfile");
    expect(found.map(({ code }) => code)).toContain("locked-base");
    client.change("Dockerfile", 2, "FROM debian:13.3\n");
    expect((await client.diagnostics("Dockerfile", 2)).map(({ code }) => code)).not.toContain("locked-base");
    const position = { line: 0, character: 8 };
    const hover = await client.request("textDocument/hover", {
      textDocument: { uri: client.uriOf("Dockerfile") },
      position,
    });
    expect(JSON.stringify(hover)).toContain(`in fromlint.lock: \`${DIGEST}\``);
    expect(await client.close()).toBe(0);
  });

  it("that is broken is said, and nothing is checked under it", async () => {
    const client = await initialized(folderWith({ "fromlint.lock": "<<<<<<< HEAD\n", ".git/HEAD": "" }));
    client.open("Dockerfile", "FROM debian:latest\n");
    const [only, ...others] = await client.diagnostics("Dockerfile");
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      code: "broken-policy",
      message: expect.stringContaining("fromlint.lock:1") as string,
    });
    expect(await client.close()).toBe(0);
  });
});
