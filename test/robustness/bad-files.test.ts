/** One bad file never ends the run: it is a finding on that file, and every other file is linted as if alone. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LintMessage, LintResult } from "../../src/result.js";
import { fromlint, makeFolder, removeFolder } from "./command.js";

const content =
  (bytes: string | Uint8Array, mode = 0o644) =>
  (path: string): void =>
    writeFileSync(path, bytes, { mode });

/** Looks like any program: a header, NUL bytes, bytes that are no UTF-8. */
const PROGRAM = Buffer.from(
  Array.from({ length: 4096 }, (_, index) => (index < 4 ? [0x7f, 0x45, 0x4c, 0x46][index]! : (index * 7919) % 256)),
);

/** How a bad file comes to be, and what is said of it, behind `error` and before `[valid-syntax]`. */
const BAD: Readonly<Record<string, readonly [make: (path: string) => void, finding: RegExp]>> = {
  "Dockerfile.latin1": [content(Buffer.from("FROM scratch\n# caf\xe9\n", "latin1")), /:2:6: .*Line 2 is not UTF-8/],
  "Dockerfile.utf16le": [content(Buffer.from("\ufeffFROM scratch\n", "utf16le")), /:1:1: .*saved as UTF-16/],
  "Dockerfile.utf16be": [content(Buffer.from("\ufeffFROM scratch\n", "utf16le").swap16()), /:1:1: .*saved as UTF-16/],
  "Dockerfile.nul": [content("FROM scratch\nRUN a\0b\n"), /:2:6: .*Line 2 holds a NUL byte/],
  "Dockerfile.program": [content(PROGRAM, 0o755), /is not UTF-8|NUL byte/],
  "Dockerfile.script": [content("#!/bin/sh\nset -e\n", 0o755), /:2:1: .*There is no `FROM`/],
  "Dockerfile.empty": [content(""), /:1:1: .*There is no instruction/],
  "Dockerfile.blank": [content(" \n\r\n\t\n"), /:1:1: .*There is no instruction/],
  "Dockerfile.comments": [content("# FROM node\n# nothing else\n"), /:1:1: .*There is no instruction/],
  "Dockerfile.no-from": [content("RUN make\n"), /:1:1: .*There is no `FROM`/],
  "Dockerfile.dangling": [(path) => symlinkSync("nowhere", path), /cannot be read \(it is a link that leads nowhere\)/],
  "Dockerfile.loop-a": [(path) => symlinkSync("Dockerfile.loop-b", path), /links go round in a circle/],
  "Dockerfile.loop-b": [(path) => symlinkSync("Dockerfile.loop-a", path), /links go round in a circle/],
  "Dockerfile.pipe": [
    (path) => execFileSync("sh", ["-c", 'mkfifo "$0"', path]),
    /cannot be read \(it is not a regular file\)/,
  ],
  "Dockerfile.large": [
    content(`FROM scratch\n${"RUN echo twenty-five bytes\n".repeat(5_000_000 / 27)}`),
    /:1:1: .*over the limit of 1048576/,
  ],
  "Dockerfile.long-line": [content(`FROM scratch\nRUN ${"x".repeat(100_000)}\n`), /:2:1: .*100004 bytes/],
  "Dockerfile.stages": [content("FROM scratch\n# comment\n".repeat(20_000)), /:1:1: .*comments times stages/],
  "Dockerfile.closed": [content("FROM node\n", 0), /cannot be read \(permission denied\)/],
};

/** Files between and around the bad ones, and all that is to be found in them. */
const GOOD: Readonly<Record<string, readonly [text: string, findings: readonly string[]]>> = {
  "Dockerfile.a": ["FROM node\n", ["1:6 explicit-tag"]],
  "Dockerfile.executable": ["FROM node:latest\n", ["1:6 no-latest"]],
  "Dockerfile/Dockerfile": ["FROM scratch\nFROM node\n", ["2:6 explicit-tag"]],
  "app/Containerfile": ["FROM scratch\n", []],
  "last.Dockerfile": ["RUNN x\nFROM $UNSET\n", ["1:1 valid-syntax", "2:6 unresolved-base"]],
};

let folder: string;
beforeAll(() => {
  folder = makeFolder(Object.fromEntries(Object.entries(GOOD).map(([path, [text]]) => [path, text])));
  chmodSync(join(folder, "Dockerfile.executable"), 0o755);
  for (const [name, [make]] of Object.entries(BAD)) make(join(folder, name));
  mkdirSync(join(folder, "Dockerfile.folder"));
});
afterAll(() => removeFolder(folder));

