/** The built command with V8's compiled code in the user's cache folder. `npm test` has built dist/ before this runs. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const command = resolve(import.meta.dirname, "../../bin/fromlint.cjs");
const isRoot = process.geteuid?.() === 0;

let caches: string;
let folder: string;
beforeEach(() => {
  caches = mkdtempSync(join(tmpdir(), "fromlint-compiled-"));
  folder = join(caches, "fromlint");
});
afterEach(() => rmSync(caches, { recursive: true, force: true }));

/** A whole run; it has to say the same whatever lies in the folder. */
function lint(env: Readonly<Record<string, string>> = { XDG_CACHE_HOME: caches }, ...flags: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, command, "--format", "compact", "-"], {
    encoding: "utf8",
    input: "FROM golang:latest\n",
    cwd: caches,
    env,
  });
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toContain("[no-latest]");
}

const files = (): string[] => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []);
/** Of dist/cli.cjs: the largest. */
const largest = (): string => files().sort((a, b) => lstatSync(b).size - lstatSync(a).size)[0]!;

/** Whether V8 takes a file for the code of dist/cli.cjs, as the command would give it to V8. */
function isTaken(file: string): boolean {
  const script = `
    const { readFileSync } = require("node:fs");
    const source = readFileSync("dist/cli.cjs", "utf8");
    const { cachedDataRejected } = new (require("node:vm").Script)(source, { cachedData: readFileSync(process.argv[1]) });
    console.log(!cachedDataRejected);`;
  return (
    execFileSync(process.execPath, ["-e", script, file], { cwd: join(command, "../.."), encoding: "utf8" }) === "true\n"
  );
}

function mkdirWith(mode: number): void {
  mkdirSync(folder);
  chmodSync(folder, mode);
}

describe("compiled code", () => {
  it("is left behind by a first run, for the user alone", () => {
    lint();
    expect(lstatSync(folder).mode & 0o777).toBe(0o700);
    for (const file of files()) {
      expect(file).toMatch(/\/compiled-[0-9a-f]{16}-[\w.-]+$/);
      expect(lstatSync(file).mode & 0o777).toBe(0o600);
    }
    expect(isTaken(largest())).toBe(true);
  });

  it("is not written again by the next run", () => {
    lint();
    const before = files().map((file) => lstatSync(file).mtimeMs);
    lint();
    expect(files().map((file) => lstatSync(file).mtimeMs)).toEqual(before);
  });

  it("is written again by a run that loads a file which none loaded before", () => {
    execFileSync(process.execPath, [command, "--version"], { env: { XDG_CACHE_HOME: caches } });
    const file = largest();
    const { size } = lstatSync(file);
    lint();
    expect(lstatSync(file).size).toBeGreaterThan(size);
  });

  it("is written again after an hour, when it grows by what other runs needed", () => {
    const lintMore = (): void => {
      const input = "FROM golang:1 AS build\nARG A=1\nENV B=$A\nFROM golang:2\nCOPY --from=build /a /b\n";
      spawnSync(process.execPath, [command, "--format", "compact", "-"], { input, env: { XDG_CACHE_HOME: caches } });
    };
    lint();
    const file = largest();
    const { size } = lstatSync(file);
    lintMore();
    expect(lstatSync(file).size).toBe(size);
    const hourAgo = new Date(Date.now() - 3_700_000);
    utimesSync(file, hourAgo, hourAgo);
    lintMore();
    expect(lstatSync(file).size).toBeGreaterThan(size);
  });

  it("is made for the flags that Node runs with", () => {
    lint();
    lint(undefined, "--no-lazy");
    lint();
  });

  it("is removed when nobody used it for a month, and nothing else is", () => {
    mkdirSync(folder, { mode: 0o700 });
    const old = ["compiled-0123456789abcdef-1.2.3-x64", "registry-1.json", "notes.txt"].map((name) =>
      join(folder, name),
    );
    const longAgo = new Date(Date.now() - 40 * 86_400_000);
    for (const file of old) {
      writeFileSync(file, "");
      utimesSync(file, longAgo, longAgo);
    }
    lint();
    expect(old.map((file) => existsSync(file))).toEqual([false, true, true]);
  });

  it.each<[title: string, spoil: (file: string) => void]>([
    ["empty", (file) => truncateSync(file, 0)],
    ["cut off", (file) => truncateSync(file, 5000)],
    ["of zeros", (file) => writeFileSync(file, Buffer.alloc(lstatSync(file).size))],
    ["without a page in its midst", (file) => writeFileSync(file, readFileSync(file).fill(0, 40_960, 45_056))],
    ["of another text", (file) => writeFileSync(file, "#!/bin/sh\nexit 7\n")],
    ["huge", (file) => truncateSync(file, 1_000_000_000)],
  ])("is made anew where a file is %s", (_title, spoil) => {
    lint();
    const file = largest();
    spoil(file);
    lint();
    expect(lstatSync(file).size).toBeLessThan(20_000_000);
    expect(isTaken(file)).toBe(true);
  });

  it.each<[title: string, prepare: () => void]>([
    ["others may write to", () => mkdirWith(0o777)],
    ["a group may write to", () => mkdirWith(0o770)],
    [
      "is a link",
      () => {
        mkdirSync(join(caches, "real"));
        symlinkSync("real", folder);
      },
    ],
    ["is a file", () => writeFileSync(folder, "")],
  ])("is neither read nor written in a folder that %s", (_title, prepare) => {
    prepare();
    lint();
    lint();
    expect(lstatSync(folder).isDirectory() ? files() : []).toEqual([]);
  });

  it.runIf(isRoot)("is neither read nor written in a folder of someone else, nor read from their file", () => {
    lint();
    const file = largest();
    chownSync(file, 12_345, 12_345);
    writeFileSync(file, "made up");
    lint();
    chownSync(folder, 12_345, 12_345);
    const before = files().map((name) => lstatSync(name).mtimeMs);
    lint();
    expect(files().map((name) => lstatSync(name).mtimeMs)).toEqual(before);
  });

  it("is not needed where no folder can be made", () => {
    lint({ XDG_CACHE_HOME: "/proc/nowhere" });
    lint({ HOME: "/dev/null" });
    lint({});
  });

  it.each(["FROMLINT_NO_COMPILE_CACHE", "NODE_DISABLE_COMPILE_CACHE"])("is not kept with %s", (name) => {
    lint({ XDG_CACHE_HOME: caches, [name]: "1" });
    expect(existsSync(folder)).toBe(false);
  });
});
