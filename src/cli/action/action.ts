/** The GitHub Action: its inputs as a command line, its reports where GitHub shows them. */
import { randomUUID } from "node:crypto";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LintResult } from "../../result.js";
import type { Environment } from "../arguments/arguments.js";
import { run } from "../run.js";
import type { Streams } from "../output/streams.js";

/** What GitHub takes for the summary of a step. */
const MOST_SUMMARY = 1024 * 1024;

/**
 * Lints as action.yml says. Annotations go to the log behind the report, the table to GITHUB_STEP_SUMMARY, the counts to
 * GITHUB_OUTPUT. Returns the exit code of the run.
 */
export async function runAction(streams: Streams): Promise<number> {
  const { env, stdout, stderr } = streams;
  const folder = mkdtempSync(join(tmpdir(), "fromlint-action-"));
  try {
    const code = await run(commandLine(env, folder), streams);
    const annotations = written(folder, "annotations");
    if (annotations !== "") stdout.write(annotations);
    const results = JSON.parse(written(folder, "results") || "[]") as LintResult[];
    const count = (of: "errorCount" | "warningCount"): string =>
      String(results.reduce((sum, result) => sum + result[of], 0));
    append(env.GITHUB_STEP_SUMMARY, summaryOf(written(folder, "summary")));
    const outputs = { errors: count("errorCount"), warnings: count("warningCount"), sarif: input(env, "sarif") };
    append(env.GITHUB_OUTPUT, Object.entries(outputs).map(output).join(""));
    return code;
  } catch (error) {
    stderr.write(`fromlint: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The arguments of the command that the inputs stand for; what is not to be seen goes to files in `folder`. */
function commandLine(env: Environment, folder: string): string[] {
  const valued = ["policy", "config", "baseline", "max-warnings"].flatMap((name) => {
    const value = input(env, name);
    return value === "" ? [] : [`--${name}=${value}`];
  });
  const sarif = input(env, "sarif");
  const formats = [
    input(env, "format") || "text",
    `json=${join(folder, "results")}`,
    ...(isOn(env, "annotations") ? [`github=${join(folder, "annotations")}`] : []),
    ...(isOn(env, "summary") ? [`markdown=${join(folder, "summary")}`] : []),
    ...(sarif === "" ? [] : [`sarif=${sarif}`]),
  ];
  const paths = input(env, "paths")
    .split("\n")
    .map((path) => path.trim())
    .filter(Boolean);
  return [
    ...valued,
    ...(isOn(env, "changed-only") ? [changed(env)] : []),
    ...formats.map((format) => `--format=${format}`),
    "--",
    ...(paths.length > 0 ? paths : ["."]),
  ];
}

/** Against the branch that a pull request is for; else git's default branch. */
function changed(env: Environment): string {
  const base = env.GITHUB_BASE_REF ?? "";
  return base === "" ? "--changed" : `--changed=origin/${base}`;
}

/** As actions/core's getInput: INPUT_ and the name in upper case, blanks cut off. */
function input(env: Environment, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? "").trim();
}

function isOn(env: Environment, name: string): boolean {
  return input(env, name).toLowerCase() === "true";
}

/** What a report wrote; empty where the run ended before. */
function written(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    return "";
  }
}

function append(file: string | undefined, text: string): void {
  if (file !== undefined && file !== "") appendFileSync(file, text);
}

function summaryOf(text: string): string {
  if (Buffer.byteLength(text) <= MOST_SUMMARY) return text;
  return "fromlint found more than fits into a summary: see the log.\n";
}

/** One output, in the form that no value breaks out of. */
function output([name, value]: [string, string]): string {
  const end = randomUUID();
  return `${name}<<${end}\n${value}\n${end}\n`;
}
