/** The published package as a plugin of the real ESLint: what README.md says, in a project of its own. */
import type { ESLint } from "eslint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packInto } from "./support/package.js";
import { mustRun, newProject, type Project, type Run } from "./support/project.js";

const CONFIG = `import { defineConfig } from "eslint/config";
import fromlint from "fromlint/eslint";

export default defineConfig([fromlint.configs.recommended]);
`;

describe.each([["10"], ["9"]])("ESLint %s", (version) => {
  let project: Project;
  beforeAll(() => {
    project = newProject(`eslint-${version}`);
    project.write("package.json", '{ "private": true, "type": "module" }');
    const tarball = packInto(project.folder);
    mustRun(project, "npm", "install", "--no-audit", "--no-fund", "--save-dev", tarball, `eslint@${version}`);
  });
  afterAll(() => project.remove());

  const eslint = (...args: string[]): Run => project.run("node", ["node_modules/eslint/bin/eslint.js", ...args]);
  const results = (...args: string[]): ESLint.LintResult[] => {
    const { stdout, stderr } = eslint("--format", "json", ...args);
    expect(stderr).toBe("");
    return JSON.parse(stdout) as ESLint.LintResult[];
  };
  const ruleIds = (...args: string[]): (string | null)[] =>
    results(...args).flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));

  it("is the version that was asked for", () => {
    expect(eslint("--version").stdout).toMatch(new RegExp(`^v${version}\\.`));
  });

  it("finds, with five lines of config", () => {
    project.write("eslint.config.js", CONFIG);
    project.write("Dockerfile", "FROM golang:latest\n");
    const { status, stdout } = eslint(".");
    expect(status).toBe(1);
    expect(stdout).toMatch(/1:6\s+error\s+`golang:latest` is another image .*fromlint\/no-latest/);
  });

  it("fixes with --fix", () => {
    project.write("Dockerfile", "FROM alpine:3.24.1\nWORKDIR /app\nWORKDIR /app\nCOPY a.txt .\n");
    expect(eslint("--fix", "Dockerfile").status).toBe(0);
    expect(project.read("Dockerfile")).toBe("FROM alpine:3.24.1\nWORKDIR /app\nCOPY a.txt .\n");
  });

  it("minds eslint-disable comments", () => {
    project.write("Dockerfile", "# eslint-disable-next-line fromlint/no-latest -- nightly\nFROM golang:latest\n");
    expect(ruleIds("Dockerfile")).toEqual([]);
  });

  it("keeps --cache right: loadPolicy puts the policy into the config", () => {
    const config = CONFIG.replace("import fromlint", "import fromlint, { loadPolicy }").replace(
      "[fromlint.configs.recommended]",
      '[{ ...fromlint.configs.recommended, languageOptions: { policy: loadPolicy("fromlint.yaml") } }]',
    );
    project.write("eslint.config.js", config);
    project.write("Dockerfile", "FROM alpine:3.24.1\n");
    project.write("fromlint.yaml", "bases: { deny: [debian:*] }\n");
    expect(ruleIds("--cache", "Dockerfile")).toEqual([]);
    project.write("fromlint.yaml", "bases: { deny: [alpine:*] }\n");
    expect(ruleIds("--cache", "Dockerfile")).toEqual(["fromlint/approved-base"]);
  });

  it("says what is wrong with a broken policy, and lints nothing", () => {
    project.write("eslint.config.js", CONFIG);
    project.write("fromlint.yaml", "bases: { dany: [alpine:*] }\n");
    const [result] = results("Dockerfile");
    expect(result).toMatchObject({ fatalErrorCount: 1 });
    expect(result?.messages[0]?.message).toContain("did you mean `deny`?");
    project.write("fromlint.yaml", "{}\n");
  });

  it("says what is wrong with an option", () => {
    project.write(
      "eslint.config.js",
      CONFIG.replace(
        "]);",
        ', { files: ["Dockerfile"], rules: { "fromlint/require-labels": ["error", { lables: {} }] } }]);',
      ),
    );
    const { status, stderr } = eslint("Dockerfile");
    expect(status).toBe(2);
    expect(stderr).toContain('Unexpected property "lables"');
  });

  it("lints JavaScript beside it as before", () => {
    const js = '[fromlint.configs.recommended, { files: ["**/*.js"], rules: { "no-undef": "error" } }]';
    project.write("eslint.config.js", CONFIG.replace("[fromlint.configs.recommended]", js));
    project.write("Dockerfile", "FROM golang:latest\n");
    project.write("index.js", "missing();\n");
    expect(ruleIds(".").sort()).toEqual(["fromlint/no-latest", "no-undef"]);
  });

  it("works from CommonJS", () => {
    project.write("cjs/package.json", '{ "type": "commonjs" }');
    project.write("cjs/eslint.config.js", 'module.exports = [require("fromlint/eslint").configs.recommended];\n');
    project.write("cjs/Dockerfile", "FROM golang:latest\n");
    expect(ruleIds("--config", "cjs/eslint.config.js", "cjs/Dockerfile")).toEqual(["fromlint/no-latest"]);
  });

  it("has types for eslint.config.ts", () => {
    mustRun(project, "npm", "install", "--no-audit", "--no-fund", "--save-dev", "typescript@6", "@types/node@20");
    const options = { module: "nodenext", strict: true, noEmit: true, types: ["node"] };
    project.write("tsconfig.json", JSON.stringify({ compilerOptions: options, files: ["eslint.config.ts"] }));
    const config = CONFIG.replace("import fromlint", "import fromlint, { loadPolicy }").replace(
      "[fromlint.configs.recommended]",
      '[{ ...fromlint.configs.strict, languageOptions: { policy: loadPolicy("fromlint.yaml") } }]',
    );
    project.write("eslint.config.ts", config);
    expect(project.run("node", ["node_modules/typescript/bin/tsc", "-p", "."])).toMatchObject({
      status: 0,
      stdout: "",
    });
    project.write("eslint.config.ts", config.replace("configs.strict", "configs.strickt"));
    expect(project.run("node", ["node_modules/typescript/bin/tsc", "-p", "."]).stdout).toContain(
      "'strickt' does not exist",
    );
  });
});