const short = ({ line, column, ruleId }: LintMessage): string => `${line}:${column} ${ruleId}`;

describe("all of them in one run", () => {
  it("every good file's findings are complete, every bad file has its own, and the exit code is that of findings", () => {
    const { code, stdout, stderr } = fromlint(folder, "--format json");
    expect([code, stderr]).toEqual([1, ""]);
    const results = new Map(
      (JSON.parse(stdout) as LintResult[]).map((each) => [each.filePath.slice(folder.length + 1), each]),
    );
    expect([...results.keys()].sort()).toEqual([...Object.keys(GOOD), ...Object.keys(BAD)].sort());
    for (const [path, [, findings]] of Object.entries(GOOD)) {
      expect([path, results.get(path)!.messages.map(short)]).toEqual([path, findings]);
    }
    for (const [path, [, finding]] of Object.entries(BAD)) {
      const said = results
        .get(path)!
        .messages.filter(({ ruleId, severity }) => ruleId === "valid-syntax" && severity === 2);
      expect([path, said.map(({ line, column, message }) => `:${line}:${column}: ${message}`).join("\n")]).toEqual([
        path,
        expect.stringMatching(finding),
      ]);
    }
  });

  it("as text, too", () => {
    const { code, stdout, stderr } = fromlint(folder);
    expect([code, stderr]).toEqual([1, ""]);
    for (const path of Object.keys(BAD)) expect(stdout).toContain(`${path}:`);
  });

  it("--fix puts right what can be, and leaves the bad ones as they are", () => {
    const { code, stdout } = fromlint(folder, "--fix-dry-run --apply explicit-tag,no-latest,valid-syntax");
    expect(code).toBe(1);
    expect(stdout.match(/^--- a\/.*/gm)).toEqual([
      "--- a/Dockerfile.a",
      "--- a/Dockerfile.executable",
      "--- a/Dockerfile/Dockerfile",
      "--- a/last.Dockerfile",
    ]);
  });

  it("the inventory has the images of all that can be read, and says on stderr what cannot", () => {
    const { code, stdout, stderr } = fromlint(folder, "bases --format json");
    expect(code).toBe(1);
    const uses = JSON.parse(stdout) as { file: string }[];
    expect(uses.filter(({ file }) => file === "Dockerfile.stages")).toHaveLength(20_000);
    expect(uses.filter(({ file }) => file === "Dockerfile.a")).toHaveLength(1);
    const unreadable = Object.keys(BAD).filter((name) => /dangling|loop|pipe|closed/.test(name));
    expect(
      stderr
        .split("\n")
        .slice(0, -1)
        .map((line) => /^fromlint: ([^:]+): this file cannot be read/.exec(line)?.[1]),
    ).toEqual(unreadable.sort());
  });
});

describe("each alone", () => {
  it.each(Object.entries(BAD))("%s", (name, [, finding]) => {
    const { code, stdout, stderr } = fromlint(folder, ["--format", "compact", name]);
    expect([code, stderr]).toEqual([1, ""]);
    const lines = stdout.split("\n").filter((line) => line.endsWith("[valid-syntax]"));
    expect(lines.join("\n")).toMatch(finding);
    expect(stdout).toMatch(new RegExp(`^(?:${name.replaceAll(".", "\\.")}:\\d+:\\d+: (?:error|warning) .+\\n)+$`));
  });

  it("a folder named Dockerfile is just walked", () => {
    const { code, stdout } = fromlint(folder, "--format compact Dockerfile");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Dockerfile\/Dockerfile:2:6: error .* \[explicit-tag\]\n$/);
  });

  it("from the standard input", () => {
    for (const bytes of [PROGRAM, Buffer.from("\ufeffFROM scratch\n", "utf16le"), ""]) {
      const { code, stdout } = fromlint(folder, "--format compact -", bytes);
      expect([code, stdout]).toEqual([1, expect.stringMatching(/^<stdin>:.*\[valid-syntax\]$/m)]);
    }
  });

  it("a name that is not UTF-8", { skip: process.platform !== "linux" }, () => {
    const odd = makeFolder({ "Dockerfile.z": "FROM node\n" });
    writeFileSync(Buffer.concat([Buffer.from(`${odd}/Dockerfile.`), Buffer.from([0xff])]), "FROM node\n");
    const { code, stdout } = fromlint(odd, "--format compact");
    removeFolder(odd);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Dockerfile\.z:1:6: error .*\[explicit-tag\]$/m);
    expect(stdout).toMatch(/^Dockerfile\.\ufffd:1:1: error This file cannot be read \(its name is not UTF-8\)/m);
  });
});
