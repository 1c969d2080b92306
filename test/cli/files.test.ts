/** Reading and writing files. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  lstatSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { discover } from "../../src/cli/files/discover.js";
import { readBytes, readStream } from "../../src/files/read.js";
import { createSpool } from "../../src/cli/output/spool.js";
import { writeWhole } from "../../src/cli/output/write.js";
import { asOrdinaryUser, folderWith, isRoot, ORDINARY } from "./folder.js";

const WRITE = new URL("../../src/cli/output/write.ts", import.meta.url).href;

describe("readBytes", () => {
  it.each([
    ["nothing", new Uint8Array()],
    ["text", Buffer.from("FROM node\n")],
    ["what is no text", Buffer.from([0xff, 0x00, 0xfe])],
    ["5 MB", Buffer.alloc(5_000_000, "x")],
  ])("%s", (_title, bytes) => {
    const folder = folderWith({ Dockerfile: bytes });
    const read = readBytes(join(folder, "Dockerfile"));
    expect(read.problem).toBeNull();
    expect(Buffer.from(read.bytes!).equals(bytes)).toBe(true);
  });

  it.skipIf(process.platform !== "linux")("a file that says it is empty and is not", () => {
    expect(Buffer.from(readBytes("/proc/self/status").bytes!).toString()).toContain("Pid:");
  });

  it("through links, also those of an executable file", () => {
    const folder = folderWith({ real: "FROM a\n" });
    chmodSync(join(folder, "real"), 0o755);
    symlinkSync("real", join(folder, "Dockerfile"));
    expect(Buffer.from(readBytes(join(folder, "Dockerfile")).bytes!).toString()).toBe("FROM a\n");
  });
});

/** A gigabyte that takes no room. */
function makeSparse(path: string): void {
  writeFileSync(path, "");
  truncateSync(path, 2 ** 30);
}

describe("readBytes says why there is nothing to read", () => {
  it.each<[string, (path: string) => void, string]>([
    ["a dangling link", (path) => symlinkSync("nowhere", path), "it is a link that leads nowhere"],
    ["a link to itself", (path) => symlinkSync("x", path), "its links go round in a circle"],
    ["nothing there", () => undefined, "there is no such file"],
    ["a folder", (path) => mkdirSync(path), "it is a folder"],
    ["a link to a device", (path) => symlinkSync("/dev/null", path), "it is not a regular file"],
    [
      "a pipe, without waiting for its other end",
      (path) => execFileSync("sh", ["-c", 'mkfifo "$0"', path]),
      "it is not a regular file",
    ],
    ["too much", makeSparse, "it is larger than 64 MB"],
  ])("%s", (_title, make, problem) => {
    const path = join(folderWith({}), "x");
    make(path);
    expect(readBytes(path)).toEqual({ bytes: null, problem });
  });

  it("a socket", async () => {
    const path = join(folderWith({}), "x");
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((done) => server.listen(path, done));
    expect(readBytes(path)).toEqual({ bytes: null, problem: "it is not a regular file" });
  });

  it("a file that may not be read", async () => {
    const folder = folderWith({ x: "" });
    chmodSync(join(folder, "x"), 0);
    const read = await asOrdinaryUser(folder, () => readBytes(join(folder, "x")));
    expect(read).toEqual({ bytes: null, problem: "permission denied" });
  });

  it.skipIf(process.platform !== "linux")("a name that is not UTF-8, of a file or of a folder on the way", async () => {
    const folder = folderWith({});
    const odd = Buffer.concat([Buffer.from(`${folder}/Dockerfile.`), Buffer.from([0xff])]);
    writeFileSync(odd, "FROM a\n");
    mkdirSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff])]));
    const { files, unreadable } = await discover(["."], { cwd: folder, ignore: true, exclude: [] });
    expect(files.map((file) => readBytes(file).problem)).toEqual(["its name is not UTF-8"]);
    expect(unreadable).toMatchObject([{ reason: "its name is not UTF-8", isNamed: false }]);
  });
});

