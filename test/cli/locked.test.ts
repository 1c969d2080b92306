/** Linting with a lock file: no network. */
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, isRoot } from "./folder.js";
import { runIn } from "./run-in.js";

const A = `sha256:${"a".repeat(64)}`;
const B = `sha256:${"b".repeat(64)}`;
const HEADER = "# fromlint.lock 1: what each image is, written by `fromlint lock`\n";
const NODE = `docker.io/library/node:24.19.0 ${A}\n`;
const repository = (files: Readonly<Record<string, string>>): string => {
  const folder = folderWith(files);
  mkdirSync(join(folder, ".git"));
  return folder;
};

it("reports what the lock file lacks, in recommended as a warning", async () => {
  const folder = repository({ Dockerfile: "FROM node:24.19.0\nFROM nginx:1.31.0\n", "fromlint.lock": HEADER + NODE });
  const { code, stdout } = await runIn(folder, "");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^warning\[locked-base\]: `nginx:1\.31\.0` is not in fromlint\.lock/);
  expect(stdout).toContain("1 warning in 1 file.");
});

it("is silent without a lock file, and wants one in strict", async () => {
  const folder = repository({ Dockerfile: "FROM node:24.19.0\n" });
  expect((await runIn(folder, "")).stdout).toBe("No problems in 1 file.\n");
  const strict = repository({ Dockerfile: "FROM node:24.19.0\n", "fromlint.yaml": "extends: [strict]\n" });
  const { code, stdout } = await runIn(strict, "");
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(/^error\[locked-base\]: No fromlint\.lock says which image/),
  ]);
  const own = repository({
    Dockerfile: "FROM node:24.19.0\n",
    "fromlint.yaml": "extends: [strict]\nrules: { locked-base: [error, { required: false }] }\n",
  });
  expect((await runIn(own, "")).stdout).not.toContain("locked-base");
});

it("each file by the lock that lies beside its policy", async () => {
  const folder = repository({
    "a/fromlint.yaml": "",
    "a/Dockerfile": `FROM node:24.19.0@${B}\n`,
    "a/fromlint.lock": HEADER + NODE.replace(A, B),
    "b/Dockerfile": `FROM node:24.19.0@${B}\n`,
    "fromlint.lock": HEADER + NODE,
  });
  const { stdout } = await runIn(folder, "--fix-dry-run");
  expect(stdout).toContain(`-FROM node:24.19.0@${B}\n+FROM node:24.19.0@${A}`);
  expect(stdout).not.toContain("a/Dockerfile");
});

it("the standard input by the lock of the folder that it is said to lie in", async () => {
  const folder = repository({ "app/x": "", "fromlint.lock": HEADER + NODE });
  const { stdout } = await runIn(folder, "- --stdin-filename app/Dockerfile --fix", {
    stdin: `FROM node:24.19.0@${B}\n`,
  });
  expect(stdout).toBe(`FROM node:24.19.0@${A}\n`);
});

it("under an outer policy too, which asks for digests", async () => {
  const folder = repository({
    Dockerfile: "FROM node:24.19.0\n",
    "fromlint.lock": HEADER + NODE,
    "org/org.yaml": "pinning: [{ image: '**', require: digest }]\n",
  });
  const { stdout } = await runIn(folder, "Dockerfile --policy org/org.yaml --fix-dry-run");
  expect(stdout).toContain(`+FROM node:24.19.0@${A}`);
});

describe("a broken lock file", () => {
  const dockerfiles = { "a/Dockerfile": "FROM node:24.19.0\n", "b/Dockerfile": "FROM node\n" };
  const refused = async (folder: string, message: string | RegExp): Promise<void> => {
    const { code, stdout, stderr } = await runIn(folder, "");
    expect([code, stdout]).toEqual([2, ""]);
    if (typeof message === "string") expect(stderr).toBe(message);
    else expect(stderr).toMatch(message);
  };

  it("ends the run before anything is linted, with every error of every lock", async () => {
    const folder = repository({
      ...dockerfiles,
      "a/fromlint.yaml": "",
      "a/fromlint.lock": `${HEADER}${NODE}\x1b[2J\n`,
      "fromlint.lock": "",
    });
    await refused(
      folder,
      "fromlint: a/fromlint.lock:3: `\\x1b[2J` is not the name of an image\n" +
        "fromlint: fromlint.lock:1: the file is empty; restore it with git, or delete it and run `fromlint lock`\n",
    );
  });

  it("is one that a merge left open", async () => {
    const conflict = `${HEADER}<<<<<<< HEAD\n${NODE}=======\n${NODE.replace(A, B)}>>>>>>> main\n`;
    await refused(
      repository({ ...dockerfiles, "fromlint.lock": conflict }),
      /^fromlint: fromlint\.lock:2: a merge was not finished here/,
    );
  });

  it("is a link that leads nowhere, and a folder", async () => {
    const folder = repository(dockerfiles);
    symlinkSync("nowhere", join(folder, "fromlint.lock"));
    await refused(folder, "fromlint: fromlint.lock:1: cannot be read: there is no such file\n");
    const other = repository({ ...dockerfiles, "fromlint.lock/x": "" });
    await refused(other, "fromlint: fromlint.lock:1: cannot be read: it is a folder\n");
  });

  it.skipIf(isRoot)("is one that may not be read", async () => {
    const folder = repository({ ...dockerfiles, "fromlint.lock": HEADER });
    chmodSync(join(folder, "fromlint.lock"), 0);
    await refused(folder, "fromlint: fromlint.lock:1: cannot be read: permission is denied\n");
  });

  it("does not stop what needs no lock", async () => {
    const folder = repository({ ...dockerfiles, "fromlint.lock": "nonsense\n" });
    for (const line of ["bases", "layers a/Dockerfile", "--print-config a/Dockerfile", "--list-rules"]) {
      expect(await runIn(folder, line)).toMatchObject({ code: 0, stderr: "" });
    }
  });
});
