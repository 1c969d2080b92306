/** husky with lint-staged, and lefthook, as README.md sets them up, with real commits in a real git repository. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../support/imports.js";
import { packInto } from "./support/package.js";
import { mustRun, newProject, type Project, type Run } from "./support/project.js";

const readme = readFileSync(join(root, "README.md"), "utf8");

/** The text of the block of README.md whose first line names the file. */
function shown(file: string): string {
  const block = readme.split("```").find((part) => /^\w+\n(?:\/\/|#) (.+)\n/.exec(part)?.[1] === file);
  if (block === undefined) throw new Error(`README.md shows no ${file}`);
  return block.slice(block.indexOf("\n") + 1);
}

const MANAGERS: Readonly<
  Record<string, { readonly packages: readonly string[]; readonly setUp: (project: Project) => void }>
> = {
  "husky and lint-staged": {
    packages: ["husky@9", "lint-staged@17"],
    setUp: (project) => {
      mustRun(project, "npx", "husky", "init");
      project.write(".husky/pre-commit", shown(".husky/pre-commit"));
      const manifest = JSON.parse(project.read("package.json")) as object;
      const added = JSON.parse(shown("package.json").replace(/^.*\n/, "")) as object;
      project.write("package.json", JSON.stringify({ ...manifest, ...added }));
    },
  },
  lefthook: {
    packages: ["lefthook@2"],
    setUp: (project) => {
      project.write("lefthook.yml", shown("lefthook.yml"));
      mustRun(project, "npx", "lefthook", "install");
    },
  },
};

describe.each(Object.entries(MANAGERS))("%s", (_name, { packages, setUp }) => {
  let project: Project;
  const git = (...args: string[]): Run => {
    const who = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    // Some say more, and some nothing, on a CI machine.
    return project.run("git", [...who, ...args], { CI: "" });
  };
  const commit = (): Run => {
    git("add", "--all");
    return git("commit", "--message", "change");
  };

  beforeAll(() => {
    project = newProject("hooks");
    mustRun(project, "git", "init", "--quiet", "--initial-branch=main");
    project.write("package.json", '{ "private": true }');
    project.write(".gitignore", "node_modules\n*.tgz\n");
    const install = ["install", "--no-audit", "--no-fund", "--save-dev", packInto(project.folder), ...packages];
    mustRun(project, "npm", ...install);
    setUp(project);
    git("add", "--all");
    expect(git("commit", "--no-verify", "--message", "start").status).toBe(0);
  });
  afterAll(() => project.remove());

  it.each(["Dockerfile", "docker/api.Dockerfile", "Containerfile.prod"])(
    "blocks a bad %s, and lets it through mended",
    (file) => {
      project.write(file, "FROM golang:latest\n");
      const { status, stdout, stderr } = commit();
      expect(status).not.toBe(0);
      expect(stdout + stderr).toContain("[no-latest]");
      project.write(file, "FROM alpine:3.24.1\n");
      expect(commit()).toMatchObject({ status: 0 });
    },
  );

  it("leaves other files alone", () => {
    project.write("Dockerfile.dockerignore", "node_modules\n");
    project.write("notes.md", "FROM golang:latest\n");
    expect(commit()).toMatchObject({ status: 0 });
  });
});
