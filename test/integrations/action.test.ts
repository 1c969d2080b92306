/** The GitHub Action's entry as a runner starts it: with nothing but its inputs and GitHub's files. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../support/imports.js";
import { mustRun, newProject, type Project } from "./support/project.js";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
}

const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as Action;

let project: Project;
beforeEach(() => {
  project = newProject("action");
  project.write("Dockerfile", "FROM golang:latest\nFROM node:22\n");
});
afterEach(() => project.remove());

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs it with the defaults of action.yml and these inputs. */
function start(inputs: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}): Ended {
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default]);
  const all = { ...Object.fromEntries(defaults), ...inputs } as Record<string, string>;
  const files = {
    GITHUB_OUTPUT: join(project.folder, ".output"),
    GITHUB_STEP_SUMMARY: join(project.folder, ".summary"),
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, action.runs.main)], {
    cwd: project.folder,
    encoding: "utf8",
    timeout: 60_000,
    env: {
      PATH: process.env.PATH,
      ...Object.fromEntries(Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ...files,
      ...env,
    },
  });
  const text = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
  const outputs = [...text(files.GITHUB_OUTPUT).matchAll(/^(.+)<<(.+)\n([^]*?)\n?\2$/gm)];
  return {
    status,
    stdout,
    stderr,
    summary: text(files.GITHUB_STEP_SUMMARY),
    outputs: Object.fromEntries(outputs.map(([, name = "", , value = ""]) => [name, value])),
  };
}

it("action.yml is one that GitHub takes", () => {
  const validator = join(root, "node_modules/@action-validator/cli/cli.mjs");
  // The validator's schema ends at Node 20, which GitHub has retired; everything else is checked as it stands.
  expect(action.runs.using).toBe("node24");
  project.write("action.yml", readFileSync(join(root, "action.yml"), "utf8").replace("using: node24", "using: node20"));
  const { status, stdout, stderr } = project.run(process.execPath, [validator, "action.yml"]);
  expect([status, stdout + stderr]).toEqual([0, ""]);
});

describe("with nothing asked", () => {
  it("reports, annotates, sums up, counts, and fails on errors", () => {
    const { status, stdout, stderr, summary, outputs } = start();
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout).toContain("error[no-latest]: `golang:latest`");
    expect(stdout).toMatch(
      /^::error file=Dockerfile,line=1,endLine=1,col=6,endColumn=19,title=no-latest::`golang:latest`/m,
    );
    expect(stdout).toMatch(/^::warning file=Dockerfile,line=2,.*title=pin-precision::/m);
    expect(summary).toContain("1 error and 1 warning in 1 file");
    expect(outputs).toEqual({ errors: "1", warnings: "1", sarif: "" });
    expect(Object.keys(outputs)).toEqual(Object.keys(action.outputs));
  });

  it("passes where nothing is wrong", () => {
    project.write("Dockerfile", "FROM alpine:3.24.1\n");
    expect(start()).toMatchObject({ status: 0, outputs: { errors: "0", warnings: "0" } });
  });
});

describe("inputs", () => {
  it("paths: one a line", () => {
    project.write("a b/Dockerfile", "FROM scratch\n");
    project.write("c/Dockerfile", "FROM scratch\n");
    expect(start({ paths: "a b\nc\n" })).toMatchObject({ status: 0 });
  });

  it("sarif: the file, and its path as an output", () => {
    const { outputs } = start({ sarif: "out.sarif" });
    expect(outputs.sarif).toBe("out.sarif");
    expect(JSON.parse(project.read("out.sarif"))).toMatchObject({ version: "2.1.0" });
  });

  it("annotations, summary: can be turned off", () => {
    const { stdout, summary } = start({ annotations: "false", summary: "false" });
    expect(stdout).not.toContain("::error");
    expect(summary).toBe("");
  });

  it("max-warnings: fails over that many", () => {
    project.write("Dockerfile", "FROM node:22\n");
    expect(start().status).toBe(0);
    expect(start({ "max-warnings": "0" }).status).toBe(1);
  });

  it("policy: an outer one that the repository cannot weaken", () => {
    project.write("org.yaml", "bases: { deny: [alpine:*] }\nlocked: [approved-base]\n");
    project.write("fromlint.yaml", "rules: { approved-base: off }\n");
    project.write("Dockerfile", "FROM alpine:3.24.1\n");
    expect(start().status).toBe(0);
    expect(start({ policy: "org.yaml" }).stdout).toContain("error[approved-base]");
  });

  it("baseline: only new findings count", () => {
    mustRun(project, process.execPath, join(root, "bin/fromlint.cjs"), "--baseline", "b.json", "--update-baseline");
    expect(start({ baseline: "b.json" }).status).toBe(0);
  });

  it("changed-only: what the pull request changes, against the branch that it is for", () => {
    const git = (...args: string[]): string =>
      mustRun(project, "git", "-c", "user.name=test", "-c", "user.email=test@example.com", ...args);
    git("init", "--quiet", "--initial-branch=main");
    git("add", ".");
    git("commit", "--quiet", "--message", "old");
    git("update-ref", "refs/remotes/origin/main", "HEAD");
    project.write("Dockerfile", `${project.read("Dockerfile")}FROM debian:latest\n`);
    const { outputs, stdout } = start({ "changed-only": "true" }, { GITHUB_BASE_REF: "main" });
    expect(outputs.errors).toBe("1");
    expect(stdout).toContain("debian:latest");
    expect(stdout).not.toContain("golang:latest");
  });

  it("what cannot be done is said, and nothing is counted", () => {
    project.write("fromlint.yaml", "bases: { dany: [] }\n");
    const { status, stderr, outputs } = start();
    expect(status).toBe(2);
    expect(stderr).toContain("did you mean `deny`?");
    expect(outputs).toEqual({ errors: "0", warnings: "0", sarif: "" });
  });
});
