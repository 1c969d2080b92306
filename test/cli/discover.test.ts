import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { discover, type DiscoverOptions } from "../../src/cli/files/discover.js";
import { asOrdinaryUser, folderWith } from "./folder.js";

/** What is found, relative to the folder. */
async function found(folder: string, paths = ["."], options: Partial<DiscoverOptions> = {}): Promise<string[]> {
  const { files } = await discover(paths, { cwd: folder, ignore: true, exclude: [], ...options });
  return files.map((file) => relative(folder, file));
}

/** Empty files of these names. */
function empty(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, ""]));
}

describe("which files are Dockerfiles", () => {
  it.each(["Dockerfile", "Dockerfile.prod", "api.Dockerfile", "api.dockerfile", "Containerfile", "Containerfile.arm"])(
    "%s",
    async (name) => {
      expect(await found(folderWith(empty(name)))).toEqual([name]);
    },
  );

  it.each([
    "dockerfile",
    "Dockerfile-old",
    "MyDockerfile",
    "Dockerfiles",
    "api.Containerfile",
    "Dockerfile.dockerignore",
    "api.Dockerfile.dockerignore",
    "Containerfile.containerignore",
    ".dockerignore",
    "docker-compose.yml",
  ])("not %s", async (name) => {
    expect(await found(folderWith(empty(name)))).toEqual([]);
  });

  it("in all folders, sorted, but never in .git and node_modules", async () => {
    const folder = folderWith(
      empty(
        "b/Dockerfile",
        "Dockerfile",
        "a/b/c/Dockerfile",
        ".git/Dockerfile",
        "node_modules/x/Dockerfile",
        ".ci/Dockerfile",
      ),
    );
    expect(await found(folder)).toEqual([".ci/Dockerfile", "Dockerfile", "a/b/c/Dockerfile", "b/Dockerfile"]);
    expect(await found(folder, ["."], { ignore: false })).toHaveLength(4);
  });

  it("a folder named Dockerfile is just walked", async () => {
    expect(await found(folderWith(empty("Dockerfile/Dockerfile.dev")))).toEqual(["Dockerfile/Dockerfile.dev"]);
  });
});

describe("named paths", () => {
  it("a named file is taken whatever it is called and whatever ignores it", async () => {
    const folder = folderWith({ ".git/HEAD": "", ".gitignore": "*", "build.txt": "", "node_modules/Dockerfile": "" });
    const paths = ["build.txt", "node_modules/Dockerfile"];
    expect(await found(folder, paths, { exclude: ["*"] })).toEqual(paths);
  });

  it("each file once, however it is named", async () => {
    const folder = folderWith(empty("app/Dockerfile"));
    const paths = ["app/Dockerfile", "./app/../app/Dockerfile", join(folder, "app/Dockerfile"), "app", ".", "app/"];
    expect(await found(folder, paths)).toEqual(["app/Dockerfile"]);
  });

  it("a named folder is walked although it is ignored", async () => {
    const folder = folderWith({ ".git/HEAD": "", ".gitignore": "build/\n*.dev", ...empty("build/Dockerfile") });
    expect(await found(folder)).toEqual([]);
    expect(await found(folder, ["build"])).toEqual(["build/Dockerfile"]);
  });

  it.each(["nothing", "Dockerfile/below", "nothing/Dockerfile", "**/Dockerfile", "x".repeat(5000)])(
    "a path that does not exist ends the run: %.20s",
    async (path) => {
      await expect(found(folderWith(empty("Dockerfile")), [path])).rejects.toThrow("there is no such file or folder");
    },
  );
});

describe("links", () => {
  it("to files are followed, to folders not", async () => {
    const folder = folderWith(empty("real/Dockerfile.base", "real/Dockerfile"));
    mkdirSync(join(folder, "links"));
    symlinkSync("../real/Dockerfile.base", join(folder, "links/Dockerfile"));
    symlinkSync("../real", join(folder, "links/folder"));
    symlinkSync("../real", join(folder, "links/Dockerfile.folder"));
    expect(await found(folder, ["links"])).toEqual(["links/Dockerfile"]);
  });

  it("to a folder are followed when named", async () => {
    const folder = folderWith(empty("real/Dockerfile"));
    symlinkSync("real", join(folder, "link"));
    expect(await found(folder, ["link"])).toEqual(["link/Dockerfile"]);
  });

  it("that lead nowhere or in a circle are taken, to be reported", async () => {
    const folder = folderWith({});
    symlinkSync("nowhere", join(folder, "Dockerfile.dangling"));
    symlinkSync("Dockerfile.loop", join(folder, "Dockerfile.loop"));
    const names = ["Dockerfile.dangling", "Dockerfile.loop"];
    expect(await found(folder)).toEqual(names);
    expect(await found(folder, names)).toEqual(names);
  });

  it("to a folder above do not make the walk endless", async () => {
    const folder = folderWith(empty("a/Dockerfile"));
    symlinkSync("..", join(folder, "a/up"));
    expect(await found(folder)).toEqual(["a/Dockerfile"]);
  });
});

