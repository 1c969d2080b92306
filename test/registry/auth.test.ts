/** Who is let in, and who is told a password: each server records what it is sent. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { RegistryOptions } from "../../src/registry/registry.js";
import { makeCertificate, type Certificate } from "./support/certificates.js";
import { clientFor, image, unknown } from "./support/client.js";
import { auth, folderOf, homeWith, pathWithHelper } from "./support/config.js";
import { type Front, frontWith, json, send } from "./support/front.js";
import { pushImage, type Image } from "./support/push.js";
import { canRunRegistry, startRegistry, TESTER, type RunningRegistry } from "./support/start-registry.js";
import {
  startTokenServer,
  TOKENS,
  type TokenRequest,
  type TokenServer,
  type TokenSettings,
} from "./support/token-server.js";

const { user, password } = TESTER;
const BASIC = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

describe.runIf(canRunRegistry())("a real registry with a password file", () => {
  let registry: RunningRegistry;
  let made: Image;
  beforeAll(async () => {
    registry = await startRegistry({ htpasswd: [TESTER.line] });
    made = await pushImage({ ...registry, headers: { authorization: BASIC } }, "team/app", "v1");
  });
  afterAll(() => registry.stop());
  const ask = (options: Partial<RegistryOptions>): Promise<object> =>
    clientFor([registry.host], options).head(image(registry.host, "team/app:v1"));
  const found = (): object => ({ status: "found", value: expect.objectContaining({ digest: made.digest }) as object });

  it("without credentials, that is said", async () => {
    expect(await ask({})).toEqual(unknown(/wants credentials, and there are none for it$/));
  });

  describe("finds credentials in", () => {
    const here = (): object => ({ auths: { [registry.host]: auth(user, password) } });

    it("~/.docker/config.json", async () => {
      expect(await ask({ home: homeWith(here()) })).toEqual(found());
    });

    it("DOCKER_CONFIG", async () => {
      const folder = folderOf({ "config.json": JSON.stringify(here()) });
      expect(await ask({ env: { DOCKER_CONFIG: folder } })).toEqual(found());
    });

    it("REGISTRY_AUTH_FILE", async () => {
      const folder = folderOf({ "auth.json": JSON.stringify(here()) });
      expect(await ask({ env: { REGISTRY_AUTH_FILE: join(folder, "auth.json") } })).toEqual(found());
    });

    it("podman's file in XDG_RUNTIME_DIR", async () => {
      const folder = folderOf({ "containers/auth.json": JSON.stringify(here()) });
      expect(await ask({ env: { XDG_RUNTIME_DIR: folder } })).toEqual(found());
    });

    it("the second file, where the first has none", async () => {
      const home = homeWith({ auths: { "other.example": auth("x", "y") } });
      const folder = folderOf({ "containers/auth.json": JSON.stringify(here()) });
      expect(await ask({ home, env: { XDG_RUNTIME_DIR: folder } })).toEqual(found());
    });

    it.each([
      ["a URL", (host: string) => `https://${host}`],
      ["a URL with a path", (host: string) => `https://${host}/v2/`],
      ["a part of the registry, as podman has it", (host: string) => `${host}/team`],
      ["the repository itself", (host: string) => `${host}/team/app`],
    ])("a key that is %s", async (_title, key) => {
      expect(await ask({ home: homeWith({ auths: { [key(registry.host)]: auth(user, password) } }) })).toEqual(found());
    });

    it("the most exact of several keys", async () => {
      const auths = {
        [registry.host]: auth("wrong", "wrong"),
        [`${registry.host}/team/other`]: auth("wrong", "wrong"),
        [`${registry.host}/team/app`]: auth(user, password),
      };
      expect(await ask({ home: homeWith({ auths }) })).toEqual(found());
    });

    it("user name and password in the clear", async () => {
      expect(await ask({ home: homeWith({ auths: { [registry.host]: { username: user, password } } }) })).toEqual(
        found(),
      );
    });
  });

  it("no entry of another host, or of one that starts alike", async () => {
    const other = auth(user, password);
    const auths = { "127.0.0.1": other, [`${registry.host}0`]: other, [`${registry.host}.evil.example`]: other };
    expect(await ask({ home: homeWith({ auths }) })).toEqual(unknown(/there are none for it$/));
  });

  it("a wrong password is sent once, however many images are asked for", async () => {
    const front = await frontWith(() => false, registry);
    const home = homeWith({ auths: { [front.host]: auth(user, "wrong") } });
    const client = clientFor([front.host], { home }, { connections: 1 });
    const names = Array.from({ length: 10 }, (_none, index) => `team/app:v${index}`);
    const answers = await Promise.all(names.map((name) => client.head(image(front.host, name))));
    expect(answers[0]).toEqual(unknown(/refuses the credentials for it$/));
    expect(front.seen.filter(({ authorization }) => authorization !== null)).toHaveLength(1);
  });

  it("what was learnt from the first answer is sent along with the next questions", async () => {
    const front = await frontWith(() => false, registry);
    const client = clientFor([front.host], { home: homeWith({ auths: { [front.host]: auth(user, password) } }) });
    await client.head(image(front.host, "team/app:v1"));
    await client.tags(image(front.host, "team/app"));
    expect(front.seen.map(({ authorization }) => authorization)).toEqual([null, BASIC, BASIC]);
  });

  describe("credential helpers", () => {
    const answer = `{"ServerURL":"x","Username":"${user}","Secret":"${password}"}`;

    it.each([
      ["credHelpers", (host: string) => ({ credHelpers: { [host]: "vault" } })],
      ["credsStore", () => ({ credsStore: "vault" })],
    ])("of %s are told the registry, and nothing else", async (_title, config) => {
      const note = join(folderOf(), "asked");
      const env = { PATH: pathWithHelper("vault", `echo "$@" > ${note}; cat >> ${note}; echo '${answer}'`) };
      expect(await ask({ home: homeWith(config(registry.host)), env })).toEqual(found());
      expect(readFileSync(note, "utf8")).toBe(`get\n${registry.host}`);
    });

    it("is run once for many images", async () => {
      const note = join(folderOf(), "runs");
      const env = { PATH: pathWithHelper("vault", `echo run >> ${note}; echo '${answer}'`) };
      const client = clientFor([registry.host], { home: homeWith({ credsStore: "vault" }), env });
      const names = ["team/app:v1", "team/app:v2", "team/other:v1"];
      await Promise.all(names.map((name) => client.head(image(registry.host, name))));
      expect(readFileSync(note, "utf8")).toBe("run\n");
    });

    it("that has none leaves the file's own", async () => {
      const none = "echo 'credentials not found in native keychain'; exit 1";
      const home = homeWith({ credsStore: "vault", auths: { [registry.host]: auth(user, password) } });
      expect(await ask({ home, env: { PATH: pathWithHelper("vault", none) } })).toEqual(found());
    });

    it.each([
      ["fails", "echo 'secret words' >&2; echo 'secret words'; exit 3", /and docker-credential-vault fails$/],
      ["is slow", "exec sleep 60", /and docker-credential-vault does not end in time$/],
      ["says too much", "exec yes", /and docker-credential-vault does not end in time$/],
      ["says nothing", "", /and docker-credential-vault gives no credentials that can be read$/],
      ["says something else", "echo '<html>secret words'", /gives no credentials that can be read$/],
      ["says JSON of another kind", 'echo \'{"Username":1,"Secret":["x"]}\'', /gives no credentials that can be read$/],
    ])("that %s is named, and what it says is not shown", async (_title, script, reason) => {
      const env = { PATH: pathWithHelper("vault", script) };
      const client = clientFor([registry.host], { home: homeWith({ credsStore: "vault" }), env }, { helperMs: 1000 });
      const said = await client.head(image(registry.host, "team/app:v1"));
      expect(said).toEqual(unknown(reason));
      expect(JSON.stringify(said)).not.toContain("secret words");
    });

    it("that is not there is named", async () => {
      const answered = await ask({ home: homeWith({ credsStore: "vault" }), env: { PATH: folderOf() } });
      expect(answered).toEqual(unknown(/and docker-credential-vault is not on the PATH$/));
    });

    it.each(["../evil", "a b", "x;touch y", "", "/bin/sh", "-x", "x".repeat(100)])(
      "is not looked for as %j",
      async (name) => {
        expect(await ask({ home: homeWith({ credsStore: name }) })).toEqual(
          unknown(/none for it$|the name of its credential helper is none$/),
        );
      },
    );

    it("in a folder that PATH names from here is not run", async () => {
      const note = join(folderOf(), "ran");
      const [folder = ""] = pathWithHelper("vault", `touch ${note}`).split(":");
      for (const path of [relative(process.cwd(), folder), `.:${relative(process.cwd(), folder)}`]) {
        const answered = await ask({ home: homeWith({ credsStore: "vault" }), env: { PATH: path } });
        expect(answered).toEqual(unknown(/is not on the PATH$/));
      }
      expect(existsSync(note)).toBe(false);
    });
  });

  it.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["a page", "<html>"],
    ["empty", ""],
    ["UTF-16", "\ufeff{\u0000}\u0000"],
  ])("a config.json that holds %s is named", async (_title, text) => {
    const home = folderOf({ ".docker/config.json": text });
    expect(await ask({ home })).toEqual(unknown(/config\.json is no JSON object$/));
  });

  it.each([
    ["auths is a list", { auths: [] }],
    ["an entry is null", { auths: { HOST: null } }],
    ["auth is a number", { auths: { HOST: { auth: 7 } } }],
    ["auth has no colon", { auths: { HOST: { auth: Buffer.from("tester").toString("base64") } } }],
    ["auth is no base64", { auths: { HOST: { auth: "%%%" } } }],
    [
      "the names of Object's own things",
      { auths: { __proto__: { auth: "x" }, constructor: {} }, credHelpers: [], credsStore: {} },
    ],
  ])("what is no credential is none: %s", async (_title, config) => {
    const home = homeWith(JSON.parse(JSON.stringify(config).replace("HOST", registry.host)) as object);
    expect(await ask({ home })).toEqual(unknown(/there are none for it$/));
  });
});

describe.runIf(canRunRegistry())("a real registry with a token server", () => {
  let signer: Certificate;
  beforeAll(() => {
    signer = makeCertificate();
  });

  /** A registry, its token server, and an image in `team/app:v1`. */
  async function start(
    settings: Partial<TokenSettings> = {},
  ): Promise<{ registry: RunningRegistry; tokens: TokenServer; front: Front; made: Image }> {
    const tokens = await startTokenServer({ ...TOKENS, signer, ...settings });
    onTestFinished(() => tokens.stop());
    const { service, issuer } = TOKENS;
    const registry = await startRegistry({
      tokens: { realm: tokens.realm, service, issuer, bundle: signer.certificate },
    });
    onTestFinished(() => registry.stop());
    const headers = await tokens.pusher(user, password, "team/app");
    const made = await pushImage({ ...registry, headers }, "team/app", "v1");
    const front = await frontWith(() => false, registry);
    return { registry, tokens, front, made };
  }
  /** The requests after the one with which the image was pushed. */
  const asked = async ({ seen }: TokenServer): Promise<readonly TokenRequest[]> => (await seen()).slice(1);

  it("anyone gets a token for what is public, and one for all questions about a repository", async () => {
    const { tokens, front, made } = await start({ open: ["team/app"] });
    const client = clientFor([front.host, tokens.host]);
    const answer = await client.details(image(front.host, "team/app:v1"));
    expect(answer).toMatchObject({ status: "found", value: { digest: made.digest } });
    await client.tags(image(front.host, "team/app"));
    expect(await asked(tokens)).toEqual([
      { method: "GET", user: "", service: "test-registry", scope: "repository:team/app:pull", authorization: null },
    ]);
    expect(front.seen.map(({ authorization }) => authorization?.replace(/ .*/, "") ?? null)).toEqual([
      null,
      ...Array<string>(front.seen.length - 1).fill("Bearer"),
    ]);
  });

  it("credentials go to the token server, and never to the registry", async () => {
    const { tokens, front, made } = await start();
    const home = homeWith({ auths: { [front.host]: auth(user, password) } });
    const client = clientFor([front.host, tokens.host], { home });
    expect(await client.head(image(front.host, "team/app:v1"))).toMatchObject({ value: { digest: made.digest } });
    expect(await asked(tokens)).toMatchObject([{ method: "GET", user, authorization: BASIC }]);
    expect(front.seen.some(({ authorization }) => authorization?.startsWith("Basic"))).toBe(false);
  });

  it("an identity token is exchanged by POST", async () => {
    const { tokens, front, made } = await start({ field: "access_token" });
    const home = homeWith({ auths: { [front.host]: { auth: auth(user, "").auth, identitytoken: "refresh-1" } } });
    const client = clientFor([front.host, tokens.host], { home });
    expect(await client.head(image(front.host, "team/app:v1"))).toMatchObject({ value: { digest: made.digest } });
    expect(await asked(tokens)).toMatchObject([
      { method: "POST", user: "tester", scope: "repository:team/app:pull", authorization: null },
    ]);
  });

  it("an identity token may come from a helper, whose user is <token>", async () => {
    const { tokens, front, made } = await start();
    const env = { PATH: pathWithHelper("vault", `echo '{"Username":"<token>","Secret":"refresh-1"}'`) };
    const client = clientFor([front.host, tokens.host], { home: homeWith({ credsStore: "vault" }), env });
    expect(await client.head(image(front.host, "team/app:v1"))).toMatchObject({ value: { digest: made.digest } });
    expect(await asked(tokens)).toMatchObject([{ method: "POST", user: "tester" }]);
  });

  it("what is private and what is not there look alike, and neither is called gone", async () => {
    const { tokens, front } = await start();
    const client = clientFor([front.host, tokens.host]);
    const reason = /does not show team\/\w+ to this user: it is private, or not there$/;
    expect(await client.head(image(front.host, "team/app:v1"))).toEqual(unknown(reason));
    expect(await client.head(image(front.host, "team/nowhere:v1"))).toEqual(unknown(reason));
    // A new token would be refused as well.
    expect(await asked(tokens)).toHaveLength(2);
  });

  it("wrong credentials are sent once", async () => {
    const { tokens, front } = await start();
    const home = homeWith({ auths: { [front.host]: auth(user, "wrong") } });
    const client = clientFor([front.host, tokens.host], { home }, { connections: 1 });
    const names = ["team/app:v1", "team/app:v2", "team/other:v1"];
    for (const name of names) {
      expect(await client.head(image(front.host, name))).toEqual(
        unknown(/refuses the credentials for 127\.0\.0\.1:\d+$/),
      );
    }
    expect(await asked(tokens)).toHaveLength(1);
  });

  it("a token that has run out before its time is replaced", async () => {
    // docker-registry lets a token live a minute longer than it says.
    const { tokens, front } = await start({ open: ["team/app"] });
    let isOver = false;
    const gate = await frontWith(({ authorization }, response) => {
      if (!isOver || authorization === null) return false;
      isOver = false;
      return send(response, "", 401, {
        "www-authenticate": `Bearer realm="${tokens.realm}",service="test-registry"`,
      });
    }, front);
    const client = clientFor([gate.host, tokens.host]);
    expect((await client.tags(image(gate.host, "team/app"))).status).toBe("found");
    isOver = true;
    expect((await client.head(image(gate.host, "team/app:v1"))).status).toBe("found");
    expect(await asked(tokens)).toHaveLength(2);
  });

  it("a token is asked for again when its time is over", async () => {
    const { tokens, front } = await start({ open: ["team/app"], claimed: 100 });
    let now = Date.now();
    const client = clientFor([front.host, tokens.host], { now: () => now });
    await client.tags(image(front.host, "team/app"));
    now += 90_000;
    await client.head(image(front.host, "team/app:v1"));
    expect(await asked(tokens)).toHaveLength(1);
    now += 10_000;
    await client.details(image(front.host, "team/app:v1"));
    expect(await asked(tokens)).toHaveLength(2);
  });
});

