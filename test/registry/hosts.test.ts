/** Which hosts and addresses are contacted at all. */
import fc from "fast-check";
import type { LookupFunction } from "node:net";
import { describe, expect, it } from "vitest";
import { reachOf } from "../../src/registry/addresses.js";
import { apiHost, isPlainHost } from "../../src/registry/hosts.js";
import { clientFor, image, unknown } from "./support/client.js";
import { frontWith, json, send } from "./support/front.js";

/** A name service of the test's own: name -> addresses. Records what it is asked. */
function names(table: Readonly<Record<string, readonly string[]>>): LookupFunction & { readonly asked: string[] } {
  const asked: string[] = [];
  const lookup: LookupFunction = (name, _options, callback) => {
    asked.push(name);
    const addresses = table[name];
    if (!addresses) {
      callback(Object.assign(new Error("not found"), { code: "ENOTFOUND" }), []);
      return;
    }
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  return Object.assign(lookup, { asked });
}

describe("how far an address reaches", () => {
  it.each([
    ["8.8.8.8", "public"],
    ["2606:4700::1111", "public"],
    ["172.15.255.255", "public"],
    ["172.32.0.0", "public"],
    ["127.0.0.1", "loopback"],
    ["127.255.255.254", "loopback"],
    ["0.0.0.0", "loopback"],
    ["::1", "loopback"],
    ["::", "loopback"],
    ["::ffff:127.0.0.1", "loopback"],
    ["10.1.2.3", "private"],
    ["172.16.0.1", "private"],
    ["172.31.255.255", "private"],
    ["192.168.1.1", "private"],
    ["100.64.0.1", "private"],
    ["fd12:3456::1", "private"],
    ["::ffff:10.0.0.1", "private"],
    ["64:ff9b::10.0.0.1", "private"],
    ["64:ff9b::8.8.8.8", "public"],
    ["169.254.169.254", "forbidden"],
    ["169.254.0.1", "forbidden"],
    ["::ffff:169.254.169.254", "forbidden"],
    ["::ffff:a9fe:a9fe", "forbidden"],
    ["64:ff9b::a9fe:a9fe", "forbidden"],
    ["fe80::1", "forbidden"],
    ["febf::1", "forbidden"],
    ["fd00:ec2::254", "forbidden"],
    ["100.100.100.200", "forbidden"],
    ["168.63.129.16", "forbidden"],
    ["224.0.0.1", "forbidden"],
    ["255.255.255.255", "forbidden"],
    ["ff02::1", "forbidden"],
    ["example", "forbidden"],
    ["", "forbidden"],
  ])("%s: %s", (address, reach) => {
    expect(reachOf(address)).toBe(reach);
  });
});

describe("the host behind a registry's name", () => {
  it.each([
    ["docker.io", "registry-1.docker.io"],
    ["index.docker.io", "registry-1.docker.io"],
    ["ghcr.io", "ghcr.io"],
    ["Registry.Local:5000", "registry.local:5000"],
    ["localhost:5000", "localhost:5000"],
    ["127.0.0.1:5000", "127.0.0.1:5000"],
    ["[::1]:5000", "[::1]:5000"],
    ["registry.corp:443", "registry.corp"],
    ["xn--bcher-kva.example", "xn--bcher-kva.example"],
  ])("%s: %s", (registry, host) => {
    expect(apiHost(registry)).toBe(host);
  });

  it.each([
    ["a decimal address", "2130706433:5000"],
    ["a hexadecimal address", "0x7f.0.0.1"],
    ["a hexadecimal number", "0x7f000001:80"],
    ["an octal address", "0177.0.0.1"],
    ["a short address", "127.1"],
    ["an address with a dot behind", "127.0.0.1."],
    ["a trailing dot", "registry.corp."],
    ["two dots", "registry..corp"],
    ["an underscore", "a_b.corp"],
    ["another alphabet", "bücher.example"],
    ["full-width letters", "ｄocker.io"],
    ["a zone", "[fe80::1%eth0]"],
    ["no IPv6 address", "[::g]"],
    ["an open bracket", "[::1"],
    ["IPv6 without brackets", "::1"],
    ["a user name", "user@registry.corp"],
    ["a path", "registry.corp/x"],
    ["a query", "registry.corp?x"],
    ["a fragment", "registry.corp#x"],
    ["an encoded letter", "%65xample.com"],
    ["a port that is none", "registry.corp:99999"],
    ["port zero", "registry.corp:0"],
    ["an empty port", "registry.corp:"],
    ["two ports", "registry.corp:80:80"],
    ["a space", "registry .corp"],
    ["a line end", "registry.corp\r\n"],
    ["a NUL", "registry.corp\0"],
    ["nothing", ""],
    ["a long label", `${"a".repeat(64)}.corp`],
    ["a long name", `${"a.".repeat(200)}corp`],
    ["a dash in front", "-registry.corp"],
  ])("%s is refused: %s", async (_title, registry) => {
    expect(apiHost(registry)).toBeNull();
    const client = clientFor([], { isAllowed: () => true, insecure: [registry] });
    expect((await client.head({ registry, repository: "app", tag: "v1", digest: null })).status).toBe("unknown");
  });

  it("what is accepted is read by a URL as it is written", () => {
    const text = fc.oneof(
      fc.string(),
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
      fc.webAuthority(),
    );
    fc.assert(
      fc.property(text, (written) => {
        const host = written.toLowerCase();
        if (!isPlainHost(host) || host.startsWith("[")) return;
        expect(new URL(`http://${host}`).host).toBe(host.replace(/:80$/, ""));
      }),
    );
  });
});

describe("a registry that the policy does not list", () => {
  it("is not asked, looked up or connected to", async () => {
    const front = await frontWith((_seen, response) => json(response, { tags: [] }));
    const lookup = names({});
    const client = clientFor([], { insecure: [front.host] }, { lookup });
    for (const registry of [front.host, "evil.example"]) {
      const reason = /is not asked: the policy's registries\.allow does not list it$/;
      expect(await client.tags(image(registry, "app"))).toEqual(unknown(reason));
    }
    expect(front.seen).toEqual([]);
    expect(lookup.asked).toEqual([]);
  });
});

describe("link-local and metadata addresses", () => {
  const FORBIDDEN = /leads to an address that is not contacted unless registries\.allow lists it$/;

  it.each(["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "fd00:ec2::254"])(
    "a listed name that leads to %s is not followed there",
    async (address) => {
      const lookup = names({ "registry.example": [address] });
      const client = clientFor(["registry.example"], {}, { lookup });
      expect(await client.head(image("registry.example", "app:v1"))).toEqual(unknown(FORBIDDEN));
    },
  );

  it("of several addresses of a name only those are used that may be", async () => {
    const front = await frontWith((_seen, response) => json(response, { tags: ["v1"] }));
    const port = front.host.split(":")[1]!;
    const host = `registry.example:${port}`;
    const lookup = names({ "registry.example": ["169.254.169.254", "127.0.0.1"] });
    expect(await clientFor([host], {}, { lookup }).tags(image(host, "app"))).toEqual({
      status: "found",
      value: ["v1"],
    });
  });

  it.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://metadata.google.internal/computeMetadata/v1/",
    "https://[fe80::1]/x",
  ])("a redirect to %s is not followed, plain HTTP accepted or not", async (location) => {
    const front = await frontWith((_seen, response) => send(response, "", 302, { location }));
    const lookup = names({ "metadata.google.internal": ["127.0.0.1"] });
    const insecure = [front.host, new URL(location).host];
    const answer = await clientFor([front.host], { insecure }, { lookup }).tags(image(front.host, "app"));
    expect(answer).toEqual(unknown(FORBIDDEN));
    expect(lookup.asked).toEqual([]);
  });

  it("a token server there is not asked", async () => {
    const realm = "http://169.254.169.254/token";
    const front = await frontWith((_seen, response) =>
      send(response, "", 401, { "www-authenticate": `Bearer realm="${realm}"` }),
    );
    const client = clientFor([front.host], { insecure: [front.host, "169.254.169.254"] });
    expect(await client.tags(image(front.host, "app"))).toEqual(unknown(FORBIDDEN));
  });
});

