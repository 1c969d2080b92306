/** What is kept between runs, and whose folder it is kept in. */
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openCache } from "../../src/registry/cache.js";
import { cacheFolder, type RegistryOptions } from "../../src/registry/registry.js";
import { isRoot } from "../cli/folder.js";
import { clientFor, image } from "./support/client.js";
import { folderOf } from "./support/config.js";
import { json, send, startFront, type Front } from "./support/front.js";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const DIGEST = `sha256:${"c".repeat(64)}`;
const MINUTE = 60_000;

/** A registry that has every tag but `gone`, and fails for `broken`. */
async function startAnything(): Promise<Front> {
  const front = await startFront({
    answer: ({ path, method }, response) => {
      if (path.includes("broken")) return send(response, "", 500);
      if (path.includes("tags/list")) return json(response, { tags: ["v1", "v2"] });
      if (path.includes("gone")) return send(response, "", 404);
      return send(response, method === "HEAD" ? "" : "{}", 200, {
        "content-type": MANIFEST,
        "docker-content-digest": DIGEST,
      });
    },
  });
  onTestFinished(() => front.stop());
  return front;
}

describe("a second run", () => {
  let front: Front;
  let folder: string;
  let now: number;
  beforeEach(async () => {
    front = await startAnything();
    folder = join(folderOf(), "cache", "fromlint");
    now = Date.now();
  });
  const run = async (names: readonly string[], options: Partial<RegistryOptions> = {}): Promise<readonly object[]> => {
    const client = clientFor([front.host], { cacheFolder: folder, now: () => now, ...options });
    const answers = await Promise.all([
      ...names.map((name) => client.head(image(front.host, name))),
      client.tags(image(front.host, "app")),
    ]);
    await client.close();
    return answers;
  };
  const files = (): string[] => readdirSync(folder).map((name) => join(folder, name));

  it("sends nothing, and has the same answers", async () => {
    const first = await run(["app:v1", "app:gone"]);
    const count = front.seen.length;
    expect(first).toMatchObject([{ status: "found" }, { status: "gone", what: "tag" }, { status: "found" }]);
    expect(await run(["app:v1", "app:gone"])).toEqual(first);
    expect(front.seen).toHaveLength(count);
  });

  it("ten minutes later asks again", async () => {
    await run([]);
    now += 9 * MINUTE;
    await run([]);
    expect(front.seen).toHaveLength(1);
    now += 2 * MINUTE;
    await run([]);
    expect(front.seen).toHaveLength(2);
  });

  it("asks again when it is told to, and leaves the new answers to the next", async () => {
    await run([]);
    await run([], { refresh: true });
    expect(front.seen).toHaveLength(2);
    await run([]);
    expect(front.seen).toHaveLength(2);
  });

  it("asks again for what was not known", async () => {
    await run(["app:broken"]);
    await run(["app:broken"]);
    expect(front.seen.filter(({ path }) => path.includes("broken"))).toHaveLength(2);
  });

  it("does not believe an answer from the future", async () => {
    now += 60 * MINUTE;
    await run([]);
    now -= 60 * MINUTE;
    await run([]);
    expect(front.seen).toHaveLength(2);
  });

  it("asks under a policy that does not list the registry: nothing, not the cache either", async () => {
    await run([]);
    const [answer] = await run([], { isAllowed: () => false });
    expect(answer).toMatchObject({ status: "unknown" });
  });

  it.each<[title: string, spoil: (file: string) => void]>([
    ["empty", (file) => writeFileSync(file, "")],
    ["cut off", (file) => truncateSync(file, 40)],
    ["no JSON", (file) => writeFileSync(file, "\u0000\u0001")],
    [
      "of another version",
      (file) => writeFileSync(file, readFileSync(file, "utf8").replace('"version":1', '"version":2')),
    ],
    ["of another question", (file) => writeFileSync(file, readFileSync(file, "utf8").replace('"key":"', '"key":"x'))],
    ["huge", (file) => truncateSync(file, 1_000_000_000)],
    ["another kind of answer", (file) => writeFileSync(file, readFileSync(file, "utf8").replace('"found"', '"lost"'))],
    [
      "an answer of another shape",
      (file) => writeFileSync(file, readFileSync(file, "utf8").replace(/"value":(\[|\{"digest)/, '"value":7,"x":$1')),
    ],
    [
      "tags that are none",
      (file) =>
        writeFileSync(file, readFileSync(file, "utf8").replace('["v1"', '["\\u001b[31m"').replace(DIGEST, "sha256:7")),
    ],
  ])("asks again where a file is %s", async (_title, spoil) => {
    const first = await run(["app:v1"]);
    expect(files()).toHaveLength(2);
    files().forEach(spoil);
    expect(await run(["app:v1"])).toEqual(first);
    expect(front.seen).toHaveLength(4);
  });

  it("leaves files that are not its own, and removes its own when they are old", async () => {
    await run(["app:v1"]);
    const [old] = files();
    const draft = `${old!}.01234567-89ab-cdef-0123-456789abcdef`;
    for (const file of [draft, join(folder, "notes.txt")]) writeFileSync(file, "");
    const hourAgo = new Date(now - 60 * MINUTE);
    for (const file of files()) utimesSync(file, hourAgo, hourAgo);
    await run([], { refresh: true });
    const names = readdirSync(folder).map((name) => name.replace(/[0-9a-f]{64}/, "HASH"));
    expect(names.sort()).toEqual(["notes.txt", "registry-HASH.json"]);
  });

  it("shows a folder and files that are the user's alone", async () => {
    await run(["app:v1"]);
    expect(lstatSync(folder).mode & 0o777).toBe(0o700);
    for (const file of files()) expect(lstatSync(file).mode & 0o777).toBe(0o600);
  });

  it("names no image in the names of files", async () => {
    await run(["app:v1"]);
    for (const name of readdirSync(folder)) expect(name).toMatch(/^registry-[0-9a-f]{64}\.json$/);
  });

  it("takes back what others may read", async () => {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    await run([]);
    expect(lstatSync(folder).mode & 0o777).toBe(0o700);
  });

  it.each<[title: string, prepare: (above: string) => void]>([
    [
      "others may write to",
      () => {
        mkdirSync(folder);
        chmodSync(folder, 0o777);
      },
    ],
    ["is a link", (above) => symlinkSync(above, folder)],
    ["is a file", () => writeFileSync(folder, "")],
  ])("uses no folder that %s", async (_title, prepare) => {
    const above = join(folder, "..");
    mkdirSync(above);
    prepare(above);
    expect(openCache(folder)).toBeNull();
    await run([]);
    await run([]);
    expect(front.seen).toHaveLength(2);
  });

  it.runIf(isRoot)("uses no folder of someone else, and no file either", async () => {
    await run([]);
    for (const file of files()) chownSync(file, 12_345, 12_345);
    await run([]);
    expect(front.seen).toHaveLength(2);
    chownSync(folder, 12_345, 12_345);
    expect(openCache(folder)).toBeNull();
  });

  it("works without a folder that can be made", async () => {
    const nowhere = "/proc/nowhere/fromlint";
    expect(await run(["app:v1"], { cacheFolder: nowhere })).toMatchObject([{ status: "found" }, { status: "found" }]);
  });
});

it.each<[title: string, env: Record<string, string>, system: NodeJS.Platform, folder: string | null]>([
  ["Linux", {}, "linux", "/home/ada/.cache/fromlint"],
  ["XDG_CACHE_HOME", { XDG_CACHE_HOME: "/var/cache/ada" }, "linux", "/var/cache/ada/fromlint"],
  ["a relative XDG_CACHE_HOME is none", { XDG_CACHE_HOME: "cache" }, "linux", "/home/ada/.cache/fromlint"],
  ["macOS", {}, "darwin", "/home/ada/Library/Caches/fromlint"],
  ["Windows", { LOCALAPPDATA: "/local" }, "win32", "/local/fromlint/Cache"],
  ["Windows without a profile", {}, "win32", null],
])("the cache folder: %s", (_title, env, system, folder) => {
  expect(cacheFolder(env, "/home/ada", system)).toBe(folder);
});
