/** What a registry does on a bad day, and what may answer in its place. */
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../../src/registry/registry.js";
import type { Tuning } from "../../src/registry/limits.js";
import { clientFor, image, unknown } from "./support/client.js";
import { type Answerer, type Front, frontWith, json, send, startFront } from "./support/front.js";
import { makeImage, makeIndex, pushImage, pushIndex, type Image, type Index } from "./support/push.js";
import { canRunRegistry, startRegistry, type RunningRegistry } from "./support/start-registry.js";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const DIGEST = `sha256:${"b".repeat(64)}`;

/** The answer to one question for the head of `app:v1` at a server that answers so. */
async function headAt(answer: Answerer, tuning: Tuning = {}): Promise<{ answer: Answer<unknown>; front: Front }> {
  const front = await frontWith(answer);
  return { answer: await clientFor([front.host], {}, tuning).head(image(front.host, "app:v1")), front };
}

describe("an answer that passes", () => {
  it.each([429, 502, 503, 504])("%i is asked again, with the same request", async (status) => {
    const { answer, front } = await headAt((_seen, response, count) =>
      count < 3
        ? send(response, "", status)
        : send(response, "", 200, { "content-type": MANIFEST, "docker-content-digest": DIGEST }),
    );
    expect(answer).toMatchObject({ status: "found", value: { digest: DIGEST } });
    expect(front.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array(3).fill("HEAD /v2/app/manifests/v1"),
    );
  });

  it("429 is asked again when it says", async () => {
    const times: number[] = [];
    const { answer } = await headAt((_seen, response, count) => {
      times.push(performance.now());
      if (count === 1) return send(response, "", 429, { "retry-after": "1" });
      return send(response, "", 200, { "content-type": MANIFEST, "docker-content-digest": DIGEST });
    });
    expect(answer.status).toBe("found");
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(990);
  });

  it.each(["3600", new Date(Date.now() + 3_600_000).toUTCString()])(
    "429 that asks to wait for an hour (%s) is the last request in this run",
    async (header) => {
      const front = await frontWith((_seen, response) => send(response, "", 429, { "retry-after": header }));
      const client = clientFor([front.host]);
      const expected = unknown(/^127\.0\.0\.1:\d+ asks to wait (?:59|60) min \(status 429\)$/);
      expect(await client.head(image(front.host, "app:v1"))).toEqual(expected);
      expect(await client.head(image(front.host, "other:v1"))).toEqual(expected);
      expect(front.seen).toHaveLength(1);
    },
  );

  it.each(["soon", "-1", "1e9", "99999999999999999999"])("a Retry-After of %s is none", async (header) => {
    const { answer, front } = await headAt((_seen, response) => send(response, "", 429, { "retry-after": header }));
    expect(answer).toEqual(unknown(/too many requests \(status 429\)/));
    expect(front.seen).toHaveLength(3);
  });

  it.each([500, 501 + 4, 418, 403])("%i is asked once", async (status) => {
    const { answer, front } = await headAt((_seen, response) => send(response, "", status));
    expect(answer).toEqual(
      unknown(status === 403 ? /does not let this user see app/ : new RegExp(`answers with status ${status}`)),
    );
    expect(front.seen).toHaveLength(1);
  });
});