describe(".gitignore", () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      "a folder",
      { ".gitignore": "vendor/\n", ...empty("vendor/Dockerfile", "app/vendor/Dockerfile", "Dockerfile") },
      ["Dockerfile"],
    ],
    [
      "from the root only",
      { ".gitignore": "/vendor\n", ...empty("vendor/Dockerfile", "a/vendor/Dockerfile") },
      ["a/vendor/Dockerfile"],
    ],
    [
      "files",
      { ".gitignore": "*.dev\n", ...empty("Dockerfile.dev", "a/Dockerfile.dev", "Dockerfile") },
      ["Dockerfile"],
    ],
    ["case counts", { ".gitignore": "VENDOR\n", ...empty("vendor/Dockerfile") }, ["vendor/Dockerfile"]],
    [
      "taken back",
      { ".gitignore": "Dockerfile.*\n!Dockerfile.prod\n", ...empty("Dockerfile.dev", "Dockerfile.prod") },
      ["Dockerfile.prod"],
    ],
    [
      "nested",
      { "a/.gitignore": "Dockerfile\n", ...empty("a/Dockerfile", "a/b/Dockerfile", "Dockerfile") },
      ["Dockerfile"],
    ],
    [
      "a nested one wins",
      {
        ".gitignore": "Dockerfile.dev\n",
        "a/.gitignore": "!Dockerfile.dev\n",
        ...empty("Dockerfile.dev", "a/Dockerfile.dev"),
      },
      ["a/Dockerfile.dev"],
    ],
    [
      "what is in an ignored folder stays ignored",
      { ".gitignore": "a/\n", "a/.gitignore": "!Dockerfile\n", ...empty("a/Dockerfile") },
      [],
    ],
    [
      "a folder taken back by a nested one",
      { ".gitignore": "build\n", "a/.gitignore": "!build\n", ...empty("build/Dockerfile", "a/build/Dockerfile") },
      ["a/build/Dockerfile"],
    ],
    [
      "a pattern that cannot be compiled",
      { ".gitignore": "[z-a]\n[\n\\\nDockerfile.dev\n", ...empty("Dockerfile", "Dockerfile.dev") },
      ["Dockerfile"],
    ],
    [
      "CRLF and a byte order mark",
      { ".gitignore": "\ufeffDockerfile.dev\r\n", ...empty("Dockerfile", "Dockerfile.dev") },
      ["Dockerfile"],
    ],
  ])("%s", async (_title, files, expected) => {
    expect(await found(folderWith({ ".git/HEAD": "", ...files }))).toEqual(expected);
  });

  it("counts without a repository, too", async () => {
    expect(await found(folderWith({ ".gitignore": "a/", ...empty("a/Dockerfile", "Dockerfile") }))).toEqual([
      "Dockerfile",
    ]);
  });

  it("is not asked with --no-ignore", async () => {
    const folder = folderWith({ ".gitignore": "*", ".git/info/exclude": "*", ...empty("Dockerfile") });
    expect(await found(folder, ["."], { ignore: false })).toEqual(["Dockerfile"]);
  });

  it("counts from the root of the repository, for a folder below it", async () => {
    const folder = folderWith({
      ".git/info/exclude": "*.secret\n",
      ".gitignore": "/a/b/out/\n*.dev\n",
      "a/.gitignore": "*.tmp\n",
      ...empty(
        "a/b/Dockerfile",
        "a/b/out/Dockerfile",
        "a/b/Dockerfile.dev",
        "a/b/Dockerfile.tmp",
        "a/b/Dockerfile.secret",
      ),
    });
    expect(await found(folder, ["a/b"])).toEqual(["a/b/Dockerfile"]);
  });

  it("does not reach into another repository inside, nor out of one", async () => {
    const folder = folderWith({
      ".git/HEAD": "",
      ".gitignore": "*.dev",
      "inner/.git": "gitdir: elsewhere",
      ...empty("inner/Dockerfile.dev"),
    });
    expect(await found(folder)).toEqual(["inner/Dockerfile.dev"]);
    expect(await found(folder, ["inner"])).toEqual(["inner/Dockerfile.dev"]);
  });

  it("info/exclude of a worktree is the one of its repository", async () => {
    const folder = folderWith({
      "main/.git/info/exclude": "*.dev\n",
      "main/.git/worktrees/tree/commondir": "../..\n",
      "tree/.git": "gitdir: ../main/.git/worktrees/tree\n",
      ...empty("tree/Dockerfile.dev", "tree/Dockerfile"),
    });
    expect(await found(folder, ["tree"])).toEqual(["tree/Dockerfile"]);
  });

  it("says what git itself says", async () => {
    const folder = folderWith({
      ".gitignore": "out\n!out/keep\n/x/*\n!/x/y\nlogs/**/Dockerfile\nDockerfile.[0-9]\ntrail\\ \n**/deep/Dockerfile\n",
      "x/y/.gitignore": "!*.dev\nz/\n",
      ...empty("out/keep/Dockerfile", "x/Dockerfile", "x/y/Dockerfile", "x/y/Dockerfile.dev", "x/y/z/Dockerfile"),
      ...empty("logs/a/b/Dockerfile", "logs/Dockerfile", "logs/Dockerfile.x", "Dockerfile.1", "Dockerfile.10"),
      ...empty("deep/Dockerfile", "a/deep/Dockerfile", "a/deep/Dockerfile.x", "trail /Dockerfile", "trail/Dockerfile"),
    });
    execFileSync("git", ["init", "-q"], { cwd: folder });
    const output = execFileSync("git", ["ls-files", "-z", "--others", "--exclude-standard"], {
      cwd: folder,
      encoding: "utf8",
    });
    const expected = output.split("\0").filter((name) => name.includes("Dockerfile"));
    expect(expected.length).toBeGreaterThan(5);
    expect(await found(folder)).toEqual(expected.sort());
  });
});

