/** The real pre-commit, with the hooks of this repository, in a real git repository. */
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isDockerfileName } from "../../src/files/dockerfile-names.js";
import { root } from "../support/imports.js";
import { mustRun, newProject, type Project, type Run } from "./support/project.js";

const TAG = "v0.0.0";
const IDENTITY = {
  GIT_AUTHOR_NAME: "test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "test",
  GIT_COMMITTER_EMAIL: "test@example.com",
};

let hooks: Project;
let project: Project;
let git: (...args: string[]) => Run;

beforeAll(() => {
  hooks = newProject("hooks");
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const file of files.toString().split("\0").filter(Boolean)) cpSync(join(root, file), join(hooks.folder, file));
  const inHooks = (...args: string[]): void => expect(hooks.run("git", args, IDENTITY).status).toBe(0);
  inHooks("init", "--quiet");
  inHooks("add", "--all");
  inHooks("commit", "--quiet", "--message", "as it is");
  inHooks("tag", TAG);

  project = newProject("pre-commit");
  const environment = { ...IDENTITY, PRE_COMMIT_HOME: join(project.folder, ".cache") };
  git = (...args) => project.run("git", args, environment);
  project.write(".gitignore", ".cache/\n");
  project.write(".pre-commit-config.yaml", configWith("fromlint"));
  mustRun(project, "git", "init", "--quiet", "--initial-branch=main");
  mustRun(project, "pre-commit", "install");
});
afterAll(() => {
  hooks.remove();
  project.remove();
});

function configWith(hook: string): string {
  return `default_language_version: { node: system }
repos:
  - repo: ${hooks.folder}
    rev: ${TAG}
    hooks: [{ id: ${hook} }]
`;
}

function commit(): Run {
  git("add", "--all");
  return git("commit", "--message", "change");
}

describe("git commit", () => {
  it("is blocked by a finding, which is shown", () => {
    project.write("services/web.dockerfile", "FROM golang:latest\n");
    const { status, stderr } = commit();
    expect(stderr).toContain("error[no-latest]: `golang:latest` is another image after every release.");
    expect(status).toBe(1);
    expect(git("log").status).not.toBe(0);
  });

  it("is let through once it is corrected", () => {
    project.write("services/web.dockerfile", "FROM golang:1.27.0\n");
    const { status, stderr } = commit();
    expect(stderr).toMatch(/fromlint\.+Passed/);
    expect(status).toBe(0);
  });

  it("has nothing to do for other files", () => {
    project.write("README.md", "FROM golang:latest\n");
    expect(commit().stderr).toMatch(/fromlint\.+\(no files to check\)Skipped/);
  });
});

describe("fromlint-fix", () => {
  it("corrects, and blocks the commit until what it changed is added", () => {
    project.write(".pre-commit-config.yaml", configWith("fromlint-fix"));
    project.write("Containerfile", "FROM alpine:3.24.1\nWORKDIR /app\nWORKDIR /app\nCOPY a.txt .\n");
    const blocked = commit();
    expect(blocked.stderr).toContain("files were modified by this hook");
    expect(project.read("Containerfile")).toBe("FROM alpine:3.24.1\nWORKDIR /app\nCOPY a.txt .\n");
    expect(commit().status).toBe(0);
  });
});

describe("the hooks' file patterns", () => {
  const [hook] = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8")) as [
    { files: string; exclude: string },
  ];

  it.each([
    "Dockerfile",
    "a/Dockerfile.prod",
    "prod.dockerfile",
    "a/b/x.Dockerfile",
    "Containerfile",
    "Containerfile.dev",
    "Dockerfile.dockerignore",
    "NotADockerfile",
    "dockerfile.ts",
    "Dockerfiles/readme.md",
  ])("take %s exactly when the command does", (path) => {
    const isTaken = new RegExp(hook.files).test(path) && !new RegExp(hook.exclude).test(path);
    expect(isTaken).toBe(isDockerfileName(path.split("/").at(-1) ?? ""));
  });
});
