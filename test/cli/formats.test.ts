/** `--format`: several reports at once, where they go, and formatters that were made for ESLint. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../../src/report/formats.js";
import type { LintResult } from "../../src/result.js";
import { parseSarif, parseXml } from "../report/readers.js";
import { folderWith } from "./folder.js";
import { runIn } from "./run-in.js";

const FILES = { "app/Dockerfile": "FROM node:latest\n", "web/Dockerfile": "FROM node:24.19.0\n" };
const modules = resolve(import.meta.dirname, "../../node_modules");

describe("several formats at once", () => {
  it("each write their own report", async () => {
    const folder = folderWith(FILES);
    const argv = "--format text --format sarif=out/report.sarif --format junit=out/report.xml";
    const { code, stdout, stderr } = await runIn(folder, argv);
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(/^error\[no-latest\]/);
    expect(readdirSync(join(folder, "out")).sort()).toEqual(["report.sarif", "report.xml"]);
    const sarif = parseSarif(readFileSync(join(folder, "out/report.sarif"), "utf8")).runs[0];
    expect(sarif.results.map(({ ruleId }) => ruleId)).toEqual(["no-latest"]);
    expect(sarif.invocations[0].exitCode).toBe(1);
    expect(parseXml(readFileSync(join(folder, "out/report.xml"), "utf8")).children).toHaveLength(2);
  });

  it("leave the standard output empty where each has a file", async () => {
    const folder = folderWith(FILES);
    expect((await runIn(folder, "--format sarif=a --format gitlab=b")).stdout).toBe("");
    expect(JSON.parse(readFileSync(join(folder, "b"), "utf8"))).toHaveLength(1);
  });

  it.each(FORMATS.map(({ name }) => name))(
    "--format %s gives the same in a file as on the standard output",
    async (name) => {
      const folder = folderWith(FILES);
      const { stdout } = await runIn(folder, `--format ${name}`);
      await runIn(folder, `--format ${name}=report`);
      expect(readFileSync(join(folder, "report"), "utf8")).toBe(stdout);
      expect(stdout).toContain("latest");
    },
  );

  it.each(["bases", "layers app/Dockerfile", "--list-rules"])("%s has them, too", async (command) => {
    const folder = folderWith(FILES);
    const { stdout } = await runIn(folder, `${command} --format text --format json=out.json`);
    expect(stdout).not.toBe("");
    expect(JSON.parse(readFileSync(join(folder, "out.json"), "utf8"))).toBeTruthy();
  });

  it("are all written when one cannot be", async () => {
    const folder = folderWith({ ...FILES, file: "" });
    const { code, stderr } = await runIn(folder, "--format json=file/report --format junit=report.xml");
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^fromlint: The report cannot be written to file\/report \(.+\)\.\n$/),
    ]);
    expect(parseXml(readFileSync(join(folder, "report.xml"), "utf8")).children).toHaveLength(2);
  });

  it.each(["--format sarif=app/Dockerfile", "--format json --output app/Dockerfile"])(
    "never replace a Dockerfile: %s",
    async (argv) => {
      const folder = folderWith(FILES);
      const { code, stderr } = await runIn(folder, argv);
      expect([code, stderr]).toEqual([
        2,
        "fromlint: The report cannot go to app/Dockerfile: this is one of the Dockerfiles.\n",
      ]);
      expect(readFileSync(join(folder, "app/Dockerfile"), "utf8")).toBe(FILES["app/Dockerfile"]);
    },
  );

  it("leave the old report where the run fails", async () => {
    const folder = folderWith({ ...FILES, "fromlint.yaml": "ruls: {}\n", "out.sarif": "old" });
    expect((await runIn(folder, "--format sarif=out.sarif")).code).toBe(2);
    expect(readFileSync(join(folder, "out.sarif"), "utf8")).toBe("old");
  });

  it("say of --quiet and of waivers what text says", async () => {
    const folder = folderWith({
      Dockerfile: "# fromlint-disable-next-line no-latest -- for now\nFROM node:latest\nFROM debian:10.13\n",
    });
    const sarif = async (flags: string): Promise<string[]> => {
      const { stdout } = await runIn(folder, `--format sarif --date 2026-11-01 ${flags}`);
      return parseSarif(stdout).runs[0].results.map(
        ({ ruleId, suppressions }) => `${ruleId} ${suppressions ? "waived" : ""}`,
      );
    };
    expect(await sarif("")).toEqual(["no-eol-base ", "no-latest waived"]);
    expect(await sarif("--quiet")).toEqual(["no-latest waived"]);
  });
});

describe("paths in reports for code hosts", () => {
  it("start at the repository's root", async () => {
    const folder = folderWith({ "services/app/Dockerfile": "FROM node:latest\n" });
    mkdirSync(join(folder, ".git"));
    const inside = join(folder, "services");
    expect((await runIn(inside, "--format github")).stdout).toContain("file=services/app/Dockerfile,");
    expect((await runIn(inside, "--format gitlab")).stdout).toContain('"path":"services/app/Dockerfile"');
    const [result] = parseSarif((await runIn(inside, "--format sarif")).stdout).runs[0].results;
    expect(result!.locations[0].physicalLocation.artifactLocation.uri).toBe("services/app/Dockerfile");
    expect((await runIn(inside, "--format checkstyle")).stdout).toContain('<file name="app/Dockerfile">');
  });
});

describe("a formatter that was made for ESLint", () => {
  const own = (code: string, file = "mine.mjs"): string => folderWith({ ...FILES, [file]: code });

  it.each([
    [
      "a package by its short name",
      "unix",
      /^\/.+\/app\/Dockerfile:1:6: `node:latest` .+\[Error\/no-latest\]\n\n1 problem\n$/,
    ],
    ["a package by its whole name", "eslint-formatter-unix", /\[Error\/no-latest\]/],
    [
      "ESLint's stylish, by its path",
      join(modules, "eslint/lib/cli-engine/formatters/stylish.js"),
      /1:6 +error +`node:latest`/,
    ],
    [
      "ESLint's html, by its path",
      join(modules, "eslint/lib/cli-engine/formatters/html.js"),
      /<a href="https:[^"]+no-latest\.md"/,
    ],
    [
      "ESLint's json-with-metadata, by its path",
      join(modules, "eslint/lib/cli-engine/formatters/json-with-metadata.js"),
      /"rulesMeta":\{"approved-base":\{"type":"problem"/,
    ],
  ])("%s", async (_title, name, expected) => {
    const folder = folderWith(FILES);
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(join(modules, "eslint-formatter-unix"), join(folder, "node_modules/eslint-formatter-unix"), "junction");
    const { code, stdout, stderr } = await runIn(folder, ["--format", name]);
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(expected);
  });

  it("gets ESLint's results and what it knows of the rules", async () => {
    const folder = own("export default (results, context) => JSON.stringify({ results, context });");
    const { stdout } = await runIn(folder, "--format ./mine.mjs");
    const { results, context } = JSON.parse(stdout) as {
      results: LintResult[];
      context: { cwd: string; rulesMeta: Record<string, { docs: { url: string } }> };
    };
    expect(results.map(({ filePath, errorCount }) => [filePath, errorCount])).toEqual([
      [join(folder, "app/Dockerfile"), 1],
      [join(folder, "web/Dockerfile"), 0],
    ]);
    expect(context.cwd).toBe(folder);
    expect(context.rulesMeta["no-latest"]!.docs.url).toMatch(/\/docs\/rules\/no-latest\.md$/);
  });

  it.each([
    ["CommonJS", "mine.cjs", "module.exports = (results) => `${results.length} files`;"],
    [
      "compiled to CommonJS",
      "mine.cjs",
      "exports.__esModule = true; exports.default = (results) => `${results.length} files`;",
    ],
    ["an ES module", "mine.mjs", "export default (results) => `${results.length} files`;"],
    ["one that awaits while it loads", "mine.mjs", "await 0; export default (results) => `${results.length} files`;"],
    ["one that answers later", "mine.mjs", "export default async (results) => `${results.length} files`;"],
  ])("may be %s", async (_title, file, code) => {
    expect((await runIn(own(code, file), `--format ./${file}`)).stdout).toBe("2 files\n");
  });

  it.each([
    ["shiny", "eslint-formatter-shiny"],
    ["eslint-formatter-shiny", "eslint-formatter-shiny"],
    ["plain-name", "plain-name"],
    ["@acme/shiny", "@acme/eslint-formatter-shiny"],
    ["@acme", "@acme/eslint-formatter"],
    ["@acme/report", "@acme/report"],
  ])("--format %s is the package %s", async (name, folderName) => {
    const folder = folderWith({
      ...FILES,
      [`node_modules/${folderName}/package.json`]: JSON.stringify({
        name: folderName,
        version: "1.0.0",
        main: "main.js",
      }),
      [`node_modules/${folderName}/main.js`]: "module.exports = () => __filename;",
    });
    expect((await runIn(folder, ["--format", name])).stdout).toBe(
      `${join(folder, "node_modules", folderName, "main.js")}\n`,
    );
  });

  it("may go to a file beside other reports", async () => {
    const folder = own("export default (results) => `${results.length} files`;");
    await runIn(folder, "--format ./mine.mjs=out.txt --format json=out.json");
    expect(readFileSync(join(folder, "out.txt"), "utf8")).toBe("2 files\n");
    expect(JSON.parse(readFileSync(join(folder, "out.json"), "utf8"))).toHaveLength(2);
  });

  it.each([
    ["jsn", "--format jsn: there is no such format, and no package eslint-formatter-jsn here; did you mean json?"],
    [
      "xyzzyx",
      "--format xyzzyx: there is no such format, and no package eslint-formatter-xyzzyx here; there is text, compact, " +
        "json, sarif, github, gitlab, junit, checkstyle, markdown, html.",
    ],
    ["./nothing.js", "--format ./nothing.js: there is no such file."],
    ["nothing.mjs", "--format nothing.mjs: there is no such file."],
    ["./number.mjs", "--format ./number.mjs: this is no formatter, as its default export is not a function."],
    ["./broken.mjs", /^--format \.\/broken\.mjs: the formatter cannot be loaded \(.+\)\.$/],
    ["./throws.mjs", "--format ./throws.mjs: the formatter cannot be loaded (first line)."],
    ["./fails.mjs", "--format ./fails.mjs: the formatter failed (no luck\\x1b[2J)."],
    ["./rejects.mjs", "--format ./rejects.mjs: the formatter failed (it does not say why)."],
    ["./silent.mjs", "--format ./silent.mjs: the formatter failed (it returned no text)."],
  ])("fails the run in one line: %s", async (name, expected) => {
    const folder = folderWith({
      ...FILES,
      "number.mjs": "export default 1;",
      "broken.mjs": "export default (",
      "throws.mjs": "throw new Error('\\nfirst line\\nsecond line');",
      "fails.mjs": "export default () => { throw new Error('no luck\\x1b[2J'); };",
      "rejects.mjs": "export default () => Promise.reject('');",
      "silent.mjs": "export default () => 1;",
    });
    const { code, stdout, stderr } = await runIn(folder, ["--format", name]);
    expect([code, stdout]).toEqual([2, ""]);
    const [line = "", ...more] = stderr.split("\n");
    expect(more).toEqual([""]);
    const said = line.replace(/^fromlint: /, "");
    if (typeof expected === "string") expect(said).toBe(expected);
    else expect(said).toMatch(expected);
  });

  it("that fails keeps no other report from being written", async () => {
    const folder = own("export default () => { throw new Error('no luck'); };");
    expect((await runIn(folder, "--format ./mine.mjs --format json=out.json")).code).toBe(2);
    expect(JSON.parse(readFileSync(join(folder, "out.json"), "utf8"))).toHaveLength(2);
  });
});
