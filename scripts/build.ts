/**
 * Builds dist/ from src/, rules/ and server/:
 *
 * - dist/cli.cjs, index.cjs, eslint.cjs, server.cjs and the chunks that they share: CommonJS, because that starts faster
 *   than ES modules. dist/index.js and eslint.js hand the same on to ES modules.
 * - dist/start.cjs: what bin/fromlint.cjs runs; dist/dockerfile-ast.cjs: the second reader.
 * - with --types dist/*.d.ts and *.d.cts.
 * - dist/action.cjs: the GitHub Action; not published on npm.
 * - dist/THIRD-PARTY-NOTICES.txt: the licences of everything that was bundled.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { buildAction, buildPackage, type Built } from "./build/bundles.js";
import { notices } from "./build/notices.js";
import { reportPage } from "./build/report-page.js";
import { declarations } from "./build/types.js";

const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");

const page = await reportPage(root);
const [published, action] = await Promise.all([buildPackage(root, manifest.version, page), buildAction(root, page)]);
const files: Built["files"] = new Map([
  ...published.files,
  ...action.files,
  ...(process.argv.includes("--types") ? declarations(root) : []),
  ["THIRD-PARTY-NOTICES.txt", notices(root, [...published.inputs, ...action.inputs])],
]);
writeDist(files);

function isDeclaration(name: string): boolean {
  return /\.d\.c?ts$/.test(name);
}

/** Replaces dist/ file by file, so that a command that runs meanwhile never finds half a file. */
function writeDist(files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) {
    const target = join(dist, name);
    const draft = `${target}.${String(process.pid)}`;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(draft, text);
    renameSync(draft, target);
  }
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const name = relative(dist, file).split(sep).join("/");
    // The declarations stay: `npm pack` builds them first and then, in `prepare`, the rest once more.
    if (entry.isFile() && !files.has(name) && !isDeclaration(name)) rmSync(file);
  }
}
