/** `fromlint [PATH…]`, from the command line to what is printed. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { LintResult } from "../../src/result.js";
import { folderWith } from "./folder.js";
import { runIn } from "./run-in.js";

/** An error: no tag. */
const UNTAGGED = "FROM node\n";
/** A warning: pinned at major level only. */
const LOOSE = "FROM node:22\n";
const CLEAN = "FROM scratch\n";

/** The findings of a run as `file rule`. */
function findings(json: string): string[] {
  return (JSON.parse(json) as LintResult[]).flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId }) => `${filePath.slice(filePath.lastIndexOf("/") + 1)} ${ruleId}`),
  );
}

describe("exit code", () => {
  it.each<[string, Record<string, string>, string, number]>([
    ["nothing found", { Dockerfile: CLEAN }, "", 0],
    ["an error", { Dockerfile: UNTAGGED }, "", 1],
    ["a warning", { Dockerfile: LOOSE }, "", 0],
    ["as many warnings as allowed", { Dockerfile: LOOSE }, "--max-warnings 1", 0],
    ["a warning too many", { Dockerfile: LOOSE }, "--max-warnings 0", 1],
    ["a warning too many that is not shown", { Dockerfile: LOOSE }, "--max-warnings 0 --quiet", 1],
    ["a warning made an error", { Dockerfile: LOOSE }, "--rule pin-precision=error", 1],
    ["an error turned off", { Dockerfile: UNTAGGED }, "--rule explicit-tag=off", 0],
    ["no Dockerfile", { "README.md": "" }, "", 0],
    ["a path that does not exist", { Dockerfile: CLEAN }, "Dockerfile nothing", 2],
    ["an option that does not exist", { Dockerfile: CLEAN }, "--nothing", 2],
    ["a rule that does not exist", { Dockerfile: CLEAN }, "--rule nothing=off", 2],
    ["a rule to apply that does not exist", { Dockerfile: CLEAN }, "--fix --apply nothing", 2],
    ["a build context that is not there", { Dockerfile: CLEAN }, "--context nothing", 2],
    ["a broken policy", { Dockerfile: CLEAN, "fromlint.yaml": "rules: [" }, "", 2],
    ["a policy that is not there", { Dockerfile: CLEAN }, "--config nothing.yaml", 2],
    ["an outer policy that is not there", { Dockerfile: CLEAN }, "--policy nothing.yaml", 2],
    ["a report that is a folder", { "out/x": "", Dockerfile: CLEAN }, "--output out", 2],
  ])("%s", async (_title, files, argv, code) => {
    const ran = await runIn(folderWith(files), argv);
    expect(ran.code).toBe(code);
    if (code === 2) {
      expect(ran.stdout).toBe("");
      expect(ran.stderr).toMatch(/^(?:fromlint: .+\n)+$/);
    }
  });

  it("says on stderr why warnings fail the run", async () => {
    const { stderr } = await runIn(folderWith({ Dockerfile: LOOSE }), "--max-warnings 0");
    expect(stderr).toBe("fromlint: 1 warning, and --max-warnings allows 0.\n");
  });

  it("says on stderr that there is nothing to lint", async () => {
    expect(await runIn(folderWith({ "a/x": "" }), "a --format json")).toEqual({
      code: 0,
      stdout: "[]\n",
      stderr: "fromlint: no Dockerfiles found in a.\n",
    });
  });
});

describe("one bad file never ends the run", () => {
  it("is a finding, and the others are linted", async () => {
    const folder = folderWith({
      "Dockerfile.a": UNTAGGED,
      "Dockerfile.utf16": Buffer.from("\ufeffFROM a", "utf16le"),
      "Dockerfile.z": UNTAGGED,
    });
    symlinkSync("nowhere", join(folder, "Dockerfile.link"));
    mkdirSync(join(folder, "Dockerfile.folder"));
    const { code, stdout } = await runIn(folder, "--format json");
    expect(code).toBe(1);
    const found = findings(stdout);
    expect(found).toContain("Dockerfile.a explicit-tag");
    expect(found).toContain("Dockerfile.z explicit-tag");
    expect(found).toContain("Dockerfile.utf16 valid-syntax");
    expect(found.filter((line) => line.startsWith("Dockerfile.link"))).toEqual(["Dockerfile.link valid-syntax"]);
    expect(found.filter((line) => line.startsWith("Dockerfile.folder"))).toEqual([]);
  });

  it("says why a file cannot be read", async () => {
    const folder = folderWith({});
    symlinkSync("nowhere", join(folder, "Dockerfile"));
    const { stdout } = await runIn(folder, "--format compact");
    expect(stdout).toContain("Dockerfile:1:1: error This file cannot be read (it is a link that leads nowhere)");
  });
});

