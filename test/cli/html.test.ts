/** `--format html` from the command line: which files and images are in the page. */
import { expect, it } from "vitest";
import { pageIn } from "../report/readers.js";
import { folderWith } from "./folder.js";
import { runIn } from "./run-in.js";

it("a Dockerfile without findings is in the picture, too", async () => {
  const folder = folderWith({ "good/Dockerfile": "FROM node:24.19-alpine\n", "bad/Dockerfile": "FROM node:latest\n" });
  const { code, stdout } = await runIn(folder, "--format html");
  const { files, end } = pageIn(stdout);
  expect(code).toBe(1);
  expect(files.map(({ path, findings, uses }) => [path, findings.length > 0, uses.map(({ image }) => image)])).toEqual([
    ["bad/Dockerfile", true, ["node:latest"]],
    ["good/Dockerfile", false, ["node:24.19-alpine"]],
  ]);
  expect(end.totals).toMatchObject({ files: 2, affected: 1 });
});

it("the standard input as well", async () => {
  const { stdout } = await runIn(folderWith({}), "--format html -", { stdin: "FROM node:24.19-alpine\n" });
  expect(pageIn(stdout).files.map(({ path, uses }) => [path, uses.length])).toEqual([["<stdin>", 1]]);
});

it("a finding in the policy file stands in a file without images", async () => {
  const exemption = '{ rule: no-latest, image: "node:*", until: 2020-01-01, reason: "a while" }';
  const folder = folderWith({ "fromlint.yaml": `exemptions: [${exemption}]\n`, Dockerfile: "FROM node:latest\n" });
  const { files } = pageIn((await runIn(folder, "--format html")).stdout);
  expect(files.map(({ path, uses }) => [path, uses.length])).toEqual([
    ["Dockerfile", 1],
    ["fromlint.yaml", 0],
  ]);
});

it("after --fix it shows what is left, and says that files were fixed", async () => {
  const folder = folderWith({ Dockerfile: "FROM node:latest\nWORKDIR /a\nWORKDIR /a\n" });
  const { files, end } = pageIn((await runIn(folder, "--format html --fix --rule no-redundant-workdir=warn")).stdout);
  expect(end.notes).toEqual(["Fixed 1 file."]);
  expect(files[0]!.findings.map(({ rule }) => rule)).toEqual(["no-latest"]);
  expect(files[0]!.findings[0]!.code.map(({ parts }) => parts.join(""))).toEqual(["FROM node:latest", "WORKDIR /a"]);
});

it.each(["layers Dockerfile", "--list-rules", "lock"])("%s has no page", async (command) => {
  const { code, stderr } = await runIn(folderWith({ Dockerfile: "FROM node:22\n" }), `${command} --format html`);
  expect(code).toBe(2);
  expect(stderr).toContain("--format html is for findings");
});

it("bases without an image is a page all the same", async () => {
  const { stdout } = await runIn(folderWith({}), "bases --format html");
  expect(pageIn(stdout).files).toEqual([]);
});
