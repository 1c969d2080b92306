/** `--cache`: a run from the cache says what a run without it says, whatever has changed in between. */
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folderWith } from "./folder.js";
import { runIn } from "./run-in.js";

const DAY = "--date 2026-11-20";

/** Its findings rest on the policy and what it extends, the lock, the ignore file, lockfiles and sources. */
const PROJECT = {
  "fromlint.yaml": `extends: [./base.yaml]\nexemptions: [{ rule: no-latest, image: debian, reason: "TEAM-1", until: 2026-12-31 }]\n`,
  "base.yaml": "rules: { no-latest: error }\n",
  "fromlint.lock": `# fromlint.lock 1: what each image is, written by \`fromlint lock\`\ndocker.io/library/node:24.19.0 sha256:${"a".repeat(64)}\n`,
  "app/Dockerfile": "FROM node:24.19.0\nWORKDIR /app\nCOPY . .\nRUN npm install\n",
  "app/package.json": "{}",
  "app/package-lock.json": "{}",
  "app/src/main.js": "",
  "old/Dockerfile": `FROM debian:latest\nFROM fedora:latest\nFROM python:3.10\nARG V\nFROM node:$V\nFROM node:24.19.0@sha256:${"a".repeat(64)}\n`,
};

async function both(folder: string, line = ""): Promise<void> {
  const cached = await runIn(folder, `${line || DAY} --cache --cache-location .cache --format json`);
  expect(cached).toEqual(await runIn(folder, `${line || DAY} --format json`));
}

const write = (path: string, text: string) => (folder: string) => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const remove = (path: string) => (folder: string) => rmSync(join(folder, path), { recursive: true, force: true });

/** A change of one kind each. */
const CHANGES: Readonly<Record<string, (folder: string) => void>> = {
  "the Dockerfile": write("app/Dockerfile", "FROM node\nCOPY . .\nRUN npm ci\n"),
  "the policy": write("fromlint.yaml", "rules: { no-latest: warn }\n"),
  "a policy that it extends": write("base.yaml", "rules: { no-latest: warn }\n"),
  "a nearer policy": write("app/fromlint.yaml", "rules: { no-latest: warn }\nlocked: [no-latest]\n"),
  "the lock file": write("fromlint.lock", PROJECT["fromlint.lock"].replaceAll("a".repeat(64), "b".repeat(64))),
  "no lock file": remove("fromlint.lock"),
  "a .dockerignore": write("app/.dockerignore", "package-lock.json\nsrc\n"),
  "an ignore file of the Dockerfile's own": write("app/Dockerfile.dockerignore", "*\n!package.json\n"),
  "no lockfile": remove("app/package-lock.json"),
  "another lockfile": write("app/yarn.lock", "# yarn lockfile v1\n"),
  "what a package.json says": write("app/package.json", '{ "scripts": { "postinstall": "node src/main.js" } }'),
  "no sources": remove("app/src"),
  "a link for a folder": (folder) => {
    remove("app/src")(folder);
    symlinkSync("..", join(folder, "app/src"));
  },
};

describe("after a change the findings are those of a run without a cache", () => {
  it.each(Object.entries(CHANGES))("%s", async (_, change) => {
    const folder = folderWith(PROJECT);
    mkdirSync(join(folder, ".git"));
    await both(folder);
    change(folder);
    await both(folder);
  });

  it.each([
    "--date 2027-06-01",
    `${DAY} --rule no-latest=off`,
    `${DAY} --build-arg V=latest`,
    `${DAY} --context old`,
    `${DAY} --config base.yaml`,
    `${DAY} --policy base.yaml`,
    `${DAY} app`,
  ])("%s", async (line) => {
    const folder = folderWith(PROJECT);
    mkdirSync(join(folder, ".git"));
    await both(folder);
    await both(folder, line);
    await both(folder);
  });

  it("any order of any changes", { timeout: 120_000 }, async () => {
    const change = fc.constantFrom(...Object.values(CHANGES));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
        const folder = folderWith(PROJECT);
        mkdirSync(join(folder, ".git"));
        for (const each of changes) {
          each(folder);
          await both(folder);
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe("the table's changes matter", () => {
  it.each(["the Dockerfile", "the policy", "a policy that it extends", "the lock file", "no lockfile"])(
    "%s",
    async (name) => {
      const folder = folderWith(PROJECT);
      mkdirSync(join(folder, ".git"));
      const before = await runIn(folder, `${DAY} --format json`);
      CHANGES[name]?.(folder);
      expect((await runIn(folder, `${DAY} --format json`)).stdout).not.toBe(before.stdout);
    },
  );
});

describe("the file", () => {
  const line = `${DAY} --cache --cache-location .cache`;
  const lie = (folder: string): string => {
    const file = join(folder, ".cache");
    const text = readFileSync(file, "utf8").replaceAll(/"messages":\[.*?\],"supp/g, '"messages":[],"supp');
    return text;
  };

  it("is where the results come from", async () => {
    const folder = folderWith(PROJECT);
    const first = await runIn(folder, line);
    const before = statSync(join(folder, ".cache"));
    expect(await runIn(folder, line)).toEqual(first);
    // Nothing was new, so nothing was written.
    expect(statSync(join(folder, ".cache")).ino).toBe(before.ino);
  });

  it.each<[string, (folder: string, file: string) => void]>([
    ["cut off", (_, file) => writeFileSync(file, readFileSync(file).subarray(0, 700))],
    ["empty", (_, file) => writeFileSync(file, "")],
    ["binary", (_, file) => writeFileSync(file, new Uint8Array([0, 255, 254, 10, 9, 9, 9, 9]))],
    [
      "of another format",
      (_, file) => writeFileSync(file, readFileSync(file, "utf8").replace("results 1", "results 2")),
    ],
    ["changed by hand", (folder, file) => writeFileSync(file, lie(folder))],
    ["followed by rubbish", (_, file) => appendFileSync(file, 'x\t"y"\t{\t[\t}\n')],
    ["open to all", (_, file) => chmodSync(file, 0o666)],
  ])("that is %s counts for nothing", async (_, spoil) => {
    const folder = folderWith(PROJECT);
    const first = await runIn(folder, line);
    spoil(folder, join(folder, ".cache"));
    expect(await runIn(folder, line)).toEqual(first);
  });

  it("is in the user's own cache folder unless --cache-location says where", async () => {
    const folder = folderWith(PROJECT);
    await runIn(folder, `${DAY} --cache`, { env: { HOME: join(folder, "home") } });
    const own = join(folder, "home/.cache/fromlint");
    expect(statSync(own).mode & 0o777).toBe(0o700);
    expect(existsSync(join(folder, ".fromlintcache"))).toBe(false);
    await runIn(folder, `${DAY} --cache --cache-location kept/`);
    expect(existsSync(join(folder, "kept"))).toBe(true);
  });

  it("keeps what another run found", async () => {
    const folder = folderWith(PROJECT);
    await runIn(folder, line);
    await runIn(folder, `${line} app`);
    appendFileSync(join(folder, "app/Dockerfile"), "USER node\n");
    await runIn(folder, `${line} app`);
    expect(readFileSync(join(folder, ".cache"), "utf8")).toContain("old/Dockerfile");
  });
});
