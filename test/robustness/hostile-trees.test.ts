/** Folders that are made to be slow to walk. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fromlint, folderFor } from "./command.js";

it("a .gitignore whose pattern fits a deep path in countless ways", () => {
  const deep = "x/".repeat(60);
  const folder = folderFor({
    ".gitignore": `${"**/x/".repeat(20)}y\nout/\n`,
    [`${deep}Dockerfile`]: "FROM node\n",
    "out/Dockerfile": "",
  });
  const { code, stdout } = fromlint(folder, "--format compact");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^(?:x\/){60}Dockerfile:1:6: error .*\n$/);
});

it("an ignored path and an image that fit a policy's patterns in countless ways", () => {
  const many = "*a".repeat(30);
  const policy = { ignore: [`${many}b`, `${"**/x/".repeat(20)}y`], bases: { deny: [`${many}b`] } };
  const name = `Dockerfile.${"a".repeat(100)}`;
  const folder = folderFor({
    "fromlint.json": JSON.stringify(policy),
    [`${"x/".repeat(60)}${name}`]: `FROM ${"a".repeat(100)}\n`,
  });
  const { code, stdout } = fromlint(folder, "--format compact");
  expect(code).toBe(1);
  expect(stdout).toContain(`${name}:1:6: error`);
});

it("hundreds of folders in one another, each with a .gitignore", () => {
  const folder = folderFor({});
  let path = folder;
  for (let depth = 0; depth < 500; depth++) {
    writeFileSync(join(path, ".gitignore"), "*.log\nd/**/x\n");
    writeFileSync(join(path, "Dockerfile"), "FROM scratch\n");
    path = join(path, "d");
    mkdirSync(path);
  }
  expect(fromlint(folder)).toEqual({ code: 0, stdout: "No problems in 500 files.\n", stderr: "" });
});