describe("a registry that is no private one", () => {
  /** The answer of a registry, asked through a proxy, that redirects to a server on this machine or in the network. */
  it.each([
    ["this machine's address", "http://INNER/x"],
    ["a name that leads to this machine", "http://inner.example:PORT/x"],
    ["an address of the network", "http://10.0.0.1/x"],
    ["an address of the network in IPv6", "http://[fd00::1]/x"],
    ["a name that leads into the network", "http://intranet.example/x"],
  ])("does not lead to %s", async (_title, location) => {
    const inner = await frontWith((_seen, response) => json(response, { tags: ["inner"] }));
    const port = inner.host.split(":")[1]!;
    const target = location.replace("INNER", inner.host).replace("PORT", port);
    const proxy = await frontWith((_seen, response) => send(response, "", 302, { location: target }));
    const lookup = names({ "inner.example": ["127.0.0.1"], "intranet.example": ["192.168.1.1", "fd00::1"] });
    const env = { HTTP_PROXY: proxy.url, NO_PROXY: "inner.example,intranet.example,10.0.0.1,fd00::1" };
    // Only the registry is listed. Plain HTTP is accepted of all, so that nothing but the address decides.
    const insecure = ["registry.example", new URL(target).host];
    const isAllowed = (host: string): boolean => host === "registry.example";
    const answer = await clientFor([], { env, insecure, isAllowed }, { lookup }).tags(image("registry.example", "app"));
    expect(answer).toEqual(unknown(/leads to an address that is not contacted unless registries\.allow lists it$/));
    expect(inner.seen).toEqual([]);
    // Unless the policy lists it, too.
    if (!target.includes(port)) return;
    const listed = clientFor(insecure, { env }, { lookup });
    expect(await listed.tags(image("registry.example", "app"))).toEqual({ status: "found", value: ["inner"] });
  });
});

