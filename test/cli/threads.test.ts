/** Several threads say what one says: the same bytes, in the same order, with the same exit code. */
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parseArguments } from "../../src/cli/arguments/arguments.js";
import { fileInput } from "../../src/cli/files/inputs.js";
import { createLinter } from "../../src/cli/lint/linter.js";
import { lintInThreads, threadCount } from "../../src/cli/threads/threads.js";
import type { LintResult } from "../../src/result.js";
import { folderFor, fromlint, makeFolder, removeFolder, type Files } from "../robustness/command.js";

const DIGEST = `sha256:${"1".repeat(64)}`;

/** What findings rest on besides the Dockerfile: policies, overrides, exemptions, a lock, the project's own files. */
const PROJECT: Files = {
  ".git/HEAD": "ref: refs/heads/main\n",
  "fromlint.yaml": `
extends: ["@acme/fromlint-policy"]
exemptions:
  - { rule: no-latest, image: "debian", files: "services/s1*/**", reason: "TEAM-1" }
  - { rule: no-latest, image: "fedora", reason: "nobody uses it" }
overrides:
  - { files: "services/s2*/**", rules: { no-latest: error } }
`,
  "node_modules/@acme/fromlint-policy/package.json": `{ "name": "@acme/fromlint-policy", "version": "1.0.0" }`,
  "node_modules/@acme/fromlint-policy/fromlint.yaml": "bases: { deny: ['docker.io/library/busybox'] }\n",
  "fromlint.lock": `# fromlint.lock 1: what each image is, written by \`fromlint lock\`\ndocker.io/library/alpine:3.24 sha256:${"2".repeat(64)}\n`,
  "services/s30/fromlint.yaml": "extends: []\nrules: { no-latest: error }\nignore: ['left-out/**']\n",
  "services/s30/left-out/Dockerfile": "FROM node:latest\n",
  "services/s31/Dockerfile": new Uint8Array([0xff, 0xfe, 0x46]),
  "services/s32/.dockerignore": "src\n",
  "services/s32/src/main.js": "",
  "services/s33/package.json": "{}",
  "services/s33/package-lock.json": "{}",
};

function service(index: number): string {
  const lines = [
    `FROM ${["node:latest", "debian:latest", "busybox:1.37", `alpine:3.24@${DIGEST}`][index % 4]} AS ${index % 3 === 0 ? "test" : "build"}`,
    "# fromlint-disable-next-line no-latest",
    "FROM node",
    "COPY . .",
    "RUN apt-get update && npm ci",
    index % 7 === 0 ? "RUNN what" : "USER node",
  ];
  return `${lines.join("\n")}\n`;
}

let folder = "";
beforeAll(() => {
  const services = Array.from(
    { length: 150 },
    (_, index) => [`services/s${index}/Dockerfile`, service(index)] as const,
  );
  folder = makeFolder({ ...Object.fromEntries(services), ...PROJECT });
  return () => removeFolder(folder);
});

describe("a run in threads", () => {
  it.each([
    ["text", ""],
    ["JSON", "--format json"],
    ["a target that some files lack", "--target test"],
    ["a target that no file has", "--target tset"],
    ["only errors", "--quiet"],
    ["no policy file", "--config services/s30/fromlint.yaml --rule no-latest=warn"],
  ])("%s", { timeout: 120_000 }, (_, argv) => {
    const one = fromlint(folder, `${argv} --date 2026-11-20 --concurrency off`);
    expect(one.stdout.length).toBeGreaterThan(100);
    for (const threads of ["2", "5"]) {
      expect(fromlint(folder, `${argv} --date 2026-11-20 --concurrency ${threads}`)).toEqual(one);
    }
  });
});

describe("a thread that ends too soon leaves its files to the first one", () => {
  it.each([
    ["at once", "process.exit(1);"],
    ["with an error", "throw new Error('out of memory');"],
    ["at the first batch", "require('node:worker_threads').parentPort.on('message', () => process.exit(1));"],
  ])("%s", async (_, script) => {
    const broken = folderFor({ "thread.cjs": script });
    const found = Array.from({ length: 150 }, (_, index) => join(folder, `services/s${index}/Dockerfile`));
    const args = parseArguments(["."], {});
    const linter = await createLinter(found, args, folder);
    const results: LintResult[] = [];
    const setup = { found, args, cwd: folder };
    const threads = { script: join(broken, "thread.cjs"), count: 3, setup };
    await lintInThreads(found.map(fileInput), linter, threads, (result) => Promise.resolve(void results.push(result)));
    expect(results.map(({ filePath }) => filePath)).toEqual(found);
  });
});

it("says what --concurrency takes", () => {
  expect(threadCount({ concurrency: 3 })).toBe(3);
  expect(threadCount({ concurrency: "auto" })).toBeLessThanOrEqual(4);
  expect(parseArguments(["--concurrency", "off"], {}).concurrency).toBe(1);
  expect(() => parseArguments(["--concurrency", "many"], {})).toThrow();
});
