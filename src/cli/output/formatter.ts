/** Finds what `--format` names when it is none of our formats: a formatter made for ESLint. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { importModule } from "../../import-module.js";
import type { Formatter } from "../../report/eslint.js";
import { FORMATS } from "../../report/formats.js";
import { nearest } from "../../spelling.js";
import { RunError } from "../run-error.js";

const PREFIX = "eslint-formatter";

/**
 * The formatter in a file, when `name` is a path, or in the package of that name, as it is or with ESLint's prefix, as
 * seen from `cwd`. Throws RunError, one line.
 */
export async function loadFormatter(name: string, cwd: string): Promise<Formatter> {
  const file = isPath(name) ? existingFile(name, cwd) : packageFile(name, cwd);
  let loaded: unknown;
  try {
    loaded = (await importModule(pathToFileURL(file).href)).default;
  } catch (error) {
    throw new RunError(`--format ${name}: the formatter cannot be loaded (${firstLine(error)}).`);
  }
  // A CommonJS module that was compiled from an ES module.
  const formatter = typeof loaded === "object" && loaded !== null && "default" in loaded ? loaded.default : loaded;
  if (typeof formatter !== "function") {
    throw new RunError(`--format ${name}: this is no formatter, as its default export is not a function.`);
  }
  return formatter as Formatter;
}

/** What an error says, without its stack: the first line of its message that says something. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split("\n").find((line) => line.trim() !== "") ?? "it does not say why").trim();
}

/** `./x`, `../x`, `/x`, `folder/x`, `x.mjs`; a package is `x` or `@scope/x`. */
function isPath(name: string): boolean {
  if (isAbsolute(name) || /^\.{1,2}[\\/]/.test(name) || /\.[cm]?js$/.test(name)) return true;
  return !name.startsWith("@") && /[\\/]/.test(name);
}

function existingFile(name: string, cwd: string): string {
  const file = resolve(cwd, name);
  if (existsSync(file)) return file;
  throw new RunError(`--format ${name}: there is no such file.`);
}

function packageFile(name: string, cwd: string): string {
  // Any name of a file does: what counts is the folder that the search starts in.
  const { resolve: find } = createRequire(join(cwd, "formatter.js"));
  for (const candidate of [withPrefix(name), name]) {
    try {
      const found = find(candidate);
      if (isAbsolute(found)) return found;
    } catch {
      // The other name may be it.
    }
  }
  const names = FORMATS.map((format) => format.name);
  const near = nearest(name, names);
  const hint = near ? `did you mean ${near}?` : `there is ${names.join(", ")}.`;
  throw new RunError(`--format ${name}: there is no such format, and no package ${withPrefix(name)} here; ${hint}`);
}

/** ESLint's short names: `x` is `eslint-formatter-x`, `@a/x` is `@a/eslint-formatter-x`, `@a` is `@a/eslint-formatter`. */
function withPrefix(name: string): string {
  const [, scope = "", rest = ""] = /^(@[^/]+)?\/?(.*)$/s.exec(name) ?? [];
  const full = rest === "" ? PREFIX : rest === PREFIX || rest.startsWith(`${PREFIX}-`) ? rest : `${PREFIX}-${rest}`;
  return scope === "" ? full : `${scope}/${full}`;
}