describe("--format and --output", () => {
  it("json: one result a file, clean ones too", async () => {
    const folder = folderWith({ "a/Dockerfile": CLEAN, Dockerfile: UNTAGGED });
    const { stdout } = await runIn(folder, "--format json");
    const results = JSON.parse(stdout) as LintResult[];
    expect(results.map(({ filePath, errorCount }) => [filePath, errorCount])).toEqual([
      [join(folder, "Dockerfile"), 1],
      [join(folder, "a/Dockerfile"), 0],
    ]);
  });

  it("compact: one line a finding", async () => {
    const { stdout } = await runIn(folderWith({ Dockerfile: UNTAGGED }), "--format compact");
    expect(stdout).toMatch(/^Dockerfile:1:6: error .* \[explicit-tag\]\n$/);
  });

  it("writes the report to a file, in folders that it makes, and nothing else to stdout", async () => {
    const folder = folderWith({ Dockerfile: UNTAGGED });
    expect(await runIn(folder, "--format json --output out/report.json")).toEqual({ code: 1, stdout: "", stderr: "" });
    expect(findings(readFileSync(join(folder, "out/report.json"), "utf8"))).toEqual(["Dockerfile explicit-tag"]);
  });

  it("leaves an old report alone when the run fails", async () => {
    const folder = folderWith({ Dockerfile: CLEAN, "report.txt": "old" });
    expect((await runIn(folder, "nothing --output report.txt")).code).toBe(2);
    expect(readFileSync(join(folder, "report.txt"), "utf8")).toBe("old");
  });

  it("does not write the report over a Dockerfile that it lints", async () => {
    const folder = folderWith({ Dockerfile: UNTAGGED });
    expect((await runIn(folder, "--output Dockerfile")).code).toBe(2);
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toBe(UNTAGGED);
  });

  it("--quiet shows errors only", async () => {
    const folder = folderWith({ "Dockerfile.a": LOOSE, "Dockerfile.b": UNTAGGED });
    expect(findings((await runIn(folder, "--quiet --format json")).stdout)).toEqual(["Dockerfile.b explicit-tag"]);
    expect((await runIn(folder, "--quiet Dockerfile.a")).stdout).toBe("");
  });
});