describe("--exclude", () => {
  const folder = (): string =>
    folderWith(empty("Dockerfile", "vendor/Dockerfile", "a/vendor/Dockerfile", "a/Dockerfile.dev"));

  it.each([
    ["vendor", ["Dockerfile", "a/Dockerfile.dev"]],
    ["/vendor", ["Dockerfile", "a/Dockerfile.dev", "a/vendor/Dockerfile"]],
    ["vendor/**", ["Dockerfile", "a/Dockerfile.dev", "a/vendor/Dockerfile"]],
    ["**/vendor/**", ["Dockerfile", "a/Dockerfile.dev"]],
    ["*.dev", ["Dockerfile", "a/vendor/Dockerfile", "vendor/Dockerfile"]],
    ["a", ["Dockerfile", "vendor/Dockerfile"]],
  ])("%s", async (glob, expected) => {
    expect(await found(folder(), ["."], { exclude: [glob] })).toEqual(expected);
    expect(await found(folder(), ["."], { exclude: [glob], ignore: false })).toEqual(expected);
  });
});

describe("folders that cannot be looked into", () => {
  it("are told, and the rest is walked", async () => {
    const folder = folderWith(empty("a/Dockerfile", "closed/Dockerfile"));
    chmodSync(join(folder, "closed"), 0);
    onTestFinished(() => chmodSync(join(folder, "closed"), 0o700));
    const options = { cwd: folder, ignore: true, exclude: [] };
    expect(await asOrdinaryUser(folder, () => discover(["."], options))).toEqual({
      files: [join(folder, "a/Dockerfile")],
      unreadable: [{ path: join(folder, "closed"), reason: "permission denied", isNamed: false }],
    });
    const named = await asOrdinaryUser(folder, () => discover(["closed"], options));
    expect(named.unreadable).toMatchObject([{ isNamed: true }]);
  });

  it("an odd name neither ends the walk nor is lost", async () => {
    const folder = folderWith(empty("a\nb/Dockerfile", "\x1b[2J/Dockerfile.\u202e", "日本/Dockerfile", " /Dockerfile"));
    expect(await found(folder)).toHaveLength(4);
  });

  it("a deep tree is walked without recursion", async () => {
    const path = `${"d/".repeat(1500)}Dockerfile`;
    expect(await found(folderWith(empty(path)))).toEqual([path]);
  });
});