describe("a registry that does not end, or does not begin", () => {
  const quick = { headersMs: 100, bodyMs: 100 };
  const hang: Answerer = () => new Promise(() => undefined);

  it("no answer", async () => {
    expect((await headAt(hang, quick)).answer).toEqual(unknown(/does not answer within 0\.1 s$/));
  });

  it("is not asked on and on: after three requests without an answer it counts as down", async () => {
    const front = await frontWith(hang);
    const client = clientFor([front.host], {}, { ...quick, connections: 1 });
    const names = Array.from({ length: 20 }, (_none, index) => `app:v${index}`);
    const answers = await Promise.all(names.map((name) => client.head(image(front.host, name))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(["unknown"]));
    expect(front.seen).toHaveLength(3);
  });

  it("a body that comes a byte at a time", async () => {
    const front = await frontWith((_seen, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const drip = setInterval(() => response.write(" "), 10);
      response.once("close", () => clearInterval(drip));
      return true;
    });
    const answer = await clientFor([front.host], {}, quick).tags(image(front.host, "app"));
    expect(answer).toEqual(unknown(/does not end its answer within 0\.1 s$/));
  });

  it("a body that is cut off", async () => {
    const front = await frontWith((_seen, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"tags":["v1"');
      setTimeout(() => response.destroy(), 20);
      return true;
    });
    const answer = await clientFor([front.host]).tags(image(front.host, "app"));
    expect(answer).toEqual(unknown(/ended the connection too early$/));
  });

  it("a connection that is closed at once", async () => {
    const { answer } = await headAt((_seen, response) => {
      response.destroy();
      return true;
    });
    expect(answer).toEqual(unknown(/ended the connection too early$/));
  });

  it("nobody listens", async () => {
    const front = await startFront();
    await front.stop();
    expect(await clientFor([front.host]).head(image(front.host, "app:v1"))).toEqual(unknown(/refuses the connection$/));
  });

  it("the time for a question ends it, whatever it waits for", async () => {
    const { answer, front } = await headAt((_seen, response) => send(response, "", 503, { "retry-after": "10" }), {
      questionMs: 200,
    });
    expect(answer).toEqual(unknown(/answers with status 503$/));
    expect(front.seen).toHaveLength(1);
  });

  it("close() ends what is under way", async () => {
    const front = await frontWith(hang);
    const client = clientFor([front.host]);
    const question = client.head(image(front.host, "app:v1"));
    await expect.poll(() => front.seen.length).toBe(1);
    await client.close();
    expect((await question).status).toBe("unknown");
    expect(await client.head(image(front.host, "app:v2"))).toEqual(unknown(/is not asked any more$/));
  });
});

describe("what is no registry's answer", () => {
  it.each([
    ["a page of a portal, 200", 200, { "content-type": "text/html" }],
    ["a manifest of schema 1", 200, { "content-type": "application/vnd.docker.distribution.manifest.v1+prettyjws" }],
    ["no type at all", 200, {}],
  ])("%s", async (_title, status, headers) => {
    const { answer } = await headAt((_seen, response) => send(response, "<html>Please log in</html>", status, headers));
    expect(answer).toEqual(unknown(/answers for app with something that is no image manifest$/));
  });

  it("a page that is not found says nothing of an image", async () => {
    const { answer } = await headAt((_seen, response) =>
      send(response, "<html>404</html>", 404, { "content-type": "text/html" }),
    );
    expect(answer).toEqual(unknown(/answers as no registry does: 404 without a reason$/));
  });

  it.each([
    ["a page", "<html></html>"],
    ["nothing", ""],
    ["a list", '["v1"]'],
    ["tags that are no list", '{"tags":{"v1":1}}'],
    ["cut-off JSON", '{"tags":["v1"'],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ["UTF-16", Buffer.from('{"tags":[]}', "utf16le")],
    ["a deep nest", "[".repeat(100_000)],
  ])("tags: %s", async (_title, body) => {
    const front = await frontWith((_seen, response) => send(response, body));
    const answer = await clientFor([front.host]).tags(image(front.host, "app"));
    expect(answer).toEqual(unknown(/no list of tags$/));
  });

  it("what stands in a list of tags and is none is left out", async () => {
    const tags = ["v1", "\u001b[31mred", "a b", "-x", "", "x".repeat(129), 7, null, { tag: "v2" }, "v1", "v2"];
    const front = await frontWith((_seen, response) => json(response, { name: "app", tags }));
    expect(await clientFor([front.host]).tags(image(front.host, "app"))).toEqual({
      status: "found",
      value: ["v1", "v2"],
    });
  });

  it("text that a server sends reaches no reason", async () => {
    const evil = "\u001b]0;owned\u0007";
    const { answer } = await headAt((_seen, response) =>
      json(response, { errors: [{ code: evil, message: evil }] }, 404, { "x-note": "harmless" }),
    );
    expect(JSON.stringify(answer)).not.toMatch(/owned/);
    expect(answer.status).toBe("unknown");
  });
});

describe("bodies without an end", () => {
  const small = { manifestBytes: 10_000, tagsBytes: 10_000, configBytes: 10_000 };

  it("a list of tags that is too long is given up on the way", async () => {
    let sent = 0;
    const front = await frontWith((_seen, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const more = (): void => {
        while (!response.destroyed && sent < 500_000_000) {
          sent += 65_536;
          if (!response.write(" ".repeat(65_536))) return void response.once("drain", more);
        }
      };
      more();
      return true;
    });
    const answer = await clientFor([front.host], {}, small).tags(image(front.host, "app"));
    expect(answer).toEqual(unknown(/sends more than 10 kB$/));
    expect(sent).toBeLessThan(100_000_000);
  });

  it("a small body that unpacks to a large one", async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, " "));
    expect(bomb.length).toBeLessThan(50_000);
    const front = await frontWith((_seen, response) => send(response, bomb, 200, { "content-encoding": "gzip" }));
    const client = clientFor([front.host], {}, { tagsBytes: 100_000 });
    expect(await client.tags(image(front.host, "app"))).toEqual(unknown(/sends what cannot be unpacked$/));
  });

  it("a packed body of the usual size is unpacked", async () => {
    const packed = gzipSync(JSON.stringify({ tags: ["v1"] }));
    const front = await frontWith((_seen, response) => send(response, packed, 200, { "content-encoding": "gzip" }));
    expect(await clientFor([front.host]).tags(image(front.host, "app"))).toEqual({ status: "found", value: ["v1"] });
  });

  it.each(["gzip", "zstd", "toString", "gzip, gzip"])(
    "an encoding (%s) that the body does not have",
    async (encoding) => {
      const front = await frontWith((_seen, response) =>
        send(response, '{"tags":[]}', 200, { "content-encoding": encoding }),
      );
      expect(await clientFor([front.host]).tags(image(front.host, "app"))).toEqual(unknown(/cannot be unpacked$/));
    },
  );

  it("a head without an end", async () => {
    const { answer } = await headAt((_seen, response) => send(response, "", 200, { "x-long": "x".repeat(100_000) }));
    expect(answer).toEqual(unknown(/does not speak HTTP$/));
  });

  it("a huge page for an error", async () => {
    const { answer } = await headAt((seen, response) => {
      return seen.method === "HEAD" ? send(response, "", 404) : send(response, "x".repeat(5_000_000), 404);
    });
    expect(answer).toEqual(unknown(/404 without a reason$/));
  });
});