describe("colour", () => {
  const colored = async (argv: string, isTerminal: boolean, env: Record<string, string> = {}): Promise<boolean> =>
    (await runIn(folderWith({ Dockerfile: UNTAGGED }), argv, { isTerminal, env })).stdout.includes("\x1b[");

  it.each<[string, string, boolean, Record<string, string>, boolean]>([
    ["a terminal", "", true, {}, true],
    ["a pipe", "", false, {}, false],
    ["NO_COLOR", "", true, { NO_COLOR: "1" }, false],
    ["NO_COLOR set to nothing", "", true, { NO_COLOR: "" }, true],
    ["a dumb terminal", "", true, { TERM: "dumb" }, false],
    ["FORCE_COLOR", "", false, { FORCE_COLOR: "1" }, true],
    ["FORCE_COLOR=0", "", true, { FORCE_COLOR: "0" }, false],
    ["NO_COLOR over FORCE_COLOR", "", false, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    ["--color over all", "--color", false, { NO_COLOR: "1" }, true],
    ["--no-color over all", "--no-color", true, { FORCE_COLOR: "1" }, false],
    ["a file", "--output x", true, {}, false],
  ])("%s", async (_title, argv, isTerminal, env, expected) => {
    expect(await colored(argv, isTerminal, env)).toBe(expected);
  });
});

describe("--fix", () => {
  const APPLY = "--fix --apply explicit-tag";

  it("writes the files and reports what is left", async () => {
    const folder = folderWith({ Dockerfile: "FROM node\nFROM $A\n" });
    const { code, stdout } = await runIn(folder, APPLY);
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toMatch(/^FROM node:[\w.-]+\nFROM \$A\n$/);
    expect(stdout).toContain("Fixed 1 file.");
    expect(stdout).toContain("unresolved-base");
    expect(stdout).not.toContain("explicit-tag");
    expect(code).toBe(0);
  });

  it("keeps the byte order mark, the line ends and every other byte", async () => {
    const folder = folderWith({ Dockerfile: "\ufeffFROM node\r\nRUN a\t \r\n\n# ümläut" });
    await runIn(folder, APPLY);
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toMatch(
      /^\ufeffFROM node:[\w.-]+\r\nRUN a\t \r\n\n# ümläut$/,
    );
  });

  it("does not touch a file that is not UTF-8", async () => {
    const bytes = Buffer.concat([Buffer.from("FROM node\n# "), Buffer.from([0xe9])]);
    const folder = folderWith({ Dockerfile: bytes });
    await runIn(folder, APPLY);
    expect(readFileSync(join(folder, "Dockerfile"))).toEqual(bytes);
  });

  it("with `-` prints the fixed text, and the report on stderr", async () => {
    const { stdout, stderr } = await runIn(folderWith({}), `- ${APPLY}`, { stdin: "FROM node\nFROM $A\n" });
    expect(stdout).toMatch(/^FROM node:[\w.-]+\nFROM \$A\n$/);
    expect(stderr).toContain("unresolved-base");
  });

  it("with `-` prints what came in when there is nothing to fix, to the byte", async () => {
    const stdin = Buffer.from([...Buffer.from(UNTAGGED), 0xff, 0x00]);
    const { stdout } = await runIn(folderWith({}), "- --fix", { stdin });
    expect(Buffer.from(stdout)).toEqual(Buffer.from(stdin.toString()));
  });
});

describe("--fix-dry-run", () => {
  it("prints a diff, changes nothing, and reports on stderr", async () => {
    const folder = folderWith({ "app/Dockerfile": "FROM node\nRUN make\n" });
    const { stdout, stderr } = await runIn(folder, "--fix-dry-run --apply explicit-tag");
    expect(stdout.replace(/node:[\w.-]+/, "node:TAG")).toBe(
      [
        "--- a/app/Dockerfile",
        "+++ b/app/Dockerfile",
        "@@ -1,2 +1,2 @@",
        "-FROM node",
        "+FROM node:TAG",
        " RUN make",
        "",
      ].join("\n"),
    );
    expect(stderr).toContain("Would fix 1 file.");
    expect(readFileSync(join(folder, "app/Dockerfile"), "utf8")).toBe("FROM node\nRUN make\n");
  });

  it("has `output` in its JSON", async () => {
    const folder = folderWith({ Dockerfile: UNTAGGED });
    const { stderr } = await runIn(folder, "--fix-dry-run --apply explicit-tag --format json");
    expect((JSON.parse(stderr) as LintResult[])[0]!.output).toMatch(/^FROM node:/);
  });
});

describe("the standard input", () => {
  it("is named by --stdin-filename, whose folder's policy holds", async () => {
    const folder = folderWith({ "app/fromlint.yaml": "rules: { explicit-tag: off }\n" });
    const named = await runIn(folder, "- --stdin-filename app/Dockerfile --format json", { stdin: UNTAGGED });
    expect(JSON.parse(named.stdout)).toMatchObject([{ filePath: join(folder, "app/Dockerfile"), errorCount: 0 }]);
    const unnamed = await runIn(folder, "- --format json", { stdin: UNTAGGED });
    expect(JSON.parse(unnamed.stdout)).toMatchObject([{ filePath: "<stdin>", errorCount: 1 }]);
  });
});

describe("--target", () => {
  const STAGES = "FROM scratch AS Build\nFROM node AS prod\n";

  it.each<[title: string, files: Record<string, string>, argv: string, code: number, stderr: string]>([
    ["a stage of the file, in any case", { Dockerfile: STAGES }, "--target BUILD", 1, ""],
    [
      "one that it does not have fails the run, with a hint",
      { Dockerfile: STAGES },
      "--target prdo",
      2,
      'Dockerfile: target stage "prdo" could not be found. Did you mean prod? The last stage counted as the one that is built.',
    ],
    [
      "with the names that there are",
      { Dockerfile: STAGES },
      "--target nothing",
      2,
      'Dockerfile: target stage "nothing" could not be found. There is build, prod. The last stage counted as the one that is built.',
    ],
    [
      "a number is no name",
      { Dockerfile: "FROM node\n" },
      "--target 0",
      2,
      'Dockerfile: target stage "0" could not be found. The last stage counted as the one that is built.',
    ],
    [
      "files without it beside one that has it are only told",
      { "a/Dockerfile": STAGES, "b/Dockerfile": CLEAN },
      "--target build",
      1,
      'b/Dockerfile: target stage "build" could not be found. The last stage counted as the one that is built.',
    ],
    ["a file without any stage has other worries", { Dockerfile: "RUN x\n" }, "--target build", 1, ""],
    [
      "with --fix",
      { Dockerfile: STAGES },
      "--target x --fix",
      2,
      'Dockerfile: target stage "x" could not be found. There is build, prod. The last stage counted as the one that is built.',
    ],
  ])("%s", async (_title, files, argv, code, stderr) => {
    const ran = await runIn(folderWith(files), `${argv} --format json`);
    expect([ran.code, ran.stderr]).toEqual([code, stderr && `fromlint: ${stderr}\n`]);
    // Nothing else is lost.
    expect(findings(ran.stdout)).toHaveLength(code === 0 ? 0 : 1);
  });

  it("says it for the first of very many", async () => {
    const files = Array.from({ length: 30 }, (_, index) => [`d${10 + index}/Dockerfile`, CLEAN] as const);
    const { code, stderr } = await runIn(folderWith(Object.fromEntries(files)), "--target x");
    const lines = stderr.trimEnd().split("\n");
    expect([code, lines.length, lines.at(-1)]).toEqual([2, 21, "fromlint: The same for 10 more files."]);
  });

  it("is looked for by bases, too", async () => {
    const { code, stdout, stderr } = await runIn(folderWith({ Dockerfile: "FROM node:24\n" }), "bases --target x");
    expect([code, stdout.includes("node:24")]).toEqual([2, true]);
    expect(stderr).toMatch(/target stage "x" could not be found/);
  });

  it("reaches a terminal in plain characters only", async () => {
    const { stderr } = await runIn(folderWith({ Dockerfile: CLEAN }), ["--target", "a\u001b[2J\u202eb"]);
    expect(stderr).toMatch(/^fromlint: Dockerfile: target stage "a/);

    expect(stderr).not.toMatch(/[\u001b\u202e]/);
  });
});

describe("policies", () => {
  it("the nearest one above each file holds", async () => {
    const folder = folderWith({
      "fromlint.yaml": "rules: { explicit-tag: off }\n",
      "Dockerfile.off": UNTAGGED,
      "strict/fromlint.json": '{ "rules": { "explicit-tag": "error" } }',
      "strict/deep/Dockerfile.on": UNTAGGED,
    });
    expect(findings((await runIn(folder, "--format json")).stdout)).toEqual(["Dockerfile.on explicit-tag"]);
  });

  it("a broken one anywhere stops the run before anything is linted", async () => {
    const folder = folderWith({
      "a/Dockerfile": UNTAGGED,
      "b/Dockerfile": UNTAGGED,
      "b/fromlint.yaml": "rules:\n  explicit-tga: off\n",
    });
    const { code, stdout, stderr } = await runIn(folder, "");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^fromlint: b\/fromlint\.yaml:2:3: .*`explicit-tag`.*\n$/);
  });

  it("all that is wrong is said, a line each", async () => {
    const folder = folderWith({ Dockerfile: CLEAN, "fromlint.yaml": "ruls: {}\nbuilder: docker\n" });
    const { stderr } = await runIn(folder, "");
    expect(stderr.split("\n").map((line) => line.slice(0, 29))).toEqual([
      "fromlint: fromlint.yaml:1:1: ",
      "fromlint: fromlint.yaml:2:10:",
      "",
    ]);
  });

  it("--config stands in for all of them", async () => {
    const folder = folderWith({
      "fromlint.yaml": "broken: [",
      "other.yaml": "rules: { explicit-tag: off }\n",
      Dockerfile: UNTAGGED,
    });
    expect(await runIn(folder, "--config other.yaml --format json")).toMatchObject({ code: 0, stderr: "" });
  });

  it.each(["--policy org.yaml", ""])("an outer one holds beside them, and nothing weakens it: %s", async (argv) => {
    const folder = folderWith({
      "org.yaml": "extends: []\nrules: { explicit-tag: error }\nlocked: [explicit-tag]\n",
      "repo/fromlint.yaml": "rules: { explicit-tag: off, no-latest: off }\nignore: ['**']\n",
      "repo/Dockerfile": "# fromlint-disable-file explicit-tag\nFROM node\nFROM node:latest\n",
    });
    const env = argv === "" ? { FROMLINT_POLICY: "org.yaml" } : {};
    const { code, stdout } = await runIn(folder, `${argv} --format json repo`, { env });
    expect(code).toBe(1);
    expect(findings(stdout)).toContain("Dockerfile explicit-tag");
    expect(findings(stdout)).not.toContain("Dockerfile no-latest");
  });

  it("what a policy ignores is not linted, even when named, but with --no-ignore", async () => {
    const folder = folderWith({ "fromlint.yaml": "ignore: ['vendor/**']\n", "vendor/Dockerfile": UNTAGGED });
    expect(await runIn(folder, "vendor/Dockerfile")).toMatchObject({
      code: 0,
      stderr: "fromlint: the policy ignores this file.\n",
    });
    expect((await runIn(folder, "--no-ignore vendor/Dockerfile")).code).toBe(1);
  });

  it("an expired exemption is told once, at its line in the policy", async () => {
    const folder = folderWith({
      "fromlint.yaml": "exemptions:\n  - { rule: explicit-tag, until: 2026-06-30, reason: TEAM-1 }\n",
      "a/Dockerfile": UNTAGGED,
      "b/Dockerfile": UNTAGGED,
    });
    const compact = async (date: string): Promise<string[]> =>
      (await runIn(folder, `--format compact --date ${date}`)).stdout
        .split("\n")
        .filter((line) => line.includes("valid-waiver"));
    expect(await compact("2026-06-30")).toEqual([]);
    expect(await compact("2026-07-01")).toEqual([expect.stringMatching(/^fromlint\.yaml:2:5: warning .*2026-06-30/)]);
  });

  it("an unused exemption is told when all that it could hold for was linted", async () => {
    const folder = folderWith({
      "fromlint.yaml": "exemptions: [{ rule: explicit-tag, image: nginx, reason: TEAM-1 }]\n",
      "a/Dockerfile": UNTAGGED,
      "b/Dockerfile": "FROM nginx\n",
    });
    const isTold = async (argv: string): Promise<boolean> =>
      (await runIn(folder, argv)).stdout.includes("valid-waiver");
    expect(await isTold("")).toBe(false);
    expect(await isTold("a")).toBe(false);
    writeFileSync(join(folder, "b/Dockerfile"), CLEAN);
    expect(await isTold("")).toBe(true);
    expect(await isTold("a b")).toBe(false);
    expect(await isTold("--exclude c")).toBe(false);
  });
});

describe("--print-config", () => {
  it("prints what holds for a file, and where it is written", async () => {
    const folder = folderWith({ "fromlint.yaml": "rules:\n  no-latest: off\n" });
    const { code, stdout } = await runIn(folder, "--print-config app/Dockerfile");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      file: "fromlint.yaml",
      rules: { "no-latest": { severity: "off", from: "fromlint.yaml:2:3" } },
    });
  });

  it("shows what --context and --rule set", async () => {
    const folder = folderWith({ "app/x": "" });
    const { stdout } = await runIn(folder, "--print-config Dockerfile --context app --rule no-latest=warn");
    expect(JSON.parse(stdout)).toMatchObject({
      context: { value: "app" },
      rules: { "no-latest": { severity: "warn", from: "--rule" } },
    });
  });

  it("prints both where an outer policy holds as well", async () => {
    const folder = folderWith({ "fromlint.yaml": "{}\n", "org.yaml": "{}\n" });
    const { stdout } = await runIn(folder, "--print-config Dockerfile --policy org.yaml");
    expect(JSON.parse(stdout)).toMatchObject([{ outer: true }, { outer: false }]);
  });
});

describe("--list-rules", () => {
  it("is a line a rule", async () => {
    const { code, stdout } = await runIn(folderWith({}), "--list-rules");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^explicit-tag +error +suggest +.+$/m);
  });

  it("is an array for machines", async () => {
    const { stdout } = await runIn(folderWith({}), "--list-rules --format json");
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ name: "explicit-tag", recommended: "error" }));
  });
});

describe("progress", () => {
  it("is not shown for a short run", async () => {
    const { stderr } = await runIn(folderWith({ Dockerfile: CLEAN }), "", { isTerminal: true });
    expect(stderr).toBe("");
  });
});
