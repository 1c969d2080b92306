/** The helpers themselves, against the real registry. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deleteManifest, pushImage, pushIndex } from "./support/push.js";
import { send } from "./support/send.js";
import { canRunRegistry, startRegistry, type RunningRegistry } from "./support/start-registry.js";

describe.runIf(canRunRegistry())("a registry with images that the tests pushed", () => {
  let registry: RunningRegistry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(() => registry.stop());

  it.each(["oci", "docker"] as const)(
    "holds an index in the %s format under the digest that was computed",
    async (format) => {
      const index = await pushIndex(registry, `gallery/${format}`, "v1", { format });
      const target = { ...registry, headers: { accept: index.mediaType } };
      const { status, headers, body } = await send(target, "GET", `/v2/gallery/${format}/manifests/v1`);
      expect({ status, digest: headers["docker-content-digest"] }).toEqual({ status: 200, digest: index.digest });
      expect(body).toEqual(index.manifest);
    },
  );

  it("forgets what is deleted by its digest", async () => {
    const { digest } = await pushImage(registry, "gallery/ui", "v1");
    await deleteManifest(registry, "gallery/ui", digest);
    expect((await send(registry, "GET", "/v2/gallery/ui/manifests/v1")).status).toBe(404);
  });
});
