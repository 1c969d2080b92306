/** The published package in a project of its own, on every Node that it is for. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer } from "../server/client.js";
import { nodeOf } from "./support/nodes.js";
import { packInto } from "./support/package.js";
import { mustRun, newProject, type Project } from "./support/project.js";

let project: Project;
beforeAll(() => {
  project = newProject("package");
  project.write("package.json", '{ "private": true }');
  mustRun(project, "npm", "install", "--no-audit", "--no-fund", packInto(project.folder));
  project.write("Dockerfile", "FROM golang:latest\n");
  project.write("fromlint.yaml", "rules: { no-latest: warn }\n");
});
afterAll(() => project.remove());

it("brings no other package", () => {
  const packages = readdirSync(join(project.folder, "node_modules")).filter((name) => !name.startsWith("."));
  expect(packages).toEqual(["fromlint"]);
});

describe.each([["20"], ["22"], ["24"]])("on Node %s", (major) => {
  let node: string;
  beforeAll(() => {
    node = nodeOf(major);
  });
  /** What a script prints. It has no cache folder: nothing that another Node left helps it. */
  const printed = (...args: string[]): string => {
    const { stdout, stderr } = project.run(node, args, { HOME: "", XDG_CACHE_HOME: "" });
    expect(stderr).toBe("");
    return stdout;
  };

  it("is that version", () => expect(printed("--version")).toMatch(new RegExp(`^v${major}\\.`)));

  it("lints, under a YAML policy, with compiled code and without", () => {
    const command = "node_modules/fromlint/bin/fromlint.cjs";
    const expected = /^Dockerfile:1:6: warning .+ \[no-latest\]\n/;
    expect(printed(command, "--format", "compact", "Dockerfile")).toMatch(expected);
    const caches = { XDG_CACHE_HOME: join(project.folder, `caches-${major}`) };
    for (const run of ["first", "second"]) {
      const { stdout } = project.run(node, [command, "--format", "compact", "Dockerfile"], caches);
      expect(stdout, run).toMatch(expected);
    }
    expect(readdirSync(join(caches.XDG_CACHE_HOME, "fromlint"))).not.toEqual([]);
  });

  it("leaves compiled code that the next run takes, also after many files in several threads", () => {
    const command = "node_modules/fromlint/bin/fromlint.cjs";
    const many = `many-${major}`;
    for (let index = 0; index < 120; index++) project.write(`${many}/${index}/Dockerfile`, "FROM scratch\nRUN a\n");
    const caches = { XDG_CACHE_HOME: join(project.folder, `caches-of-${many}`) };
    const folder = join(caches.XDG_CACHE_HOME, "fromlint");
    const times = (): number[] => readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs);
    expect(project.run(node, [command, "--concurrency", "2", many], caches).stdout).toContain("in 120 files");
    const before = times();
    project.run(node, [command, `${many}/0/Dockerfile`], caches);
    // What V8 refuses is made and written again.
    expect(times()).toEqual(before);
  });

  it.each([
    ["require()", "api.cjs", 'const { lint } = require("fromlint");'],
    ["import", "api.mjs", 'import { lint } from "fromlint";'],
  ])("is an API, by %s", (_title, file, first) => {
    project.write(file, `${first}\nconsole.log(lint("FROM golang:latest\\n").messages[0].ruleId);\n`);
    expect(printed(file)).toBe("no-latest\n");
  });

  it.each([
    ["require()", "plugin.cjs", 'const plugin = require("fromlint/eslint"); const { loadPolicy } = plugin;'],
    ["import", "plugin.mjs", 'import plugin, { loadPolicy } from "fromlint/eslint";'],
  ])("is an ESLint plugin, by %s", (_title, file, first) => {
    project.write(file, `${first}\nconsole.log(plugin.configs.recommended.language, typeof loadPolicy);\n`);
    expect(printed(file)).toBe("fromlint/dockerfile function\n");
  });

  it("serves editors", async () => {
    const command = [join(project.folder, "node_modules/fromlint/bin/fromlint.cjs"), "lsp", "--stdio"];
    const server = startServer({ node, command, cwd: project.folder });
    const answer = await server.request("initialize", { processId: null, rootUri: null, capabilities: {} });
    expect(answer).toMatchObject({ serverInfo: { name: "fromlint" } });
    expect(await server.close()).toBe(0);
  });
});

describe("types", () => {
  beforeAll(() => {
    const packages = ["typescript@6", "eslint@10", "@types/node@20"];
    mustRun(project, "npm", "install", "--no-audit", "--no-fund", "--save-dev", ...packages);
  });

  const API = `
    const result: LintResult = lint("FROM golang:latest", { filePath: "Dockerfile", today: "2026-01-01" });
    export const ids: readonly (string | null)[] = result.messages.map(({ ruleId }) => ruleId);
    // @ts-expect-error There is no such option.
    lint("", { filepath: "Dockerfile" });
    // @ts-expect-error A text is no number.
    export const lines: number[] = result.messages.map(({ message }) => message);
  `;
  const PLUGIN = `
    export const config = { ...plugin.configs.strict, languageOptions: { policy: loadPolicy("fromlint.yaml") } };
    // @ts-expect-error There is no such config.
    export const none = plugin.configs.loose;
  `;

  const FORMS: Readonly<Record<string, readonly [api: string, plugin: string]>> = {
    mts: ['import { lint, type LintResult } from "fromlint";', 'import plugin, { loadPolicy } from "fromlint/eslint";'],
    cts: [
      'import fromlint = require("fromlint");\nimport lint = fromlint.lint;\ntype LintResult = fromlint.LintResult;',
      'import plugin = require("fromlint/eslint");\nconst { loadPolicy } = plugin;',
    ],
  };

  it.each([
    ["node16", "node16", ["mts", "cts"]],
    ["preserve", "bundler", ["mts", "cts"]],
  ])("for a strict project: module %s, moduleResolution %s", (module, moduleResolution, extensions) => {
    const files = extensions.flatMap((extension) => {
      const [api, plugin] = FORMS[extension]!;
      project.write(`types/api.${extension}`, `${api}\n${API}`);
      project.write(`types/plugin.${extension}`, `${plugin}\n${PLUGIN}`);
      return [`types/api.${extension}`, `types/plugin.${extension}`];
    });
    const options = { module, moduleResolution, strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false };
    const config = { compilerOptions: { ...options, target: "es2022", noEmit: true, types: ["node"] }, files };
    project.write("tsconfig.json", JSON.stringify(config));
    expect(project.run("node", ["node_modules/typescript/bin/tsc", "-p", "."])).toMatchObject({
      status: 0,
      stdout: "",
    });
  });
});
