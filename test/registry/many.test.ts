/** Many images at once: how many requests, how many connections, and nothing at all the second time. */
import { rmSync } from "node:fs";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientFor, image } from "./support/client.js";
import { startFront, type Front } from "./support/front.js";
import { makeImage, pushMade, putManifest, sha256 } from "./support/push.js";
import { canRunRegistry, startRegistry, type RunningRegistry } from "./support/start-registry.js";

const REPOSITORIES = 10;
const TAGS = 50;

describe.runIf(canRunRegistry())("500 distinct images of a real registry", () => {
  let registry: RunningRegistry;
  let front: Front;
  let folder: string;
  const pushed = new Map<string, string>();
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "fromlint-cache-"));
    registry = await startRegistry();
    front = await startFront({ target: registry });
    await Promise.all(Array.from({ length: REPOSITORIES }, (_none, index) => pushRepository(`team/app-${index}`)));
  }, 60_000);
  afterAll(async () => {
    await front.stop();
    await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** One image, and further ones that differ from it in a note: what is pushed is a manifest each. */
  async function pushRepository(name: string): Promise<void> {
    const made = makeImage();
    await pushMade(registry, name, null, made);
    for (let tag = 0; tag < TAGS; tag++) {
      const noted = { ...(JSON.parse(made.manifest.toString()) as object), annotations: { note: `${name} ${tag}` } };
      const manifest = Buffer.from(JSON.stringify(noted));
      const digest = sha256(manifest);
      await putManifest(registry, name, `v${tag}`, { ...made, manifest, digest });
      pushed.set(`${name}:v${tag}`, digest);
    }
  }

  const askAll = async (): Promise<Map<string, string>> => {
    const client = clientFor([front.host], { cacheFolder: join(folder, "fromlint") });
    const digests = new Map<string, string>();
    await Promise.all(
      [...pushed.keys()].map(async (name) => {
        const answer = await client.head(image(front.host, name));
        if (answer.status === "found") digests.set(name, answer.value.digest);
      }),
    );
    return digests;
  };

  it("one HEAD each, over at most 8 connections, and again from the cache without a request", async () => {
    expect(new Set(pushed.values()).size).toBe(REPOSITORIES * TAGS);
    expect(await askAll()).toEqual(pushed);
    expect(front.seen).toHaveLength(pushed.size);
    expect(new Set(front.seen.map(({ method }) => method))).toEqual(new Set(["HEAD"]));
    expect(front.mostConnections()).toBeGreaterThan(1);
    expect(front.mostConnections()).toBeLessThanOrEqual(8);

    expect(await askAll()).toEqual(pushed);
    expect(front.seen).toHaveLength(pushed.size);
  });
});
