/** HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { proxyFor, type Environment } from "../../src/registry/proxy.js";
import { makeCertificate } from "./support/certificates.js";
import { clientFor, image, unknown } from "./support/client.js";
import { json, send, startFront } from "./support/front.js";

describe("which proxy is asked", () => {
  const PROXY = { HTTPS_PROXY: "http://proxy.corp:3128", HTTP_PROXY: "http://plain.corp:3128" };

  it.each<[title: string, url: string, env: Environment, proxy: string | null]>([
    ["none without a variable", "https://ghcr.io/", {}, null],
    ["none with an empty one", "https://ghcr.io/", { HTTPS_PROXY: "" }, null],
    ["for https", "https://ghcr.io/", PROXY, "proxy.corp:3128"],
    ["for http", "http://registry.corp/", PROXY, "plain.corp:3128"],
    ["none for the other scheme", "https://ghcr.io/", { HTTP_PROXY: "http://plain.corp" }, null],
    ["lower case first", "https://ghcr.io/", { ...PROXY, https_proxy: "http://lower.corp" }, "lower.corp"],
    ["without a scheme", "https://ghcr.io/", { HTTPS_PROXY: "proxy.corp:3128" }, "proxy.corp:3128"],
    ["localhost never", "http://localhost:5000/", PROXY, null],
    ["127.0.0.0/8 never", "https://127.1.2.3:5000/", PROXY, null],
    ["::1 never", "https://[::1]:5000/", PROXY, null],
    ["NO_PROXY: the host", "https://ghcr.io/", { ...PROXY, NO_PROXY: "quay.io, ghcr.io" }, null],
    ["NO_PROXY: below the host", "https://a.corp.io/", { ...PROXY, NO_PROXY: "corp.io" }, null],
    ["NO_PROXY: with a dot in front", "https://a.corp.io/", { ...PROXY, no_proxy: ".corp.io" }, null],
    ["NO_PROXY: with a star in front", "https://a.corp.io/", { ...PROXY, no_proxy: "*.corp.io" }, null],
    [
      "NO_PROXY: not a host that ends alike",
      "https://evilcorp.io/",
      { ...PROXY, NO_PROXY: "corp.io" },
      "proxy.corp:3128",
    ],
    ["NO_PROXY: the port", "https://a.io:5000/", { ...PROXY, NO_PROXY: "a.io:5000" }, null],
    ["NO_PROXY: the usual port", "https://a.io/", { ...PROXY, NO_PROXY: "a.io:443" }, null],
    ["NO_PROXY: another port", "https://a.io:5000/", { ...PROXY, NO_PROXY: "a.io:443" }, "proxy.corp:3128"],
    ["NO_PROXY: all", "https://a.io/", { ...PROXY, NO_PROXY: "*" }, null],
    ["NO_PROXY: an address", "https://10.0.0.1/", { ...PROXY, NO_PROXY: "10.0.0.1" }, null],
    ["NO_PROXY: a network", "https://10.1.2.3/", { ...PROXY, NO_PROXY: "10.0.0.0/8" }, null],
    ["NO_PROXY: another network", "https://11.1.2.3/", { ...PROXY, NO_PROXY: "10.0.0.0/8" }, "proxy.corp:3128"],
    ["NO_PROXY: a network of IPv6", "https://[fd00::1]/", { ...PROXY, NO_PROXY: "fd00::/8" }, null],
    ["NO_PROXY: no network", "https://10.1.2.3/", { ...PROXY, NO_PROXY: "10.0.0.0/99,/,a/b" }, "proxy.corp:3128"],
  ])("%s", (_title, url, env, proxy) => {
    const found = proxyFor(new URL(url), env);
    expect(found === null ? null : found?.host).toBe(proxy);
  });

  it.each(["socks5://proxy.corp", "http://", "::::", "ftp://x"])(
    "%s is no proxy that can be asked",
    async (HTTPS_PROXY) => {
      expect(proxyFor(new URL("https://ghcr.io/"), { HTTPS_PROXY })).toBeUndefined();
      const answer = await clientFor(["ghcr.io"], { insecure: [], env: { HTTPS_PROXY } }).head(
        image("ghcr.io", "app:v1"),
      );
      expect(answer).toEqual({
        status: "unknown",
        reason: "the proxy that the environment names is no http or https URL",
      });
    },
  );
});

/** A proxy that connects every tunnel to `port` on this machine, whatever it is asked for; with a status of 0 it says nothing. Records who asked for what. */
async function startProxy(port: number, status = 200): Promise<{ url: string; asked: string[]; server: Server }> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
    send(response, "", 502);
  });
  server.on("connect", (request, client: Socket) => {
    asked.push(
      `CONNECT ${request.url ?? ""} ${request.headers["proxy-authorization"] ?? "-"} ${request.headers.authorization ?? "-"}`,
    );
    open.add(client.on("error", () => undefined));
    if (status === 0) return; // says nothing
    if (status !== 200) return client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const onward = connect(port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(onward).pipe(client);
    });
    open.add(onward.on("error", () => client.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of open) socket.destroy();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, server };
}

