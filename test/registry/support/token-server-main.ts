/** The token server itself. Reads its settings from the first line of standard input, answers every other line, and ends with it. */
import { createPublicKey, randomUUID, sign, X509Certificate } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import type { TokenSettings } from "./token-server.js";

const lines = createInterface({ input: process.stdin });
lines.once("line", (line) => {
  start(JSON.parse(line) as TokenSettings);
  lines.on("line", () => tell({ heard: true }));
});
lines.once("close", () => process.exit());

function start(settings: TokenSettings): void {
  const server = createServer((request, response) => {
    void answer(settings, request).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  server.listen(0, "127.0.0.1", () => tell({ port: (server.address() as AddressInfo).port }));
}

function tell(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function answer(settings: TokenSettings, request: IncomingMessage): Promise<{ status: number; body: object }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  const query = request.method === "POST" ? form : new URL(request.url ?? "/", "http://localhost").searchParams;
  const { authorization = null } = request.headers;
  const user = userOf(settings, authorization, query);
  const [service, scope] = [query.get("service"), query.get("scope")];
  tell({ method: request.method, user: user ?? null, service, scope, authorization });
  if (user === null) return { status: 401, body: { errors: [{ code: "UNAUTHORIZED", message: "wrong credentials" }] } };

  const [type = "", name = "", actions = ""] = (scope ?? "").split(":");
  const granted = user !== "" ? actions.split(",") : settings.open.includes(name) ? ["pull"] : [];
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...{ iss: settings.issuer, sub: user, aud: settings.service, jti: randomUUID() },
    ...{ exp: now + settings.life, nbf: now - 60, iat: now },
    access: granted.length > 0 ? [{ type, name, actions: granted }] : [],
  };
  return {
    status: 200,
    body: { [settings.field ?? "token"]: signed(settings, claims), expires_in: settings.claimed ?? settings.life },
  };
}

/** Empty for anyone; null for wrong credentials. */
function userOf(settings: TokenSettings, authorization: string | null, query: URLSearchParams): string | null {
  if (query.get("grant_type") === "refresh_token") return settings.refresh[query.get("refresh_token") ?? ""] ?? null;
  if (authorization === null) return "";
  const pair = Buffer.from(authorization.replace(/^Basic /, ""), "base64").toString();
  const colon = pair.indexOf(":");
  const user = pair.slice(0, colon);
  return settings.users[user] === pair.slice(colon + 1) ? user : null;
}

/** A JSON web token (ES256), with the certificate in its header, where docker-registry looks for it. */
function signed({ signer }: TokenSettings, claims: object): string {
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const x5c = [new X509Certificate(signer.certificate).raw.toString("base64")];
  if (createPublicKey(signer.certificate).asymmetricKeyType !== "ec") throw new Error("the key is for ES256");
  const text = `${encoded({ typ: "JWT", alg: "ES256", x5c })}.${encoded(claims)}`;
  const signature = sign("sha256", Buffer.from(text), { key: signer.key, dsaEncoding: "ieee-p1363" });
  return `${text}.${signature.toString("base64url")}`;
}