describe("readStream", () => {
  async function* chunks(count: number, size: number): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < count; index++) yield await Promise.resolve(Buffer.alloc(size, "x"));
  }

  it("takes all of it", async () => {
    expect((await readStream(chunks(3, 5))).bytes).toHaveLength(15);
  });

  it("stops where it is too much", async () => {
    expect(await readStream(chunks(Infinity, 1 << 22))).toEqual({ bytes: null, problem: "it is larger than 64 MB" });
  });
});

describe("writeWhole", () => {
  it.each([0o644, 0o755, 0o600, 0o664])("keeps the mode %o", (mode) => {
    const path = join(folderWith({ x: "old" }), "x");
    chmodSync(path, mode);
    writeWhole(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(statSync(path).mode & 0o777).toBe(mode);
  });

  it.each(["", "short", "ü日🐳\n".repeat(200_000)])(
    "takes what a spool holds, in the file's place and over it",
    (text) => {
      const spool = createSpool();
      for (let at = 0; at < text.length; at += 60_000) spool.add(text.slice(at, at + 60_000));
      const folder = folderWith({ new: "old", linked: "a longer old text" });
      linkSync(join(folder, "linked"), join(folder, "other"));
      writeWhole(join(folder, "new"), spool.chunks);
      writeWhole(join(folder, "linked"), spool.chunks);
      spool.close();
      expect(readFileSync(join(folder, "new"), "utf8")).toBe(text);
      expect(readFileSync(join(folder, "other"), "utf8")).toBe(text);
    },
  );

  it("writes through a link to the file behind it", () => {
    const folder = folderWith({ "real/x": "old" });
    symlinkSync("real/x", join(folder, "link"));
    writeWhole(join(folder, "link"), "new");
    expect(lstatSync(join(folder, "link")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "real/x"), "utf8")).toBe("new");
  });

  it("keeps a file's second name", () => {
    const folder = folderWith({ x: "old" });
    linkSync(join(folder, "x"), join(folder, "y"));
    writeWhole(join(folder, "x"), "new");
    expect(readFileSync(join(folder, "y"), "utf8")).toBe("new");
  });

  it.runIf(isRoot)("keeps the owner", () => {
    const path = join(folderWith({ x: "old" }), "x");
    execFileSync("chown", ["1234:2345", path]);
    writeWhole(path, "new");
    expect(statSync(path)).toMatchObject({ uid: 1234, gid: 2345 });
  });

  it("makes the folders of a new file, and leaves nothing else behind", () => {
    const folder = folderWith({});
    writeWhole(join(folder, "a/b/x"), "new");
    expect(readdirSync(join(folder, "a/b"))).toEqual(["x"]);
    expect(readFileSync(join(folder, "a/b/x"), "utf8")).toBe("new");
  });

  it("leaves a device a device", () => {
    writeWhole("/dev/null", "new");
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it("throws for a folder, and leaves nothing behind", () => {
    const folder = folderWith({ "x/y": "" });
    expect(() => writeWhole(join(folder, "x"), "new")).toThrow("EISDIR");
    expect(readdirSync(folder)).toEqual(["x"]);
  });

  it("does not replace a file that may not be written", () => {
    const path = join(folderWith({ x: "old" }), "x");
    chmodSync(path, 0o444);
    // In a process of its own: what may be written goes by the real user, who cannot be changed back.
    const script = `import { writeWhole } from ${JSON.stringify(WRITE)}; writeWhole(process.argv[1], "new");`;
    const node = [process.execPath, "--import", "tsx", "--input-type=module", "--eval", script, path];
    const [program = "", ...words] = [...ORDINARY, ...node];
    const { status, stderr } = spawnSync(program, words, { encoding: "utf8" });
    expect(stderr).toContain("EACCES: permission denied, access");
    expect(status).toBe(1);
    expect(readFileSync(path, "utf8")).toBe("old");
  });

  it("overwrites a file in place where its folder may not be written", async () => {
    const folder = folderWith({ "x/y": "old" });
    chmodSync(join(folder, "x"), 0o555);
    onTestFinished(() => chmodSync(join(folder, "x"), 0o755));
    const { ino } = statSync(join(folder, "x/y"));
    await asOrdinaryUser(folder, () => writeWhole(join(folder, "x/y"), "new"));
    expect(readFileSync(join(folder, "x/y"), "utf8")).toBe("new");
    expect(statSync(join(folder, "x/y")).ino).toBe(ino);
  });
});
