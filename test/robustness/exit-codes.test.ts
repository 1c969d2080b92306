/** What a hook or CI sees of a run: exit code, and which stream says what. */
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderFor, fromlint, type Files } from "./command.js";

const CLEAN: Files = { Dockerfile: "FROM scratch\n" };
/** One warning: pinned at major level only. */
const WARNING: Files = { Dockerfile: "FROM node:22\n" };
const ERROR: Files = { Dockerfile: "FROM node\n" };

describe("exit code", () => {
  it.each<[code: number, title: string, files: Files, argv: string]>([
    [0, "clean", CLEAN, ""],
    [0, "a warning", WARNING, ""],
    [1, "an error", ERROR, ""],
    [1, "an error in one of many files", { ...CLEAN, "a/Dockerfile": "FROM node\n" }, ""],
    [0, "an error that a comment silences", { Dockerfile: "# fromlint-disable-file explicit-tag\nFROM node\n" }, ""],
    [0, "an error that the policy turns off", { ...ERROR, "fromlint.yaml": "rules: { explicit-tag: off }\n" }, ""],
    [
      1,
      "a warning that the policy makes an error",
      { ...WARNING, "fromlint.yaml": "rules: { pin-precision: error }\n" },
      "",
    ],
    [0, "as many warnings as allowed", WARNING, "--max-warnings 1"],
    [1, "a warning too many", WARNING, "--max-warnings 0"],
    [1, "a warning too many, not shown", WARNING, "--max-warnings 0 --quiet"],
    [0, "a warning, not shown", WARNING, "--quiet"],
    [1, "an error among warnings that are not shown", ERROR, "--quiet"],
    [1, "an error, and warnings as allowed", ERROR, "--max-warnings 5"],
    [0, "all fixed", ERROR, "--fix --apply explicit-tag"],
    [1, "what fixing leaves", { Dockerfile: "FROM node\nFROM Node\nRUN\nRUNN\n" }, "--fix"],
    [0, "no Dockerfile", { "README.md": "" }, ""],
    [0, "a report in a file", CLEAN, "--output report.txt"],
    [1, "findings in a file", ERROR, "--output report.txt"],
    [0, "the inventory, whatever is in it", ERROR, "bases"],
    [0, "--help", CLEAN, "--help"],
    [0, "--version", CLEAN, "--version"],
    [0, "--list-rules", CLEAN, "--list-rules"],
    [2, "a path that does not exist", CLEAN, "Dockerfile gone"],
    [2, "an option that does not exist", CLEAN, "--fxi"],
    [2, "a value that cannot be", CLEAN, "--max-warnings many"],
    [2, "a rule that does not exist", CLEAN, "--rule gone=off"],
    [2, "a rule to apply that does not exist", CLEAN, "--fix --apply gone"],
    [2, "a broken policy", { ...CLEAN, "fromlint.yaml": "[" }, ""],
    [2, "a report that is a folder", { ...CLEAN, "out/x": "" }, "--output out"],
  ])("%i: %s", (code, _title, files, argv) => {
    const ran = fromlint(folderFor(files), argv);
    expect(ran.code).toBe(code);
    // What failed is said on stderr, and only there.
    if (code === 2) expect([ran.stdout, ran.stderr]).toEqual(["", expect.stringMatching(/^fromlint: [^\n]+\n$/)]);
    else if ("Dockerfile" in files && !argv.includes("--max-warnings 0")) expect(ran.stderr).toBe("");
  });
});

describe("what is said beside the findings", () => {
  it("a folder without Dockerfiles is told", () => {
    expect(fromlint(folderFor({ "docs/README.md": "" }), "docs")).toEqual({
      code: 0,
      stdout: "",
      stderr: "fromlint: no Dockerfiles found in docs.\n",
    });
  });

  it("why warnings fail the run", () => {
    const { stdout, stderr } = fromlint(folderFor(WARNING), "--max-warnings 0 --quiet");
    expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "fromlint: 1 warning, and --max-warnings allows 0.\n" });
  });

  it("--quiet shows errors, and counts them", () => {
    const { stdout } = fromlint(folderFor({ Dockerfile: "FROM node:22\nFROM node\n" }), "--quiet");
    expect(stdout).toContain("error[explicit-tag]");
    expect(stdout).not.toContain("pin-precision");
    expect(stdout).toContain("1 error in 1 file.");
  });
});

it("2: fixes that cannot be written, said in one line; the findings are reported as they are", () => {
  const folder = folderFor({ "closed/Dockerfile": "FROM node\n" });
  chmodSync(join(folder, "closed/Dockerfile"), 0o444);
  const { code, stdout, stderr } = fromlint(folder, "--fix --apply explicit-tag");
  expect(code).toBe(2);
  expect(stdout).toContain("error[explicit-tag]");
  expect(stderr).toBe("fromlint: closed/Dockerfile: the fixes cannot be written (permission denied).\n");
});
