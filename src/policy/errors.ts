/** What is wrong with a policy: one clear line each, at a place in a file. */
import { relative, dirname } from "node:path";
import { safe } from "../report/safe.js";
import { nearest } from "../spelling.js";
import type { PolicyPlace } from "./policy.js";

/** `message` is one line without control characters; the place is 1-based, columns in UTF-16 units. */
export interface PolicyError extends PolicyPlace {
  readonly message: string;
}

/** Longer texts are cut in messages. */
const LONGEST = 60;

export function policyError(place: PolicyPlace, message: string): PolicyError {
  return { file: place.file, line: place.line, column: place.column, message };
}

/** The start of a file, for what is wrong with it as a whole. */
export function startOf(file: string): PolicyPlace {
  return { file, line: 1, column: 1 };
}

/** A name or text from a policy in backticks: on one line, harmless on a terminal, cut when it is long. */
export function quoted(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return `\`${safe(cut)}\``;
}

/** `a`, `b`, `c`, each in backticks. */
export function listed(names: readonly unknown[]): string {
  return names.map((name) => quoted(String(name))).join(", ");
}

/** "; did you mean `x`?", or what else to say when no candidate is near. */
export function didYouMean(name: string, candidates: readonly string[], otherwise = ""): string {
  const near = nearest(name, candidates);
  return near === null ? otherwise : `; did you mean ${quoted(near)}?`;
}

/** A place for use inside a message about `file`: the path from that file's folder, then line and column. */
export function placeFrom(file: string, place: PolicyPlace): string {
  return safe(`${pathFrom(file, place.file)}:${place.line}:${place.column}`);
}

/** The path of `target` as seen from the folder of `file`, with `/` between folders. */
export function pathFrom(file: string, target: string): string {
  return relative(dirname(file), target).replaceAll("\\", "/");
}

/** By file, then by position; of several at one place with the same message, one. */
export function sortErrors(errors: readonly PolicyError[]): PolicyError[] {
  const distinct = new Map(errors.map((error) => [printError(error), error]));
  return [...distinct.values()].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.message, b.message),
  );
}

/** `file:line:column: message`, on one line. */
export function printError(error: PolicyError): string {
  return `${safe(error.file)}:${error.line}:${error.column}: ${error.message}`;
}

/** Why a file could not be read, as a clause. */
export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file";
    case "EACCES":
    case "EPERM":
      return "permission is denied";
    case "ELOOP":
      return "its links go in a circle";
    case undefined:
      return "something went wrong";
    default:
      return quoted(code);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