describe("an index", () => {
  it.each([
    ["whose images are not there", [makeImage()], ["linux/amd64"]],
    ["without images", [], []],
  ])("%s is an index all the same", async (_title, images, platforms) => {
    const index = makeIndex(images);
    const front = await frontWith(({ path }, response) => {
      const isIndex = path.endsWith("/manifests/v1");
      return isIndex
        ? send(response, index.manifest, 200, { "content-type": index.mediaType })
        : json(response, {}, 404);
    });
    const value = { digest: index.digest, isIndex: true, platforms, created: null, layersSize: null };
    const answer = await clientFor([front.host]).details(image(front.host, "app:v1"));
    expect(answer).toMatchObject({ status: "found", value });
  });
});

describe("pages of tags", () => {
  const page = (from: number): string[] => [`v${from}`, `v${from + 1}`];
  const pagesOf =
    (link: (next: number, host: string) => string | null): Answerer =>
    ({ path }, response) => {
      const from = Number(/from=(\d+)/.exec(path)?.[1] ?? 0);
      const next = link(from + 2, String(response.req.headers.host));
      return json(response, { tags: page(from) }, 200, next === null ? {} : { link: next });
    };

  it.each([
    ["a path", () => "/v2/app/tags/list"],
    ["a whole URL", (host: string) => `http://${host}/v2/app/tags/list`],
    ["a query alone", () => ""],
  ])("follows a Link that is %s", async (_title, start) => {
    const front = await frontWith(
      pagesOf((next, host) => (next < 6 ? `<${start(host)}?from=${next}>; rel="next"` : null)),
    );
    const value = ["v0", "v1", "v2", "v3", "v4", "v5"];
    expect(await clientFor([front.host]).tags(image(front.host, "app"))).toEqual({ status: "found", value });
    expect(front.seen).toHaveLength(3);
  });

  it("goes to no other host", async () => {
    const other = await frontWith((_seen, response) => json(response, { tags: ["evil"] }));
    const front = await frontWith(pagesOf(() => `<${other.url}/v2/app/tags/list>; rel="next"`));
    const answer = await clientFor([front.host, other.host]).tags(image(front.host, "app"));
    expect(answer).toEqual(unknown(/continues its list at another host$/));
    expect(other.seen).toEqual([]);
  });

  it("does not walk in a circle", async () => {
    const front = await frontWith(pagesOf(() => `</v2/app/tags/list?from=2>; rel="next"`));
    expect(await clientFor([front.host]).tags(image(front.host, "app"))).toEqual(unknown(/in a circle$/));
    expect(front.seen).toHaveLength(2);
  });

  it("does not walk for ever", async () => {
    const front = await frontWith(pagesOf((next) => `</v2/app/tags/list?from=${next}>; rel="next"`));
    const answer = await clientFor([front.host], {}, { pages: 5 }).tags(image(front.host, "app"));
    expect(answer).toEqual(unknown(/more tags of app than can be read$/));
    expect(front.seen).toHaveLength(5);
  });

  it("a registry that refuses pages of our size may use its own", async () => {
    const front = await frontWith(({ path }, response) =>
      path.includes("n=")
        ? json(response, { errors: [{ code: "PAGINATION_NUMBER_INVALID" }] }, 400)
        : json(response, { tags: ["v1"] }),
    );
    expect(await clientFor([front.host]).tags(image(front.host, "app"))).toEqual({ status: "found", value: ["v1"] });
  });
});

