/** The command and the server find the same in the same files, whether the server has them open or not. */
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver";
import { rules } from "../../rules/index.js";
import type { LintResult } from "../../src/index.js";
import { folderWith } from "../cli/folder.js";
import { root } from "../support/imports.js";
import { initialized, type Initialized } from "./initialized.js";

/** Of every file with findings: `3:5-3:16 error no-latest: message`, positions from 1 as the command counts. */
type Findings = Record<string, string[]>;

/** What the built command finds in a folder. */
function commandFindings(folder: string): Findings {
  const args = [join(root, "bin/fromlint.cjs"), "--format", "json", "."];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", maxBuffer: 1e8 });
  const results = JSON.parse(stdout) as LintResult[];
  return byFile(
    results.map(({ filePath, messages }) => [
      relative(folder, filePath),
      messages.map(({ line, column, endLine, endColumn, severity, ruleId, message }) => {
        return `${line}:${column}-${endLine}:${endColumn} ${severity === 2 ? "error" : "warning"} ${ruleId}: ${message}`;
      }),
    ]),
  );
}

function shown({ range: { start, end }, severity, code, message }: Diagnostic): string {
  const level = severity === 1 ? "error" : "warning";
  return `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1} ${level} ${String(code)}: ${typeof message === "string" ? message : message.value}`;
}

function byFile(entries: readonly (readonly [string, readonly string[]])[]): Findings {
  return Object.fromEntries(
    entries
      .filter(([, found]) => found.length > 0)
      .map(([file, found]): [string, string[]] => [file, [...found].sort()])
      .sort(),
  );
}

/** What the server sent last for each file. */
function serverFindings(folder: string, client: Initialized): Findings {
  const last = new Map<string, readonly string[]>();
  for (const { method, params } of client.received) {
    if (method !== "textDocument/publishDiagnostics") continue;
    const { uri, diagnostics } = params as PublishDiagnosticsParams;
    last.set(relative(folder, fileURLToPath(uri)), diagnostics.map(shown));
  }
  return byFile([...last]);
}

/** Every example of every rule in a folder of its own, with its policy and its build context. */
function exampleFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [name, { meta }] of Object.entries(rules)) {
    const { bad, good } = meta.docs.examples;
    [...bad, ...good].forEach(
      ({ code, policy = {}, options = [], filename = "Dockerfile", files: context = {} }, index) => {
        const folder = `${name}-${index}`;
        const severities = { ...(policy.rules as object | undefined), [name]: ["error", ...options] };
        files[`${folder}/${filename}`] = code;
        files[`${folder}/fromlint.json`] = JSON.stringify({ ...policy, rules: severities });
        for (const [path, text] of Object.entries(context)) files[`${folder}/${path}`] = text;
      },
    );
  }
  return files;
}

/** Exemptions are shown in their policy files, which the server checks only when they are open. */
function withoutPolicies(findings: Findings): Findings {
  return byFile(Object.entries(findings).filter(([file]) => !/fromlint\.(?:json|yaml)$/.test(file)));
}

describe.each([
  ["every example of every rule", () => folderWith(exampleFiles())],
  [
    "the folder examples/",
    () => {
      const folder = folderWith({});
      cpSync(join(root, "examples"), folder, { recursive: true });
      return folder;
    },
  ],
  [
    "files that are not as they should be",
    () =>
      folderWith({
        "bom/Dockerfile": "\ufeffFROM node:latest\r\nWORKDIR /a\r\nWORKDIR /a\r\n",
        "utf16/Dockerfile": Buffer.from("\ufeffFROM node:latest\n", "utf16le"),
        "latin/Dockerfile": Buffer.from("# \xe9\nFROM node:latest\n", "latin1"),
        "binary/Dockerfile": "FROM a\0b\n",
        "empty/Dockerfile": "",
        "ignored/Dockerfile": "FROM node:latest\n",
        "fromlint.yaml": 'ignore: ["ignored/**"]\nrules: { valid-syntax: warn }\n',
      }),
  ],
] as const)("%s", (_title, make) => {
  it("closed files, as the command finds them", async () => {
    const folder = make();
    const expected = withoutPolicies(commandFindings(folder));
    expect(Object.keys(expected)).not.toHaveLength(0);
    const client = await initialized(folder);
    const counted = await client.request<{ files: number; findings: number }>("fromlint/lintWorkspace", {});
    expect(serverFindings(folder, client)).toEqual(expected);
    expect(counted.findings).toBe(Object.values(expected).flat().length);
    expect(await client.close()).toBe(0);
  });

  it("open ones, too", async () => {
    const folder = make();
    const all = commandFindings(folder);
    const client = await initialized(folder);
    const expected: Findings = {};
    for (const file of Object.keys(withoutPolicies(all))) {
      const bytes = readFileSync(join(folder, file));
      const text = bytes.toString("utf8");
      // What an editor makes of bytes that are no UTF-8 is its own matter.
      if (!Buffer.from(text).equals(bytes) || text.includes("\0")) continue;
      expected[file] = all[file] ?? [];
      client.open(file, text.replace(/^\ufeff/, ""));
      await client.diagnostics(file);
    }
    expect(Object.keys(expected)).not.toHaveLength(0);
    expect(serverFindings(folder, client)).toEqual(byFile(Object.entries(expected)));
    expect(await client.close()).toBe(0);
  });
});
