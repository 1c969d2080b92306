/** An organisation's policy as an npm package: the template of this repository, packed, installed and extended. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../support/imports.js";
import { packInto } from "./support/package.js";
import { mustRun, newProject, type Project } from "./support/project.js";

let project: Project;
beforeAll(() => {
  project = newProject("policy-package");
  cpSync(join(root, "templates/policy-package"), join(project.folder, "policy"), { recursive: true });
  mustRun(project, "npm", "pack", "--silent", "./policy");
  project.write("package.json", '{ "private": true }');
  const packages = [packInto(project.folder), "./acme-fromlint-policy-1.0.0.tgz"];
  mustRun(project, "npm", "install", "--no-audit", "--no-fund", "--save-dev", ...packages);
});
afterAll(() => project.remove());

it("brings the policy and fromlint, and nothing else", () => {
  const { dependencies } = JSON.parse(mustRun(project, "npm", "ls", "--json", "--all")) as { dependencies: object };
  expect(Object.keys(dependencies).sort()).toEqual(["@acme/fromlint-policy", "fromlint"]);
});

it("holds where a repository extends it, and its locked rules cannot be weakened", () => {
  project.write("fromlint.yaml", 'extends: ["@acme/fromlint-policy"]\n');
  project.write("Dockerfile", "FROM node:22.23.2\n");
  const fromlint = (): string => project.run("npx", ["fromlint", "--format", "compact"]).stdout;
  expect(fromlint()).toMatch(
    /^Dockerfile:1:6: error .*registry\.example\.com\/golden\/node:22\.23.* \[approved-base\]\n$/,
  );
  project.write("fromlint.yaml", 'extends: ["@acme/fromlint-policy"]\nrules: { approved-base: off }\n');
  const { status, stderr } = project.run("npx", ["fromlint"]);
  expect(status).toBe(2);
  expect(stderr).toContain("`approved-base`");
});

it("its examples hold: `npm test` in the template", () => {
  const { status, stdout } = project.run("npx", ["fromlint", "test-policy", "policy/fromlint.yaml"]);
  expect([status, stdout]).toEqual([0, "6 passed, 0 failed\n"]);
});
