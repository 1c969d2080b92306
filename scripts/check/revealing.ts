/** Traces of the machine that a file was written on: they mean nothing elsewhere and say too much. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** One line for each place in `files` (relative to `root`) that names this machine's folders or package registry. */
export function revealing(root: string, files: readonly string[]): string[] {
  const traces = machineTraces(root);
  return files.flatMap((file) => findTraces(file, readFileSync(join(root, file), "utf8"), traces));
}

export function findTraces(file: string, text: string, traces: readonly string[]): string[] {
  const found = text.split("\n").flatMap((line, index) => {
    const trace = traces.find((candidate) => line.includes(candidate));
    return trace === undefined ? [] : [`${file}:${index + 1}: names ${trace}`];
  });
  if (/(?:^|\/)package-lock\.json$/.test(file) && text.includes('"resolved": "http')) {
    found.push(`${file}: holds registry addresses, see .npmrc`);
  }
  return found;
}

/** The folder that the project lies in here, the home folder where it is a person's, and the package registry. */
function machineTraces(root: string): string[] {
  const registry = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
  const home = homedir();
  return [root, ...(home === "/root" ? [] : [`${home}/`]), new URL(registry).host];
}
