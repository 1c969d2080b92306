/**
 * Builds dist/ from src/ and rules/:
 *
 * - dist/cli.cjs and its chunks: the command line, CommonJS because that starts faster than ES modules.
 * - dist/server.cjs: the language server, also CommonJS, by itself.
 * - dist/*.cjs.<V8>: V8's compiled code of these files, for this Node.
 * - dist/index.js and dist/eslint.js with their chunks: the public API and the ESLint plugin as ES modules, with
 *   --types also dist/types/.
 * - dist/action.cjs: the GitHub Action; not published on npm.
 * - dist/THIRD-PARTY-NOTICES.txt: the licences of everything that was bundled.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { buildAction, buildApi, buildCommandLine, buildServer, type Built } from "./build/bundles.js";
import { notices } from "./build/notices.js";

const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");

const [commandLine, server, api, action] = await Promise.all([
  buildCommandLine(root),
  buildServer(root, manifest.version),
  buildApi(root),
  buildAction(root),
]);
const files: Built["files"] = new Map([
  ...commandLine.files,
  ...server.files,
  ...api.files,
  ...action.files,
  [
    "THIRD-PARTY-NOTICES.txt",
    notices(root, [...commandLine.inputs, ...server.inputs, ...api.inputs, ...action.inputs]),
  ],
]);
writeDist(files);
recordCompiled();
if (process.argv.includes("--types")) writeTypes();

/** Replaces dist/ file by file, so that a command that runs meanwhile never finds half a file. */
function writeDist(files: ReadonlyMap<string, string>): void {
  mkdirSync(dist, { recursive: true });
  for (const [name, text] of files) {
    const target = join(dist, name);
    const draft = `${target}.${String(process.pid)}`;
    writeFileSync(draft, text);
    renameSync(draft, target);
  }
  for (const name of readdirSync(dist)) {
    // The declarations stay: `npm pack` builds them first and then, in `prepare`, the rest once more.
    if (!files.has(name) && name !== "types") rmSync(join(dist, name), { recursive: true, force: true });
  }
}

/** Compiled code for a usual run, with a policy and findings; what it finds does not matter here. */
function recordCompiled(): void {
  const record = join(root, "scripts/build/record-compiled.cjs");
  const { status, stderr } = spawnSync(process.execPath, [record, "examples"], { cwd: root, encoding: "utf8" });
  if (status !== 0 && status !== 1) throw new Error(`the built command does not run: ${stderr}`);
}

function writeTypes(): void {
  rmSync(join(dist, "types"), { recursive: true, force: true });
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const run = spawnSync(process.execPath, [tsc, "-p", "tsconfig.types.json"], { cwd: root, stdio: "inherit" });
  if (run.status !== 0) process.exitCode = 1;
}