describe("redirects", () => {
  it.each([301, 302, 303, 307, 308])("%i is followed", async (status) => {
    const front = await frontWith((seen, response) =>
      seen.path === "/there" ? json(response, { tags: ["v1"] }) : send(response, "", status, { location: "/there" }),
    );
    expect(await clientFor([front.host]).tags(image(front.host, "app"))).toEqual({ status: "found", value: ["v1"] });
  });

  it("a few times, not for ever", async () => {
    const front = await frontWith(({ path }, response) => send(response, "", 302, { location: `${path}x` }));
    const answer = await clientFor([front.host]).tags(image(front.host, "app"));
    expect(answer).toEqual(unknown(/redirects more than 5 times$/));
    expect(front.seen).toHaveLength(6);
  });

  it.each([
    ["plain HTTP at a host of which it is not accepted", "http://other.example/x"],
    ["a file", "file:///etc/passwd"],
    ["a URL with a password", "https://user:password@other.example/x"],
    ["an odd address", "https://2130706433/x"],
    ["an octal address", "https://0177.0.0.1/x"],
    ["what is no URL", "https://"],
    ["another alphabet", "https://ｅxample.com/x"],
  ])("not to %s", async (_title, location) => {
    const front = await frontWith((_seen, response) => send(response, "", 302, { location: encodeURI(location) }));
    const answer = await clientFor([front.host]).tags(image(front.host, "app"));
    expect(answer).toEqual(unknown(/redirects to an address that is not followed$/));
  });

  it("without a Location is an answer like another", async () => {
    const front = await frontWith((_seen, response) => send(response, "", 302));
    expect(await clientFor([front.host]).tags(image(front.host, "app"))).toEqual(unknown(/answers with status 302$/));
  });
});
