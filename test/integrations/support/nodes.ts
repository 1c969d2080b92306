/** Other versions of Node, from npm, kept in a cache folder outside the tree. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The program of a Node of that major version: this one, or the newest that npm has when it is first asked for. */
export function nodeOf(major: string): string {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const target = join(cacheFolder(), `node-${major}`);
  if (!existsSync(target)) install(`${name}@${major}`, target);
  return join(target, "node_modules", name, process.platform === "win32" ? "bin/node.exe" : "bin/node");
}

/** The folder appears only when it is whole. */
function install(spec: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(`${target}.`);
  try {
    writeFileSync(join(draft, "package.json"), '{ "private": true }');
    execFileSync("npm", ["install", "--no-audit", "--no-fund", spec], { cwd: draft, stdio: "ignore" });
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another run may have been faster.
    if (!existsSync(target)) throw error;
  }
}

function cacheFolder(): string {
  const { FROMLINT_TEST_CACHE: own, XDG_CACHE_HOME: caches } = process.env;
  return own ?? join(caches ?? join(homedir(), ".cache"), "fromlint-tests");
}
