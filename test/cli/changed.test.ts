/** `--changed` in real git repositories. */
import { describe, expect, it } from "vitest";
import { folderWith } from "./folder.js";
import { repositoryWith } from "./repository.js";
import { runIn } from "./run-in.js";

const OLD = "FROM golang:latest AS build\nRUN echo\n\nFROM node\n";

/** `Dockerfile:2` for each finding. */
async function found(folder: string, argv: string): Promise<string[]> {
  const { stdout, stderr } = await runIn(folder, `--format compact ${argv}`);
  expect(stderr).toBe("");
  return stdout.split("\n").flatMap((line) => /^.+?:\d+/.exec(line)?.[0] ?? []);
}

describe("only findings on changed lines count", () => {
  it("committed, staged, in the work tree and in new files alike", async () => {
    const { folder, git, write, commit } = repositoryWith({
      "a/Dockerfile": OLD,
      "b/Dockerfile": OLD,
      "c/Dockerfile": OLD,
      "same/Dockerfile": OLD,
    });
    git("checkout", "--quiet", "-b", "topic");
    write("a/Dockerfile", `${OLD}FROM debian\n`);
    commit();
    write("b/Dockerfile", `${OLD}FROM debian\n`);
    git("add", "b");
    write("c/Dockerfile", `# first\n${OLD}FROM debian\n`);
    write("new/Dockerfile", "FROM scratch\nFROM debian\n");
    expect(await found(folder, "--changed")).toEqual([
      "a/Dockerfile:5",
      "b/Dockerfile:5",
      "c/Dockerfile:6",
      "new/Dockerfile:2",
    ]);
    expect(await found(folder, "--changed=HEAD")).toEqual(["b/Dockerfile:5", "c/Dockerfile:6", "new/Dockerfile:2"]);
  });

  it("against the commit where the branches parted, not against what main has become", async () => {
    const { folder, git, write, commit } = repositoryWith({ Dockerfile: OLD });
    git("checkout", "--quiet", "-b", "topic");
    write("Dockerfile", `${OLD}FROM debian\n`);
    commit();
    git("checkout", "--quiet", "main");
    write("Dockerfile", "FROM scratch\n");
    commit();
    git("checkout", "--quiet", "topic");
    expect(await found(folder, "--changed=main")).toEqual(["Dockerfile:5"]);
  });

  it.each([
    ["a line put in front moves the others, and changes none of them", `# a comment\n${OLD}`, []],
    [
      "a changed ARG changes what the FROM below means",
      "ARG TAG=latest\nFROM scratch AS a\nFROM golang:$TAG\n",
      ["Dockerfile:3"],
    ],
    ["a changed image", "FROM golang:latest AS build\nRUN echo\n\nFROM python\n", ["Dockerfile:4"]],
  ])("%s", async (title, now, expected) => {
    const before = title.includes("ARG") ? "ARG TAG=1.27.0\nFROM scratch AS a\nFROM golang:$TAG\n" : OLD;
    const { folder, write } = repositoryWith({ Dockerfile: before });
    write("Dockerfile", now);
    expect(await found(folder, "--changed=HEAD")).toEqual(expected);
  });

  it("in files with odd names, and below the folder that it is run in", async () => {
    const names = ["sp ace/Dockerfile", 'qu"ote/Dockerfile', "[a]*/Dockerfile", "ü/Dockerfile", ":(top)x/Dockerfile"];
    const { folder, write } = repositoryWith(
      Object.fromEntries(names.map((name) => [`sub/${name}`, "FROM scratch\n"])),
    );
    for (const name of names) write(`sub/${name}`, "FROM scratch\nFROM debian\n");
    expect((await found(`${folder}/sub`, "--changed=HEAD")).sort()).toEqual(names.map((name) => `${name}:2`).sort());
  });

  it("and a run without any ends well", async () => {
    const { folder } = repositoryWith({ Dockerfile: OLD });
    expect(await runIn(folder, "--changed=HEAD --format compact")).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("what git cannot say ends the run", () => {
  it.each([
    ["--changed=nothing", 'git knows no commit "nothing"; in CI, fetch it first.'],
    ["--changed=--output=x", "it takes a branch, tag or commit."],
    ["--changed=other", "git finds no commit that HEAD and other have in common; fetch more of the history"],
  ])("%s", async (argv, said) => {
    const { folder, git, write, commit } = repositoryWith({ Dockerfile: OLD });
    git("checkout", "--quiet", "--orphan", "other");
    write("other", "");
    commit();
    git("checkout", "--quiet", "main");
    const { code, stderr } = await runIn(folder, argv);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });

  it("where there is no repository", async () => {
    const { code, stderr } = await runIn(folderWith({ Dockerfile: OLD }), "--changed");
    expect([code, stderr]).toEqual([2, "fromlint: --changed: this is no git work tree.\n"]);
  });

  it("where there is no default branch", async () => {
    const { folder, git } = repositoryWith({ Dockerfile: OLD });
    git("branch", "--move", "trunk");
    expect((await runIn(folder, "--changed")).stderr).toContain("name one, as in --changed=");
  });
});

describe("--shard", () => {
  it("splits the files into parts that together are all of them", async () => {
    const names = Array.from({ length: 7 }, (_, index) => `d${index}/Dockerfile`);
    const folder = folderWith(Object.fromEntries(names.map((name) => [name, "FROM node\n"])));
    const parts = await Promise.all([1, 2, 3].map((index) => found(folder, `--shard ${index}/3`)));
    expect(parts.map(({ length }) => length)).toEqual([3, 2, 2]);
    expect(parts.flat().sort()).toEqual(names.map((name) => `${name}:1`));
  });

  it("says nothing about exemptions that another part may use", async () => {
    const folder = folderWith({
      "a/Dockerfile": "FROM scratch\n",
      "b/Dockerfile": "FROM node\n",
      "fromlint.yaml": 'exemptions: [{ rule: explicit-tag, image: "node", reason: moves }]\n',
    });
    expect(await found(folder, "--shard 1/2")).toEqual([]);
  });
});
