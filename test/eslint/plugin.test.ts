/** The plugin in the real ESLint, as eslint.config.js uses it. */
import { ESLint, Linter } from "eslint";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isDockerfileName } from "../../src/files/dockerfile-names.js";
import fromlint, { loadPolicy } from "../../src/eslint.js";

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "fromlint-eslint-"));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

const { recommended } = fromlint.configs;

function lint(code: string, config: Linter.Config = recommended): Linter.LintMessage[] {
  return new Linter({ cwd: project }).verify(code, [config], { filename: join(project, "Dockerfile") });
}

/** `3 fromlint/no-latest`: line and rule of each finding. */
function found(code: string, config?: Linter.Config): string[] {
  return lint(code, config).map(({ line, ruleId, message }) => `${line} ${ruleId ?? message}`);
}

describe("configs.recommended", () => {
  it("finds what the command finds, under the same name", () => {
    expect(found("FROM golang:latest\n")).toEqual(["1 fromlint/no-latest"]);
  });

  it.each([
    "Dockerfile",
    "Dockerfile.prod",
    "web.Dockerfile",
    "web.dockerfile",
    "services/api/Containerfile",
    "Containerfile.build",
    "Dockerfile.dockerignore",
    "README.md",
    "dockerfile.js",
  ])("lints %s exactly when the command does", async (file) => {
    const eslint = new ESLint({ cwd: project, overrideConfigFile: true, overrideConfig: [recommended] });
    const config = (await eslint.calculateConfigForFile(join(project, file))) as { language?: unknown } | undefined;
    expect(config?.language !== undefined && !isJs(file)).toBe(isDockerfileName(file.split("/").at(-1) ?? ""));
  });

  it("fixes with --fix", async () => {
    write("Dockerfile", "FROM alpine:3.24.1\nWORKDIR /app\nWORKDIR /app\nCOPY a.txt .\n");
    const eslint = new ESLint({ cwd: project, overrideConfigFile: true, overrideConfig: [recommended], fix: true });
    const [result] = await eslint.lintFiles(["Dockerfile"]);
    expect(result?.output).toBe("FROM alpine:3.24.1\nWORKDIR /app\nCOPY a.txt .\n");
  });

  it("offers suggestions", () => {
    const [message] = lint("FROM golang:latest\n");
    expect(message?.suggestions?.map(({ desc }) => desc)).toEqual([expect.stringMatching(/^Use `golang:\d/)]);
  });

  it("reads a file with a byte order mark and Windows line ends", () => {
    expect(lint("\ufeffFROM alpine:3.24.1\r\nFROM golang:latest\r\n")).toMatchObject([{ line: 2, column: 6 }]);
  });
});

describe("configs.strict", () => {
  it("turns on what recommended leaves out", () => {
    const { strict } = fromlint.configs;
    expect(Object.keys(strict.rules ?? {})).toEqual(Object.keys(recommended.rules ?? {}));
    expect(Object.values(strict.rules ?? {}).filter((level) => level === 2).length).toBeGreaterThan(
      Object.values(recommended.rules ?? {}).filter((level) => level === 2).length,
    );
  });
});

describe("a lock file", () => {
  const digest = `sha256:${"a".repeat(64)}`;
  const header = "# fromlint.lock 1: any\n";
  beforeEach(() => write(".git/HEAD", ""));

  it("beside the policy, else at the git root, is held against the images", () => {
    expect(found("FROM alpine:3.24.1\n")).toEqual([]);
    write("fromlint.lock", header);
    expect(found("FROM alpine:3.24.1\n")).toEqual(["1 fromlint/locked-base"]);
    write("fromlint.lock", `${header}docker.io/library/alpine:3.24.1 ${digest}\n`);
    expect(found("FROM alpine:3.24.1\n")).toEqual([]);
  });

  it("is wanted by the config strict", () => {
    expect(found("FROM alpine:3.24.1\n", fromlint.configs.strict)).toEqual(["1 fromlint/locked-base"]);
  });

  it("that is broken is said, and nothing is linted", () => {
    write("fromlint.lock", "<<<<<<< ours\n");
    const [message] = lint("FROM golang:latest\n");
    expect(message).toMatchObject({
      fatal: true,
      message: expect.stringMatching(/The lock file is broken, .*fromlint\.lock:1: /) as string,
    });
  });

  it("counts for ESLint's cache", () => {
    write("fromlint.yaml", "");
    const file = join(project, "fromlint.yaml");
    const before = loadPolicy(file).digest;
    write("fromlint.lock", header);
    expect(loadPolicy(file).digest).not.toBe(before);
  });
});

describe("disable comments of ESLint", () => {
  it.each([
    ["# eslint-disable-next-line fromlint/no-latest -- rebuilt every night\nFROM golang:latest\n", []],
    ["# eslint-disable fromlint/no-latest\nFROM golang:latest\n", []],
    ["# eslint-disable\nFROM golang:latest\n", []],
    ["# eslint-disable\n# eslint-enable\nFROM golang:latest\n", ["3 fromlint/no-latest"]],
    ["# eslint-disable-next-line fromlint/explicit-tag\nFROM golang:latest\n", ["2 fromlint/no-latest"]],
    ["# eslint-disabled\nFROM golang:latest\n", ["2 fromlint/no-latest"]],
  ])("%j", (code, expected) => {
    const config = { ...recommended, linterOptions: { reportUnusedDisableDirectives: "off" as const } };
    expect(found(code, config)).toEqual(expected);
  });

  it("are told when they are unused, and can be removed", () => {
    const [message] = lint("# eslint-disable-next-line fromlint/no-latest\nFROM alpine:3.24.1\n");
    expect(message?.message).toMatch(/^Unused eslint-disable directive/);
    expect(message?.fix).toEqual({ range: [0, 45], text: " " });
  });
});

describe("fromlint's own comments and exemptions", () => {
  it.each([
    ["# fromlint-disable-next-line no-latest -- rebuilt every night\nFROM golang:latest\n"],
    ["# hadolint ignore=DL3007\nFROM golang:latest\n"],
  ])("count: %j", (code) => {
    expect(found(code)).toEqual([]);
  });

  it("so does an exemption of the policy", () => {
    const exemption = { rule: "no-latest", image: "golang:*", reason: "moves in spring" };
    write("fromlint.yaml", JSON.stringify({ exemptions: [exemption] }));
    expect(found("FROM golang:latest\nFROM node:latest\n")).toEqual(["2 fromlint/no-latest"]);
  });
});

describe("the policy", () => {
  it("is the nearest fromlint.yaml, also after it has changed", () => {
    write("fromlint.yaml", "bases: { deny: [alpine:*] }\n");
    expect(found("FROM alpine:3.24.1\n")).toEqual(["1 fromlint/approved-base"]);
    write("fromlint.yaml", "bases: { deny: [debian:*] }\n");
    expect(found("FROM alpine:3.24.1\n")).toEqual([]);
  });

  it("is the one of languageOptions.policy, whose change changes the config and so ESLint's cache", () => {
    write("policies/strict.yaml", "bases: { deny: [alpine:*] }\n");
    const policy = loadPolicy(join(project, "policies/strict.yaml"));
    const config = { ...recommended, languageOptions: { policy } } as Linter.Config;
    expect(found("FROM alpine:3.24.1\n", config)).toEqual(["1 fromlint/approved-base"]);
    write("policies/strict.yaml", "bases: { deny: [debian:*] }\n");
    const changed = loadPolicy(join(project, "policies/strict.yaml"));
    expect(changed).toEqual({ ...policy, digest: changed.digest });
    expect(changed.digest).not.toBe(policy.digest);
  });

  it("decides which files are left out, and which rules are off", () => {
    write("fromlint.yaml", "rules: { no-latest: off }\n");
    expect(found("FROM golang:latest\n")).toEqual([]);
    write("fromlint.yaml", "ignore: [Dockerfile]\n");
    expect(found("FROM golang:latest\n")).toEqual([]);
  });

  it("gives a rule its options where the config gives none", () => {
    write("fromlint.yaml", "rules: { require-labels: [error, { labels: { owner: email } }] }\n");
    const rules = (...options: unknown[]): Linter.Config => {
      return { ...recommended, rules: { "fromlint/require-labels": ["error", ...options] } };
    };
    expect(lint("FROM alpine:3.24.1\n", rules())[0]?.message).toContain("owner");
    expect(lint("FROM alpine:3.24.1\n", rules({ labels: { version: "semver" } }))[0]?.message).toContain("version");
  });

  it("when it is broken, is an error of every file: nothing is linted without it", () => {
    write("fromlint.yaml", "bases: { dany: [alpine:*] }\n");
    const [message] = lint("FROM alpine:3.24.1\n");
    expect(message).toMatchObject({ fatal: true, severity: 2, line: 1 });
    expect(message?.message).toContain("fromlint.yaml:1:10: ");
    expect(message?.message).toContain("did you mean `deny`?");
  });
});

describe("locked rules", () => {
  beforeEach(() => write("fromlint.yaml", "bases: { deny: [alpine:*] }\nlocked: [approved-base]\n"));
  const denied = "FROM alpine:3.24.1\n";

  it.each([
    ["# eslint-disable-next-line fromlint/approved-base", "fromlint/approved-base is locked by the policy"],
    ["# eslint-disable", "the policy locks approved-base"],
  ])("are not disabled by `%s`, which is an error itself", (comment, said) => {
    const messages = lint(`${comment}\n${denied}`);
    expect(messages.map(({ ruleId }) => ruleId)).toEqual([null, "fromlint/approved-base"]);
    expect(messages[0]?.message).toContain(said);
    expect(messages[0]?.severity).toBe(2);
  });

  it("leave the other names of a comment in force; an unused one is removed alone", () => {
    const code = "# eslint-disable-next-line fromlint/no-latest, fromlint/approved-base\nFROM alpine:latest\n";
    expect(found(code).slice(1)).toEqual(["2 fromlint/approved-base"]);
    const [, unused] = lint(code.replace("latest\n", "3.24.1\n"));
    expect(unused?.fix).toEqual({ range: [27, 45], text: " " });
  });
});

describe("languageOptions that are wrong", () => {
  it.each([
    [{ polcy: 1 }, /no "polcy"; did you mean "policy"\?/],
    [{ policy: "fromlint.yaml" }, /languageOptions\.policy .*loadPolicy/],
    [{ date: "tomorrow" }, /languageOptions\.date .*2027-01-31/],
    [{ buildArgs: { A: 1 } }, /languageOptions\.buildArgs/],
    [{ context: "relative" }, /languageOptions\.context .*absolute/],
  ])("%j", (languageOptions, expected) => {
    expect(() => lint("FROM scratch\n", { ...recommended, languageOptions })).toThrow(expected);
  });

  it("a policy that is broken or not there", () => {
    write("broken.yaml", "bases: 1\n");
    expect(() => loadPolicy(join(project, "broken.yaml"))).toThrow(/broken\.yaml:1:\d+: /);
    expect(() => loadPolicy(join(project, "none.yaml"))).toThrow(/none\.yaml/);
  });
});

function isJs(file: string): boolean {
  return file.endsWith(".js");
}
