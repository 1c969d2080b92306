/**
 * `fromlint lock` of many images at a real docker-registry on loopback, again with the lock file there, and again
 * without it; then `fromlint --online` over the same images, and again from the cache. Prints the times in ms as JSON.
 * Arguments: the built command, number of images.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { makeImage, pushImage } from "../test/registry/support/push.js";
import { canRunRegistry, startRegistry } from "../test/registry/support/start-registry.js";

export interface LockTimes {
  readonly first: number;
  /** With the lock file that the first wrote. */
  readonly kept: number;
  readonly second: number;
  /** `--online` with nothing in the cache. */
  readonly online: number;
  /** With what that left there: the registry is no more. */
  readonly cached: number;
}

/** The one finding of `--online`: a newer release of the first image. */
const NEWER = "outdated-base";

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [command = "", count = "500"] = process.argv.slice(2);
  if (!canRunRegistry()) throw new Error("there is no docker-registry");
  process.stdout.write(JSON.stringify(await lockTimes(command, Number(count))));
}

async function lockTimes(command: string, count: number): Promise<LockTimes> {
  const registry = await startRegistry();
  const folder = mkdtempSync(join(tmpdir(), "fromlint-bench-lock-"));
  try {
    const image = makeImage();
    for (let index = 0; index < count; index++)
      await pushImage({ url: registry.url }, `team/app-${index}`, "1.0.0", image);
    await pushImage({ url: registry.url }, "team/app-0", "1.1.0", makeImage({ text: "newer" }));
    mkdirSync(join(folder, ".git"));
    const policy = [`registries: { insecure: ["${registry.host}"] }`, `bases: { verified: ["${registry.host}/**"] }`];
    writeFileSync(join(folder, "fromlint.yaml"), `${policy.join("\n")}\n`);
    const uses = Array.from({ length: count }, (_, index) => `FROM ${registry.host}/team/app-${index}:1.0.0\n`);
    writeFileSync(join(folder, "Dockerfile"), uses.join(""));
    const timed = async (args: readonly string[], home: string): Promise<{ taken: number; code: number | null }> => {
      const start = performance.now();
      // Not waited for in this thread's way: the registry's output has to be read meanwhile.
      const run = spawn(process.execPath, [command, ...args], {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: join(folder, home) },
        stdio: ["ignore", "ignore", "inherit"],
      });
      const [code] = (await once(run, "exit")) as [number | null];
      return { taken: performance.now() - start, code };
    };
    const lock = async (isKept: boolean): Promise<number> => {
      if (!isKept) rmSync(join(folder, "fromlint.lock"), { force: true });
      const { taken, code } = await timed(["lock"], "home");
      const locked = readFileSync(join(folder, "fromlint.lock"), "utf8").split("sha256:").length - 1;
      if (code !== 0 || locked !== count) throw new Error(`lock ended with ${String(code)} and ${locked} images`);
      return taken;
    };
    const lint = async (): Promise<number> => {
      const { taken, code } = await timed(["--online", "--format", "compact=found"], "home-online");
      const found = readFileSync(join(folder, "found"), "utf8").trim().split("\n");
      if (code !== 0 || found.filter((line) => line.includes(NEWER)).length !== 1)
        throw new Error(`--online ended with ${String(code)} and found ${found.slice(0, 3).join("; ")}`);
      return taken;
    };
    const locks = { first: await lock(false), kept: await lock(true), second: await lock(false) };
    rmSync(join(folder, "fromlint.lock"));
    const online = await lint();
    await registry.stop();
    return { ...locks, online, cached: await lint() };
  } finally {
    await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