describe("who is not told a password", () => {
  const challenge = (realm: string): Record<string, string> => ({
    "www-authenticate": `Bearer realm="${realm}",service="s",scope="repository:other/secret:pull,push"`,
  });

  it("a token server at another host", async () => {
    const other = await frontWith((_seen, response) => json(response, { token: "t0" }));
    const front = await frontWith((seen, response) => {
      const isIn = seen.authorization === "Bearer t0";
      return isIn
        ? json(response, { tags: ["v1"] })
        : send(response, "", 401, challenge(`${other.url.replace("127.0.0.1", "localhost")}/token`));
    });
    const home = homeWith({ auths: { [front.host]: auth(user, password) } });
    const realm = other.host.replace("127.0.0.1", "localhost");
    const client = clientFor([front.host], { home, insecure: [front.host, realm] });
    // Anyone may ask it for a token; nobody's password goes there.
    expect(await client.tags(image(front.host, "app"))).toEqual({ status: "found", value: ["v1"] });
    expect(other.seen).toMatchObject([{ authorization: null }]);
    expect(other.seen[0]!.path).toBe(`/token?service=s&scope=${encodeURIComponent("repository:app:pull")}`);
  });

  it("a token server at another host that wants one, which is said", async () => {
    const other = await frontWith((_seen, response) => send(response, "", 401));
    const realm = other.host.replace("127.0.0.1", "localhost");
    const front = await frontWith((_seen, response) => send(response, "", 401, challenge(`http://${realm}/token`)));
    const home = homeWith({ auths: { [front.host]: auth(user, password) } });
    const client = clientFor([front.host], { home, insecure: [front.host, realm] });
    const answer = await client.tags(image(front.host, "app"));
    expect(answer).toEqual(
      unknown(/wants credentials at localhost:\d+, which gets none unless registries\.allow lists it$/),
    );
    expect(other.seen.map(({ authorization, body }) => ({ authorization, body }))).toEqual([
      { authorization: null, body: "" },
    ]);
  });

  it("but one at another host that the policy lists", async () => {
    const other = await frontWith((seen, response) =>
      seen.authorization === BASIC ? json(response, { token: "t0" }) : send(response, "", 401),
    );
    const realm = other.host.replace("127.0.0.1", "localhost");
    const front = await frontWith((seen, response) =>
      seen.authorization === "Bearer t0"
        ? json(response, { tags: ["v1"] })
        : send(response, "", 401, challenge(`http://${realm}/token`)),
    );
    const home = homeWith({ auths: { [front.host]: auth(user, password) } });
    expect(await clientFor([front.host, realm], { home }).tags(image(front.host, "app"))).toMatchObject({
      value: ["v1"],
    });
  });

  it.each([
    ["plain HTTP", "http://auth.example/token"],
    ["another scheme", "file:///etc/passwd"],
    ["a user name in the URL", "https://user:pass@auth.example/token"],
    ["no URL", "token"],
    ["an address in an odd form", "https://0x7f.1/token"],
    ["a trailing dot", "https://auth.example./token"],
  ])("a token server over %s is not asked at all", async (_title, realm) => {
    const front = await frontWith((_seen, response) => send(response, "", 401, challenge(realm)));
    const home = homeWith({ auths: { [front.host]: auth(user, password) } });
    const answer = await clientFor([front.host], { home }).tags(image(front.host, "app"));
    expect(answer).toEqual(unknown(/names a token server that is not asked$/));
    expect(front.seen.map(({ authorization }) => authorization)).toEqual([null]);
  });

  it("a token server that redirects", async () => {
    const thief = await frontWith((_seen, response) => json(response, { token: "t0" }));
    const front: Front = await frontWith((seen, response) => {
      const realm = `http://${String(response.req.headers.host)}/token`;
      if (seen.path.startsWith("/token")) return send(response, "", 307, { location: `${thief.url}/token` });
      return send(response, "", 401, challenge(realm));
    });
    const home = homeWith({ auths: { [front.host]: { identitytoken: "refresh-1" } } });
    const answer = await clientFor([front.host, thief.host], { home }).tags(image(front.host, "app"));
    expect(answer).toEqual(unknown(/which gives the tokens for .*, answers with status 307$/));
    expect(thief.seen).toEqual([]);
  });

  it.each(["Basic", "Bearer"])("whom the registry redirects to (%s)", async (scheme) => {
    const thief = await frontWith((_seen, response) => json(response, { tags: ["v1"] }));
    const front = await frontWith((seen, response) => {
      const realm = `http://${String(response.req.headers.host)}/token`;
      if (seen.path.startsWith("/token")) return json(response, { token: "t0" });
      if (seen.authorization !== null) return send(response, "", 307, { location: `${thief.url}/elsewhere` });
      return send(response, "", 401, scheme === "Basic" ? { "www-authenticate": 'Basic realm="x"' } : challenge(realm));
    });
    const home = homeWith({ auths: { [front.host]: auth(user, password) } });
    const answer = await clientFor([front.host, thief.host], { home }).tags(image(front.host, "app"));
    expect(answer).toEqual({ status: "found", value: ["v1"] });
    expect(thief.seen).toMatchObject([{ path: "/elsewhere", authorization: null }]);
  });

  it("whom the registry redirects to, also not on the way back", async () => {
    const front: Front = await frontWith((seen, response) => {
      if (seen.path === "/back") return json(response, { tags: [seen.authorization ?? "none"] });
      if (seen.authorization === null) return send(response, "", 401, { "www-authenticate": 'Basic realm="x"' });
      return send(response, "", 307, { location: `${thief.url}/there` });
    });
    const thief: Front = await frontWith((_seen, response) =>
      send(response, "", 307, { location: `${front.url}/back` }),
    );
    const home = homeWith({ auths: { [front.host]: auth(user, password) } });
    const answer = await clientFor([front.host, thief.host], { home }).tags(image(front.host, "app"));
    expect(answer).toEqual({ status: "found", value: ["none"] });
  });

  it("nor is it asked for by whom the registry redirects to", async () => {
    const thief = await frontWith((_seen, response) =>
      send(response, "", 401, { "www-authenticate": 'Basic realm="x"' }),
    );
    const front = await frontWith((_seen, response) => send(response, "", 307, { location: `${thief.url}/x` }));
    const auths = { [front.host]: auth(user, password), [thief.host]: auth(user, password) };
    const answer = await clientFor([front.host, thief.host], { home: homeWith({ auths }) }).tags(
      image(front.host, "app"),
    );
    expect(answer).toEqual(unknown(/redirects to .*, which wants credentials$/));
    expect(thief.seen.map(({ authorization }) => authorization)).toEqual([null]);
  });
});

