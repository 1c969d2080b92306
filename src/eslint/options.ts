/** `languageOptions` of a Dockerfile in eslint.config.js. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { isDate } from "../facts/dates.js";
import { LOCK_NAME } from "../lock/find.js";
import { loadPolicyFile } from "../policy/load.js";
import { nearest } from "../spelling.js";

/** A policy as `loadPolicy` gives it: plain data, so that ESLint's cache sees when it changes. */
export interface PolicyOption {
  /** Absolute. */
  readonly file: string;
  /** Of the file, all that it extends, and the lock file beside it. */
  readonly digest: string;
}

export interface DockerfileOptions {
  /** Instead of the nearest fromlint.yaml. */
  readonly policy?: PolicyOption;
  /** Today, YYYY-MM-DD, for end of life and expiry. */
  readonly date?: string;
  /** The stage that is built; the last one when left out. */
  readonly target?: string;
  /** As `--build-arg`. */
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** As `--build-context`. */
  readonly contexts?: Readonly<Record<string, string>>;
  /** The folder of the build context, absolute. */
  readonly context?: string;
}

/**
 * The policy at `file` (relative paths start at the working directory) for `languageOptions.policy`. Throws an error
 * that lists what is wrong with it, a line each.
 */
export function loadPolicy(file: string): PolicyOption {
  const path = resolve(file);
  const { policy, errors } = loadPolicyFile(path);
  if (errors !== null) {
    const lines = errors.map((error) => `${error.file}:${error.line}:${error.column}: ${error.message}`);
    throw new Error(`fromlint cannot use this policy:\n${lines.join("\n")}`);
  }
  const hash = createHash("sha256");
  const lock = join(dirname(path), LOCK_NAME);
  const files = existsSync(lock) ? [...policy.files, lock] : policy.files;
  for (const each of files) hash.update(readFileSync(each)).update("\0");
  return { file: path, digest: `sha256:${hash.digest("hex")}` };
}

const CHECKS: Readonly<
  Record<keyof DockerfileOptions, readonly [isFine: (value: unknown) => boolean, wanted: string]>
> = {
  policy: [isPolicy, 'what `loadPolicy("fromlint.yaml")` returns, and not its path alone'],
  date: [(value) => typeof value === "string" && isDate(value), "a day, such as 2027-01-31"],
  target: [isText, "the name of a stage"],
  buildArgs: [isTexts, "an object of build arguments, all of them strings"],
  contexts: [isTexts, "an object of named build contexts, all of them strings"],
  context: [(value) => isText(value) && isAbsolute(String(value)), "the absolute path of a folder"],
};

/** Throws an error for an option that does not exist or is of the wrong kind: ESLint shows it and lints nothing. */
export function validateOptions(options: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (!isOption(name)) {
      const near = nearest(name, Object.keys(CHECKS));
      const hint = near ? `did you mean "${near}"?` : `there are ${Object.keys(CHECKS).join(", ")}.`;
      throw new Error(`languageOptions of a Dockerfile have no "${name}"; ${hint}`);
    }
    const [isFine, wanted] = CHECKS[name];
    if (value !== undefined && !isFine(value))
      throw new Error(`languageOptions.${name} of a Dockerfile takes ${wanted}.`);
  }
}

function isOption(name: string): name is keyof DockerfileOptions {
  return Object.hasOwn(CHECKS, name);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((each) => typeof each === "string");
}

function isPolicy(value: unknown): boolean {
  return isObject(value) && isText(value.file) && isAbsolute(String(value.file)) && isText(value.digest);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
