/** Looking into a build context: nothing outside of it, nothing that is left out, nothing without end. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { filesInMemory, openContext } from "../../src/context.js";

describe("files in memory", () => {
  const { files, certain } = filesInMemory({
    Dockerfile: "FROM a\n",
    "src/main.js": "main",
    "src/old/a.js": "a",
    "docs/api/x.md": "x",
    "docs/y.md": "y",
    ".dockerignore": "src/old\ndocs\n!docs/api/x.md\n",
  });

  it("are certain", () => {
    expect(certain).toBe(true);
    expect(files.ignoreFile).toBe(".dockerignore");
  });

  it.each<[path: string, there: boolean]>([
    ["src/main.js", true],
    ["./src//main.js", true],
    ["/src/main.js", true],
    ["src/", true],
    [".", true],
    ["", true],
    ["src/../Dockerfile", true],
    ["../Dockerfile", false],
    ["src/../../Dockerfile", false],
    ["src/none.js", false],
    ["src/old", false],
    ["src/old/a.js", false],
    // A folder that is left out, but for one file.
    ["docs", true],
    ["docs/api/x.md", true],
    ["docs/y.md", false],
  ])("has %j: %s", (path, there) => {
    expect(files.has(path)).toBe(there);
  });

  it("reads files, not folders", () => {
    expect(files.read("src/main.js")).toBe("main");
    expect(files.read("src")).toBeNull();
    expect(files.read("src/old/a.js")).toBeNull();
  });

  it("lists what is there", () => {
    expect(files.list(".")).toEqual([".dockerignore", "Dockerfile", "docs", "src"]);
    expect(files.list("src")).toEqual(["main.js"]);
    expect(files.list("docs")).toEqual(["api"]);
    expect(files.list("src/main.js")).toEqual([]);
    expect(files.list("..")).toEqual([]);
  });

  it("the ignore file of the Dockerfile comes first", () => {
    const both = { ".dockerignore": "a\n", "Dockerfile.dockerignore": "b\n", a: "", b: "" };
    const seen = filesInMemory(both).files;
    expect([seen.ignoreFile, seen.has("a"), seen.has("b")]).toEqual(["Dockerfile.dockerignore", true, false]);
  });

  it("may leave out the Dockerfile and the ignore file, which hold all the same", () => {
    const seen = filesInMemory({ ".dockerignore": "*\n!a\n", Dockerfile: "", a: "" }).files;
    expect([seen.has("Dockerfile"), seen.has(".dockerignore"), seen.has("a")]).toEqual([false, false, true]);
  });
});

describe.skipIf(process.platform === "win32")("a folder on disk", () => {
  let folder: string;
  let root: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fromlint-context-"));
    root = join(folder, "project");
    mkdirSync(join(root, "src"), { recursive: true });
    writeFileSync(join(root, "src/main.js"), "main");
    writeFileSync(join(folder, "secret"), "secret");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is read", () => {
    const files = openContext(root, join(root, "Dockerfile"));
    expect([files.has("src/main.js"), files.has("none"), files.read("src/main.js")]).toEqual([true, false, "main"]);
    expect(files.list("")).toEqual(["src"]);
    expect(files.ignoreFile).toBeNull();
  });

  it("that is not there holds nothing", () => {
    const files = openContext(join(root, "none"), null);
    expect([files.has(""), files.list(""), files.read("a"), files.ignoreFile]).toEqual([false, [], null, null]);
  });

  it("shows nothing outside of it", () => {
    const files = openContext(root, null);
    expect([files.has("../secret"), files.read("src/../../secret"), files.list("..")]).toEqual([false, null, []]);
  });

  it("shows nothing through links that leave it", () => {
    symlinkSync("../secret", join(root, "link"));
    symlinkSync(folder, join(root, "up"));
    symlinkSync("/", join(root, "top"));
    const files = openContext(root, null);
    for (const path of ["link", "up", "up/secret", "top/etc", "up/project/src"]) {
      expect([path, files.has(path), files.read(path), files.list(path)]).toEqual([path, false, null, []]);
    }
    expect(files.list("")).toEqual(["src"]);
  });

  it("a folder beside it whose name starts alike is outside", () => {
    mkdirSync(`${root}-other`);
    writeFileSync(`${root}-other/a`, "a");
    symlinkSync("../project-other", join(root, "other"));
    expect(openContext(root, null).has("other/a")).toBe(false);
  });

  it("follows links inside, unless what they lead to is left out", () => {
    symlinkSync("src", join(root, "code"));
    symlinkSync("loop", join(root, "loop"));
    expect(openContext(root, null).read("code/main.js")).toBe("main");
    expect(openContext(root, null).has("loop")).toBe(false);
    writeFileSync(join(root, ".dockerignore"), "src\n");
    expect(openContext(root, null).has("code/main.js")).toBe(false);
  });

  it("a link to a folder above, in a folder with exceptions, comes to an end", () => {
    symlinkSync("..", join(root, "src/back"));
    writeFileSync(join(root, ".dockerignore"), "src\n!src/none\n");
    expect(openContext(root, null).has("src")).toBe(false);
  });

  it("does not wait for a FIFO", () => {
    execFileSync("mkfifo", [join(root, "pipe"), join(root, ".dockerignore")]);
    const files = openContext(root, null);
    expect([files.has("pipe"), files.read("pipe"), files.ignoreFile]).toEqual([false, null, null]);
  });

  it("reads no large and no binary file", () => {
    writeFileSync(join(root, "large"), "");
    truncateSync(join(root, "large"), 5_000_000_000);
    writeFileSync(join(root, "binary"), "a\0b");
    const files = openContext(root, null);
    expect([files.has("large"), files.read("large")]).toEqual([true, null]);
    expect([files.has("binary"), files.read("binary")]).toEqual([true, null]);
  });

  it("takes the ignore file beside the Dockerfile, also outside the context", () => {
    writeFileSync(join(root, ".dockerignore"), "src\n");
    writeFileSync(join(folder, "prod.Dockerfile.dockerignore"), "");
    const files = openContext(root, join(folder, "prod.Dockerfile"));
    expect([files.ignoreFile, files.has("src")]).toEqual(["prod.Dockerfile.dockerignore", true]);
    expect(openContext(root, join(folder, "Dockerfile")).has("src")).toBe(false);
  });

  it("is read once", () => {
    const files = openContext(root, null);
    expect(files.read("src/main.js")).toBe("main");
    rmSync(join(root, "src/main.js"));
    expect(files.read("src/main.js")).toBe("main");
  });
});