describe("a registry that goes on asking for credentials", () => {
  it.each([
    ["Basic", 'Basic realm="x"'],
    ["Bearer", "Bearer"],
    ["both", "Both"],
  ])("%s", async (_title, kind) => {
    const front = await frontWith((seen, response, count) => {
      const realm = `http://${String(response.req.headers.host)}/token`;
      if (seen.path.startsWith("/token")) return json(response, { token: `t${count}` });
      const bearer = `Bearer realm="${realm}",service="s"`;
      const header = kind === "Bearer" || (kind === "Both" && count % 2 === 1) ? bearer : 'Basic realm="x"';
      return send(response, "", 401, { "www-authenticate": header });
    });
    const home = homeWith({ auths: { [front.host]: auth(user, password) } });
    const client = clientFor([front.host], { home });
    expect((await client.head(image(front.host, "app:v1"))).status).toBe("unknown");
    expect(front.seen.length).toBeLessThanOrEqual(6);
  });

  it.each([
    ["no challenge", null],
    ["an unknown scheme", "Negotiate"],
    ["a Bearer without a realm", 'Bearer service="s"'],
    ["a long challenge", `Bearer realm="${"x".repeat(9000)}"`],
    ["nonsense", ',,,=="",,"'],
  ])("in a way that is not known: %s", async (_title, header) => {
    const front = await frontWith((_seen, response) =>
      send(response, "", 401, header === null ? {} : { "www-authenticate": header }),
    );
    const answer = await clientFor([front.host]).head(image(front.host, "app:v1"));
    expect(answer).toEqual(unknown(/wants credentials in a way that is not known$/));
    expect(front.seen).toHaveLength(1);
  });

  it.each([
    ["no token", "{}"],
    ["a page", "<html>"],
    ["a token that is no text", '{"token":7}'],
    ["a token with a line end", '{"token":"a\\r\\nX-Evil: 1"}'],
    ["a token without an end", `{"token":"${"x".repeat(100_000)}"}`],
  ])("with a token server that sends %s", async (_title, body) => {
    const front = await frontWith((seen, response) => {
      const realm = `http://${String(response.req.headers.host)}/token`;
      return seen.path.startsWith("/token")
        ? send(response, body)
        : send(response, "", 401, { "www-authenticate": `Bearer realm="${realm}"` });
    });
    const answer = await clientFor([front.host]).head(image(front.host, "app:v1"));
    expect(answer).toEqual(unknown(/which gives the tokens for .*, sends none$/));
  });
});

