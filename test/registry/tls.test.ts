/** HTTPS, and where plain HTTP is accepted in its place. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { makeCertificate, type Certificate } from "./support/certificates.js";
import { clientFor, image, unknown } from "./support/client.js";
import { auth, folderOf, homeWith } from "./support/config.js";
import { json, send, startFront } from "./support/front.js";
import { pushImage, type Image } from "./support/push.js";
import { canRunRegistry, startRegistry, type RunningRegistry } from "./support/start-registry.js";

describe.runIf(canRunRegistry())("a real registry over TLS", () => {
  let registry: RunningRegistry;
  let made: Image;
  let tls: Certificate;
  beforeAll(async () => {
    tls = makeCertificate();
    registry = await startRegistry({ tls });
    made = await pushImage(registry, "app", "v1");
  });
  afterAll(() => registry.stop());

  it("with a certificate that is trusted", async () => {
    const client = clientFor([registry.host], { insecure: [] }, { ca: tls.certificate });
    expect(await client.details(image(registry.host, "app:v1"))).toMatchObject({ value: { digest: made.digest } });
  });

  it.each([
    ["not", []],
    ["not, plain HTTP accepted or not", ["insecure"]],
  ])("with one that nobody vouches for: %s", async (_title, insecure) => {
    const client = clientFor([registry.host], { insecure: insecure.map(() => registry.host) });
    const reason =
      /^the certificate of .* is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\); NODE_EXTRA_CA_CERTS can name its issuer$/;
    expect(await client.head(image(registry.host, "app:v1"))).toEqual(unknown(reason));
  });

  it("with one that NODE_EXTRA_CA_CERTS names", async () => {
    const folder = folderOf();
    const file = join(folder, "ca.pem");
    writeFileSync(file, tls.certificate);
    const main = join(import.meta.dirname, "support/head-main.ts");
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: file };
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ["--import", "tsx", main, registry.host, "app", "v1"], { env });
    expect(JSON.parse(stdout)).toMatchObject({ status: "found", value: { digest: made.digest } });
  });

  it("is asked over TLS also where plain HTTP would be accepted", async () => {
    const client = clientFor([registry.host], {}, { ca: tls.certificate });
    expect((await client.head(image(registry.host, "app:v1"))).status).toBe("found");
  });
});

describe("plain HTTP", () => {
  const password = { home: "" };

  it("is not spoken where the policy does not accept it", async () => {
    const front = await startFront({ answer: (_seen, response) => json(response, { tags: ["v1"] }) });
    onTestFinished(() => front.stop());
    const answer = await clientFor([front.host], { ...password, insecure: [] }).tags(image(front.host, "app"));
    expect(answer).toEqual(unknown(/does not speak HTTPS; where plain HTTP is meant, registries\.insecure lists it$/));
    expect(front.seen).toEqual([]);
  });

  it("is not spoken after a redirect from HTTPS, and no password with it", async () => {
    const tls = makeCertificate();
    const plain = await startFront({ answer: (_seen, response) => json(response, { tags: ["v1"] }) });
    const secure = await startFront({
      tls,
      answer: ({ authorization }, response) =>
        authorization === null
          ? send(response, "", 401, { "www-authenticate": 'Basic realm="x"' })
          : send(response, "", 302, { location: `${plain.url}/x` }),
    });
    onTestFinished(async () => {
      await plain.stop();
      await secure.stop();
    });
    const home = homeWith({ auths: { [secure.host]: auth("user", "secret") } });
    const hosts = [secure.host, plain.host];
    const strict = clientFor(hosts, { insecure: [], home }, { ca: tls.certificate });
    expect(await strict.tags(image(secure.host, "app"))).toEqual(
      unknown(/redirects to an address that is not followed$/),
    );
    expect(plain.seen).toEqual([]);

    const lax = clientFor(hosts, { insecure: [plain.host], home }, { ca: tls.certificate });
    expect(await lax.tags(image(secure.host, "app"))).toMatchObject({ status: "found" });
    expect(plain.seen).toMatchObject([{ authorization: null }]);
  });
});
