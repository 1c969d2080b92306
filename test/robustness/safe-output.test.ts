/** Nothing that a Dockerfile, a file name or a policy says can act on a terminal or forge a line of a report. */
import fc from "fast-check";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../../src/report/formats.js";
import type { LintResult } from "../../src/result.js";
import { folderFor, fromlint, type Files } from "./command.js";
import { dockerfiles } from "./dockerfiles.js";
import { runIn } from "../cli/run-in.js";

/** Controls but for the newline, line separators, bidi controls, lone surrogates. In a diff a tab may stand, too. */
const ACTS = /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;
const OUR_COLORS = /\x1b\[(?:1|2|22|31|32|33|36|39)m/g;

/** What the log of a CI system takes for a command. */
const LOG_COMMAND = /^[ \t]*::|##[a-z]*\[/im;

const CLEAR = "\x1b[2J\x1b]0;owned\x07";
const FORGED = "Dockerfile:1:1: error all is well [no-latest]";

const TEXT = [
  `FROM node\x1b[31m:latest`,
  `FROM ${CLEAR}:1 AS a\u202eb`,
  "FROM node\rerror[no-latest]: forged",
  `RUN echo\x9b31m\u2028${FORGED}`,
  "LABEL a=b\u2029c",
  "# fromlint-disable-next-line \x1b[1mno\u200f until=\x1b[0m -- \x07",
  `FROM node AS ${CLEAR}`,
  `COPY --from=${CLEAR} a b`,
  `ARG X\x1b[5m=\u202e`,
  "::error file=app.js::owned",
  "##vso[task.logissue type=error]owned",
  "FROM ::error::owned",
  "RUN echo ##[add-matcher]owned",
  "error[no-latest]: forged",
  FORGED,
  "FROM $\x1b[2J ${UNSET\x07}",
  "",
].join("\n");

const FILES: Files = {
  Dockerfile: TEXT,
  [`Dockerfile.a\n::error::x\n${FORGED}`]: "FROM node\n",
  "Dockerfile.\x1b[31mred\r\x07": "FROM node\n",
  "Dockerfile.\u202egnp": "FROM node:latest\n",
  "::error::owned.dockerfile": "FROM node\n",
  "Dockerfile.\u2028": "FROM node:latest\n",
  "folder\n+++ b/Dockerfile": "FROM node\n",
};

/** A patch would not apply without these; neither can forge anything where it stands. */
const withoutDiffSpace = (text: string): string => (text.startsWith("--- ") ? text.replace(/\t|\r(?=\n)/g, " ") : text);

const ALL = "--apply explicit-tag,no-latest,valid-syntax,valid-waiver";

describe.runIf(process.platform !== "win32")("nothing acts on the terminal", () => {
  it.each([...FORMATS.map(({ name }) => `--format ${name}`), "bases", "bases --format json", "--quiet"])(
    "%s",
    (argv) => {
      const folder = folderFor(FILES);
      symlinkSync(`nowhere${CLEAR}`, join(folder, `Dockerfile.link${CLEAR}`));
      const { code, stdout, stderr } = fromlint(folder, argv);
      expect(code).toBe(1);
      expect(stdout).not.toMatch(ACTS);
      expect(stderr).not.toMatch(ACTS);
      if (argv !== "--format github") expect(stdout).not.toMatch(LOG_COMMAND);
      expect(stdout.length).toBeGreaterThan(100);
    },
  );

  it("in colour, but our own colours", () => {
    const { stdout } = fromlint(folderFor(FILES), "--color");
    expect(stdout).toMatch(OUR_COLORS);
    expect(stdout.replace(OUR_COLORS, "")).not.toMatch(ACTS);
  });

  it("nor is a command of a CI system in a diff", () => {
    const { stdout } = fromlint(folderFor(FILES), `--fix-dry-run ${ALL}`);
    expect(stdout).not.toMatch(LOG_COMMAND);
  });

  it("in a diff, but for the carriage return that ends a line", () => {
    const { stdout, stderr } = fromlint(
      folderFor({ ...FILES, "Dockerfile.crlf": "FROM node\r\n" }),
      `--fix-dry-run ${ALL}`,
    );
    expect(stdout).toContain("+FROM node:");
    expect(withoutDiffSpace(stdout)).not.toMatch(ACTS);
    expect(stderr).not.toMatch(ACTS);
  });
});

describe.runIf(process.platform !== "win32")("no line is forged", () => {
  it("compact has one line a finding, each of a file that is there", () => {
    const { stdout } = fromlint(folderFor(FILES), "--format compact");
    const lines = stdout.split("\n").slice(0, -1);
    const results = JSON.parse(fromlint(folderFor(FILES), "--format json").stdout) as LintResult[];
    expect(lines).toHaveLength(results.flatMap(({ messages }) => messages).length);
    for (const line of lines) expect(line).toMatch(/^[^\n]+:\d+:\d+: (?:error|warning) .+ \[[a-z-]+\]$/);
    expect(lines).not.toContain(FORGED);
  });

  it("text shows a line of the file only behind its number", () => {
    const { stdout } = fromlint(folderFor(FILES), "--format text");
    for (const line of stdout.split("\n")) {
      expect(line).toMatch(
        /^$|^(?:error|warning)\[[a-z-]+\]: \S|^ +--> |^ *\d* +\| |^ *\d* +\|$|^ +\|? *[-^]+|^ += |^\.\.\.$|^\d+ /,
      );
    }
    expect(stdout).not.toMatch(/^(?:::error|##vso|error\[no-latest\]: forged)/m);
  });

  it("a diff names every file in one line", () => {
    const { stdout } = fromlint(folderFor(FILES), `--fix-dry-run ${ALL}`);
    const names = stdout.split("\n").filter((line) => /^(?:---|\+\+\+) /.test(line));
    expect(names).toHaveLength(2 * Object.keys(FILES).length);
    for (const name of names) expect(name).toMatch(/^(?:--- "?a\/|\+\+\+ "?b\/)/);
  });

  it("JSON is JSON, and gives back what the file said", () => {
    const results = JSON.parse(fromlint(folderFor(FILES), "--format json").stdout) as LintResult[];
    expect(results.map(({ source }) => source).sort()).toEqual(Object.values(FILES).sort());
    expect(results.some(({ filePath }) => filePath.endsWith(FORGED))).toBe(true);
  });
});

describe("what fails the run is said in one line", () => {
  it.each<[string, Files, string[]]>([
    ["a path", {}, [`nothing\nfromlint: all is well${CLEAR}`]],
    ["an option", {}, [`--format=${CLEAR}\r`]],
    ["an option that is none", {}, [`--${CLEAR}\n`]],
    ["a rule", {}, ["--rule", `${CLEAR}\n=off`]],
    ["a key of a policy", { "fromlint.yaml": `"${String.raw`\e[2J\n\u202e`}": 1\n` }, []],
    ["a value of a policy", { "fromlint.yaml": `builder: "${String.raw`\e[2J\n\u202e`}"\n` }, []],
    ["a policy that is no YAML", { "fromlint.yaml": `a: "${CLEAR}\u202e\r` }, []],
    [
      "a policy in a folder of such a name",
      { "a\n\x1b[2J/fromlint.yaml": "ruls: {}\n", "a\n\x1b[2J/Dockerfile": "FROM scratch\n" },
      [],
    ],
  ])("%s", (_title, files, argv) => {
    const { code, stdout, stderr } = fromlint(folderFor({ Dockerfile: "FROM scratch\n", ...files }), argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^fromlint: [^\n]+\n$/);
    expect(stderr).not.toMatch(ACTS);
  });
});

it("holds for any text in any format", async () => {
  const folder = folderFor({});
  const hostile = fc
    .oneof(dockerfiles, fc.string({ unit: "binary", maxLength: 100 }))
    .map((text) => `FROM node\n${text}`);
  const argv = fc.constantFrom("-", "- --format compact", "- --format json", "bases -", `- --fix-dry-run ${ALL}`);
  const property = fc.asyncProperty(hostile, argv, async (stdin, line) => {
    const { code, stdout, stderr } = await runIn(folder, line, { stdin });
    expect(code).toBeLessThan(2);
    expect(withoutDiffSpace(stdout)).not.toMatch(ACTS);
    expect(stderr).not.toMatch(ACTS);
    if (line.includes("json")) expect(JSON.parse(stdout)).toHaveLength(1);
  });
  await fc.assert(property, { numRuns: 300 });
});