describe("through a proxy", () => {
  it("HTTPS goes through a tunnel, with TLS to the registry itself", async () => {
    const tls = makeCertificate("registry.example");
    const registry = await startFront({ tls, answer: (_seen, response) => json(response, { tags: ["v1"] }) });
    onTestFinished(() => registry.stop());
    const proxy = await startProxy(Number(registry.host.split(":")[1]));
    const env = { HTTPS_PROXY: proxy.url.replace("://", "://me:p%40ss@") };
    const client = clientFor(["registry.example"], { insecure: [], env }, { ca: tls.certificate });
    const names = ["a", "b", "c"];
    for (const name of names) {
      expect(await client.tags(image("registry.example", name))).toEqual({ status: "found", value: ["v1"] });
    }
    // One tunnel serves them all; the password of the proxy is told to the proxy alone.
    const secret = Buffer.from("me:p@ss").toString("base64");
    expect(proxy.asked).toEqual([`CONNECT registry.example:443 Basic ${secret} -`]);
    expect(registry.seen).toHaveLength(3);
    expect(JSON.stringify(registry.seen)).not.toContain(secret);
  });

  it("a registry whose certificate is for another name is not trusted because of the proxy", async () => {
    const tls = makeCertificate();
    const registry = await startFront({ tls });
    onTestFinished(() => registry.stop());
    const proxy = await startProxy(Number(registry.host.split(":")[1]));
    const client = clientFor(
      ["registry.example"],
      { insecure: [], env: { HTTPS_PROXY: proxy.url } },
      { ca: tls.certificate },
    );
    const reason = /^the certificate of registry\.example is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/;
    expect(await client.head(image("registry.example", "app:v1"))).toEqual({
      status: "unknown",
      reason: expect.stringMatching(reason) as string,
    });
    expect(registry.seen).toEqual([]);
  });

  it.each([403, 407, 502, 404, 401])(
    "a proxy that answers %i speaks for itself, not for the registry",
    async (status) => {
      const proxy = await startProxy(1, status);
      const client = clientFor(["registry.example"], { insecure: [], env: { HTTPS_PROXY: proxy.url } });
      expect(await client.head(image("registry.example", "app:v1"))).toEqual({
        status: "unknown",
        reason: `the proxy answers ${status} when asked for registry.example`,
      });
    },
  );

  it("a proxy that is not there", async () => {
    const gone = await startFront();
    await gone.stop();
    const client = clientFor(["registry.example"], { insecure: [], env: { HTTPS_PROXY: gone.url } });
    expect(await client.head(image("registry.example", "app:v1"))).toEqual({
      status: "unknown",
      reason: "the proxy for registry.example cannot be reached",
    });
  });

  it("a proxy that says nothing", async () => {
    const proxy = await startProxy(1, 0);
    const client = clientFor(
      ["registry.example"],
      { insecure: [], env: { HTTPS_PROXY: proxy.url } },
      { connectMs: 100 },
    );
    const answer = await client.head(image("registry.example", "app:v1"));
    expect(answer).toEqual(unknown(/^the proxy for registry\.example (?:cannot be reached|does not answer)$/));
    expect(proxy.asked).toHaveLength(1);
  });

  it("plain HTTP is asked for by its whole URL", async () => {
    const proxy = await startFront({ answer: (_seen, response) => json(response, { tags: ["v1"] }) });
    onTestFinished(() => proxy.stop());
    const client = clientFor(
      ["registry.example:5000"],
      { env: { HTTP_PROXY: proxy.url } },
      { lookup: () => undefined, connectMs: 100 },
    );
    expect(await client.tags(image("registry.example:5000", "app"))).toEqual({ status: "found", value: ["v1"] });
    expect(proxy.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET http://registry.example:5000/v2/app/tags/list?n=1000",
    ]);
  });

  it.each(["169.254.169.254", "metadata.google.internal"])("%s is not asked for there either", async (host) => {
    const proxy = await startProxy(1);
    const front = await startFront({
      answer: (_seen, response) => send(response, "", 302, { location: `https://${host}/x` }),
    });
    onTestFinished(() => front.stop());
    const client = clientFor([front.host], { env: { HTTPS_PROXY: proxy.url } });
    expect((await client.tags(image(front.host, "app"))).status).toBe("unknown");
    expect(proxy.asked).toEqual([]);
    // Unless the policy lists that very address: then it is asked for.
    const listed = clientFor([host], { insecure: [], env: { HTTPS_PROXY: proxy.url } });
    await listed.head(image(host, "app:v1"));
    expect(proxy.asked).toEqual([`CONNECT ${host}:443 - -`]);
  });
});