it("no secret is in an answer, a reason or the cache", async () => {
  const secrets = ["hunter2", "tok-3n", "refresh-9"];
  const front = await frontWith((seen, response) => {
    const realm = `http://${String(response.req.headers.host)}/token`;
    if (seen.path.startsWith("/token")) return json(response, { token: "tok-3n" });
    if (seen.authorization === null) return send(response, "", 401, { "www-authenticate": `Bearer realm="${realm}"` });
    return seen.path.includes("/secret/") ? send(response, seen.authorization, 403) : json(response, { tags: ["v1"] });
  });
  const cacheFolder = join(folderOf(), "fromlint");
  const auths = { [front.host]: auth("user", "hunter2"), [`${front.host}/b`]: { identitytoken: "refresh-9" } };
  const client = clientFor([front.host], { home: homeWith({ auths }), cacheFolder });
  const answers = await Promise.all(["a", "b", "secret"].map((name) => client.tags(image(front.host, name))));
  expect(answers.map(({ status }) => status)).toEqual(["found", "found", "unknown"]);
  const kept = readdirSync(cacheFolder).map((name) => name + readFileSync(join(cacheFolder, name), "utf8"));
  expect(kept).toHaveLength(2);
  const shown = JSON.stringify([answers, kept]);
  for (const secret of secrets) {
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(Buffer.from(`user:${secret}`).toString("base64"));
  }
});