describe.runIf(canRunRegistry())("in front of a real registry", () => {
  let registry: RunningRegistry;
  let made: Image;
  let index: Index;
  beforeAll(async () => {
    registry = await startRegistry();
    made = await pushImage(registry, "app", "v1");
    index = await pushIndex(registry, "multi", "v1");
  });
  afterAll(() => registry.stop());

  /** The registry's own answer, with another digest in its head. */
  const withDigest =
    (digest: string | null, methods: readonly string[] = ["HEAD", "GET"]): Answerer =>
    ({ method }, response) => {
      if (!methods.includes(method)) return false;
      const writeHead = response.writeHead.bind(response) as (status: number, headers: object) => typeof response;
      response.writeHead = ((status: number, headers: Record<string, string>) => {
        const name = "docker-content-digest";
        const others = Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
        return writeHead(status, digest === null ? others : { ...others, [name]: digest });
      }) as typeof response.writeHead;
      return false;
    };

  it("a registry that names no digest is asked for the manifest, whose digest is computed", async () => {
    const front = await frontWith(withDigest(null), registry);
    const answer = await clientFor([front.host]).head(image(front.host, "app:v1"));
    expect(answer).toMatchObject({ status: "found", value: { digest: made.digest, size: made.manifest.length } });
    expect(front.seen.map(({ method }) => method)).toEqual(["HEAD", "GET"]);
  });

  it("a registry without HEAD is asked by GET", async () => {
    const front = await frontWith(({ method }, response) => method === "HEAD" && send(response, "", 405), registry);
    expect(await clientFor([front.host]).head(image(front.host, "app:v1"))).toMatchObject({
      value: { digest: made.digest },
    });
  });

  it.each([
    "sha256:short",
    "md5:0123456789abcdef0123456789abcdef",
    `sha256:${"G".repeat(64)}`,
    "\u00ff",
    "__proto__:00",
  ])("a digest that is none: %s", async (digest) => {
    const front = await frontWith(withDigest(digest), registry);
    const answer = await clientFor([front.host]).head(image(front.host, "app:v1"));
    expect(answer).toEqual(unknown(/with a manifest that does not have its digest$/));
  });

  it("a manifest that does not have the digest that comes with it", async () => {
    const front = await frontWith(withDigest(DIGEST), registry);
    expect(await clientFor([front.host]).details(image(front.host, "app:v1"))).toEqual(
      unknown(/does not have its digest$/),
    );
  });

  it("a manifest that does not have the digest that was asked for", async () => {
    const front = await frontWith(({ path }, response) => {
      if (!path.includes(DIGEST)) return false;
      return send(response, made.manifest, 200, { "content-type": made.mediaType, "docker-content-digest": DIGEST });
    }, registry);
    const client = clientFor([front.host]);
    expect(await client.details(image(front.host, `app@${DIGEST}`))).toEqual(unknown(/does not have its digest$/));
  });

  it("another digest than the one asked for is not believed", async () => {
    const front = await frontWith(withDigest(DIGEST), registry);
    const answer = await clientFor([front.host]).head(image(front.host, `app@${made.digest}`));
    // The manifest itself decides, and it has the digest.
    expect(answer).toMatchObject({ status: "found", value: { digest: made.digest } });
  });

  it("a part that fails leaves the rest, and is asked for again by the next run", async () => {
    const broken = await frontWith(
      ({ path }, response) => path.includes("/blobs/") && send(response, "", 500),
      registry,
    );
    const client = clientFor([broken.host]);
    const details = { digest: index.digest, platforms: ["linux/amd64", "linux/arm64"], created: null };
    expect(await client.details(image(broken.host, "multi:v1"))).toMatchObject({ status: "found", value: details });
    const count = broken.seen.length;
    await client.details(image(broken.host, "multi:v1"));
    expect(broken.seen.length).toBe(2 * count);
  });

  it("a configuration that does not have its digest is not believed", async () => {
    const front = await frontWith(
      ({ path }, response) => path.includes("/blobs/") && json(response, { created: "2030-01-01T00:00:00Z" }),
      registry,
    );
    const answer = await clientFor([front.host]).details(image(front.host, "app:v1"));
    expect(answer).toMatchObject({ status: "found", value: { digest: made.digest, platforms: [], created: null } });
  });

  it("gone, where tags are not to be listed: the manifest's own error decides", async () => {
    const front = await frontWith(
      ({ path }, response) => path.includes("tags/list") && json(response, { errors: [] }, 403),
      registry,
    );
    expect(await clientFor([front.host]).head(image(front.host, "app:v9"))).toEqual({ status: "gone", what: "tag" });
  });
});
