/** A lock file is there whole, the old one or the new one, whenever the process that writes it is killed. */
import { build } from "esbuild";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { parseLock } from "../../src/lock/text.js";
import { startFront } from "../registry/support/front.js";
import { folderWith } from "./folder.js";
import { HEADER } from "./registry-project.js";

const root = resolve(import.meta.dirname, "../..");

function start(command: string, args: readonly string[], cwd: string): ChildProcess {
  const child = spawn(command, args, { cwd, stdio: "ignore", env: { PATH: process.env.PATH, HOME: cwd } });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

it("while registries are asked", async () => {
  const front = await startFront({ answer: () => true }); // takes every question and never answers
  onTestFinished(() => front.stop());
  const old = `${HEADER}${front.host}/team/old:1.0.0 sha256:${"a".repeat(64)}\n`;
  const folder = folderWith({
    "fromlint.yaml": `registries: { insecure: ["${front.host}"] }\n`,
    Dockerfile: `FROM ${front.host}/team/new:1.0.0\n`,
    "fromlint.lock": old,
  });
  const child = start(process.execPath, [join(root, "bin/fromlint.cjs"), "lock"], folder);
  while (front.seen.length === 0) await pause(5);
  await kill(child);
  expect(readFileSync(join(folder, "fromlint.lock"), "utf8")).toBe(old);
  expect(readdirSync(folder).sort()).toEqual(["Dockerfile", "fromlint.lock", "fromlint.yaml"]);
});

it("while it is written, again and again", async () => {
  const texts = ["a", "b"].map((digit) => {
    const lines = Array.from(
      { length: 5000 },
      (_, index) => `r.example/${digit}/image-${index}:1 sha256:${digit.repeat(64)}\n`,
    );
    return HEADER + lines.join("");
  });
  const folder = folderWith({ "a.txt": texts[0] ?? "", "b.txt": texts[1] ?? "", "fromlint.lock": texts[0] ?? "" });
  await build({
    entryPoints: [join(root, "src/cli/output/write.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: join(folder, "write.mjs"),
    logLevel: "silent",
  });
  writeFileSync(
    join(folder, "loop.mjs"),
    `import { readFileSync, writeFileSync } from "node:fs";
     import { resolve } from "node:path";
     import { replaceWhole } from "./write.mjs";
     const texts = ["a.txt", "b.txt"].map((file) => readFileSync(file, "utf8"));
     for (let round = 0; ; round++) {
       replaceWhole(resolve("fromlint.lock"), texts[round % 2]);
       if (round === 3) writeFileSync("started", "");
     }`,
  );
  const lock = join(folder, "fromlint.lock");
  const seen = new Set<string>();
  const look = (): void => {
    const text = readFileSync(lock, "utf8");
    expect(texts).toContain(text);
    seen.add(text);
  };
  for (let round = 0; round < 8; round++) {
    const child = start(process.execPath, ["loop.mjs"], folder);
    while (!readdirSync(folder).includes("started")) await pause(2);
    for (let looks = 0; looks < 5 + round; looks++) {
      look();
      await pause(looks % 3);
    }
    await kill(child);
    look();
    expect(parseLock(readFileSync(lock)).problems).toBeNull();
  }
  expect(seen.size).toBe(2);
});
