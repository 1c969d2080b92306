/** Images that the tests pushed to a real registry, as the client sees them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Reference } from "../../src/facts/reference.js";
import { clientFor, image } from "./support/client.js";
import { startFront } from "./support/front.js";
import {
  deleteManifest,
  makeImage,
  pushImage,
  pushIndex,
  pushMade,
  putManifest,
  sha256,
  type Index,
} from "./support/push.js";
import { canRunRegistry, startRegistry, type RunningRegistry } from "./support/start-registry.js";

const INDEX = {
  oci: "application/vnd.oci.image.index.v1+json",
  docker: "application/vnd.docker.distribution.manifest.list.v2+json",
};
const SINGLE = {
  oci: "application/vnd.oci.image.manifest.v1+json",
  docker: "application/vnd.docker.distribution.manifest.v2+json",
};
const CREATED = "2026-01-02T03:04:05.000Z";

describe.runIf(canRunRegistry())("a real registry", () => {
  let registry: RunningRegistry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(() => registry.stop());
  const at = (name: string): Reference => image(registry.host, name);

  describe.each(["oci", "docker"] as const)("%s", (format) => {
    let index: Index;
    beforeAll(async () => {
      index = await pushIndex(registry, `multi/${format}`, "v1", {
        format,
        platforms: ["linux/arm/v7", "linux/amd64"],
      });
    });

    it("head of an image for several platforms is its index", async () => {
      const value = { digest: index.digest, mediaType: INDEX[format], isIndex: true, size: index.manifest.length };
      expect(await clientFor([registry.host]).head(at(`multi/${format}:v1`))).toEqual({ status: "found", value });
    });

    it("head of an image for one platform is its manifest", async () => {
      const { digest, manifest } = await pushImage(registry, `single/${format}`, "v1", { format });
      const value = { digest, mediaType: SINGLE[format], isIndex: false, size: manifest.length };
      const client = clientFor([registry.host]);
      expect(await client.head(at(`single/${format}:v1`))).toEqual({ status: "found", value });
      expect(await client.head(at(`single/${format}@${digest}`))).toEqual({ status: "found", value });
    });

    it("details of an image for several platforms: age and size are those of linux/amd64", async () => {
      const [, amd64] = index.images;
      expect(await clientFor([registry.host]).details(at(`multi/${format}:v1`))).toEqual({
        status: "found",
        value: {
          ...{ digest: index.digest, mediaType: INDEX[format], isIndex: true, size: index.manifest.length },
          platforms: ["linux/arm/v7", "linux/amd64"],
          created: CREATED,
          layersSize: amd64!.layer.length,
        },
      });
    });

    it("details of an image for one platform", async () => {
      const made = await pushImage(registry, `details/${format}`, "v1", { format, platform: "linux/arm64/v8" });
      expect(await clientFor([registry.host]).details(at(`details/${format}:v1`))).toMatchObject({
        value: { digest: made.digest, platforms: ["linux/arm64/v8"], created: CREATED, layersSize: made.layer.length },
      });
    });
  });

  it("an entry for provenance is no platform", async () => {
    await pushIndex(registry, "attested", "v1", { attested: true });
    const details = await clientFor([registry.host]).details(at("attested:v1"));
    expect(details).toMatchObject({ value: { platforms: ["linux/amd64", "linux/arm64"] } });
  });

  it("an image of a build that can be repeated has no date", async () => {
    await pushImage(registry, "dateless", "v1", { created: "1970-01-01T00:00:00Z" });
    expect(await clientFor([registry.host]).details(at("dateless:v1"))).toMatchObject({ value: { created: null } });
  });

  it("without tag and digest, latest is asked for", async () => {
    const { digest } = await pushImage(registry, "no-tag", "latest");
    expect(await clientFor([registry.host]).head(at("no-tag"))).toMatchObject({ value: { digest } });
  });

  it("with tag and digest, the digest is asked for", async () => {
    const { digest } = await pushImage(registry, "both", "old", { text: "old" });
    await pushImage(registry, "both", "new", { text: "new" });
    expect(await clientFor([registry.host]).head(at(`both:new@${digest}`))).toMatchObject({ value: { digest } });
  });

  it("lists the tags of a repository", async () => {
    for (const tag of ["v1", "v1.2", "latest"]) await pushImage(registry, "tagged", tag);
    const answer = await clientFor([registry.host]).tags(at("tagged"));
    expect(answer.status === "found" && [...answer.value].sort()).toEqual(["latest", "v1", "v1.2"]);
  });

  describe("what is not there", () => {
    beforeAll(() => pushImage(registry, "there", "v1"));
    const MISSING = `sha256:${"a".repeat(64)}`;

    it.each([
      ["a tag", "there:v2", "tag"],
      ["a digest", `there@${MISSING}`, "digest"],
      ["a repository", "nowhere:v1", "repository"],
      ["a digest in a missing repository", `nowhere@${MISSING}`, "repository"],
    ])("%s", async (_title, name, what) => {
      const client = clientFor([registry.host]);
      expect(await client.head(at(name))).toEqual({ status: "gone", what });
      expect(await client.details(at(name))).toEqual({ status: "gone", what });
    });

    it("the tags of a missing repository", async () => {
      expect(await clientFor([registry.host]).tags(at("nowhere"))).toEqual({ status: "gone", what: "repository" });
    });

    it("an emptied repository has no tags, and is there", async () => {
      const { digest } = await pushImage(registry, "emptied", "v1");
      await deleteManifest(registry, "emptied", digest);
      const client = clientFor([registry.host]);
      expect(await client.tags(at("emptied"))).toEqual({ status: "found", value: [] });
      expect(await client.head(at("emptied:v1"))).toEqual({ status: "gone", what: "tag" });
    });
  });

  it("an image that is deleted by its digest is gone, and one pushed again under its tag is another", async () => {
    const first = await pushImage(registry, "gallery/ui", "v1", { text: "first" });
    expect(await clientFor([registry.host]).head(at("gallery/ui:v1"))).toMatchObject({
      value: { digest: first.digest },
    });
    await deleteManifest(registry, "gallery/ui", first.digest);
    expect(await clientFor([registry.host]).head(at("gallery/ui:v1"))).toEqual({ status: "gone", what: "tag" });
    const second = await pushImage(registry, "gallery/ui", "v1", { text: "second" });
    const client = clientFor([registry.host]);
    expect(await client.head(at("gallery/ui:v1"))).toMatchObject({ value: { digest: second.digest } });
    expect(await client.head(at(`gallery/ui@${first.digest}`))).toEqual({ status: "gone", what: "digest" });
  });

  it("asks the mirror for the images of the registry that it stands for", async () => {
    const { digest } = await pushImage(registry, "hub/library/node", "22");
    const client = clientFor([registry.host], {
      mirrors: { "docker.io": `${registry.host}/hub` },
      isAllowed: () => false,
    });
    expect(await client.head(image("docker.io", "library/node:22"))).toMatchObject({ value: { digest } });
  });

  it.each([
    ["a path that climbs", "../../v2/_catalog", "v1"],
    ["a query", "there?x", "v1"],
    ["upper case", "There", "v1"],
    ["a tag with a path", "there", "../tags/list"],
    ["a tag with a line end", "there", "v1\r\nX-Evil: 1"],
  ])("asks nothing for what is no reference: %s", async (_title, repository, tag) => {
    const front = await startFront({ target: registry });
    const client = clientFor([front.host]);
    const reference = { registry: front.host, repository, tag, digest: null };
    expect(await client.head(reference)).toEqual({ status: "unknown", reason: "this is no image reference" });
    expect(front.seen).toEqual([]);
    await front.stop();
  });

  it("the same question is asked once, whoever asks meanwhile", async () => {
    await pushImage(registry, "asked", "v1");
    const front = await startFront({ target: registry });
    const client = clientFor([front.host]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.head(image(front.host, "asked:v1"))));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set(["found"]));
    await client.head(image(front.host, "asked:v1"));
    expect(front.seen).toHaveLength(1);
    await front.stop();
  });

  it("details answer the question for the head, too", async () => {
    await pushIndex(registry, "both-asked", "v1");
    const front = await startFront({ target: registry });
    const client = clientFor([front.host]);
    const details = await client.details(image(front.host, "both-asked:v1"));
    const count = front.seen.length;
    expect(count).toBe(3);
    expect(details).toMatchObject(await client.head(image(front.host, "both-asked:v1")));
    expect(front.seen).toHaveLength(count);
    await front.stop();
  });

  it("an image whose layers weigh gigabytes and are not there is described by what its manifest says", async () => {
    const made = makeImage();
    await pushMade(registry, "heavy", "v1", made);
    const text = made.manifest.toString().replace(/("layers":\[\{[^}]*"size":)\d+/, "$19876543210");
    const manifest = Buffer.from(text);
    await putManifest(registry, "heavy", "v2", { ...made, manifest, digest: sha256(manifest) });
    expect(await clientFor([registry.host]).details(at("heavy:v2"))).toMatchObject({
      value: { layersSize: 9876543210 },
    });
  });
});
