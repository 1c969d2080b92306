/** Asks a token server for the right to pull (distribution, docs/spec/auth/token.md and oauth.md). */
import type { Credential } from "./credentials.js";
import type { HttpRequest } from "./exchange.js";
import { failure, isFailure, type Failure } from "./failure.js";
import { parseObject } from "./json.js";
import type { Limits } from "./limits.js";
import type { Send } from "./retry.js";
import { mayReach, type Scope } from "./scope.js";

export interface Token {
  /** The whole Authorization header. */
  readonly header: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

interface Wanted {
  readonly url: URL;
  readonly service: string | null;
  readonly repository: string;
  readonly credential: Credential | null;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** What says less is taken for this, as docker does: the clocks of servers are what they are. */
const SHORTEST_LIFE_S = 60;
const LONGEST_LIFE_S = 3600;

/** `refused`: the server answers 401 or 403. Redirects are not followed: the request may hold a password. */
export async function askForToken(send: Send, scope: Scope, wanted: Wanted): Promise<Token | Failure | "refused"> {
  const { url, limits, signal, now } = wanted;
  const answer = await send({
    ...tokenRequest(wanted),
    mostBytes: limits.tokenBytes,
    signal,
    mayReach: (reach, host) => mayReach(scope, reach, host),
  });
  if (isFailure(answer)) return answer;
  if (answer.status === 401 || answer.status === 403) return "refused";
  const { registry } = scope.endpoint;
  if (answer.status !== 200) {
    return failure(`${url.host}, which gives the tokens for ${registry}, answers with status ${answer.status}`);
  }
  const { token, access_token: accessToken, expires_in: life } = parseObject(answer.body) ?? {};
  const text = [token, accessToken].find((value) => typeof value === "string" && /^[\x21-\x7e]{1,65536}$/.test(value));
  if (typeof text !== "string") return failure(`${url.host}, which gives the tokens for ${registry}, sends none`);
  const seconds = typeof life === "number" && life > SHORTEST_LIFE_S ? Math.min(life, LONGEST_LIFE_S) : SHORTEST_LIFE_S;
  return { header: `Bearer ${text}`, until: now() + (seconds - 5) * 1000 };
}

function tokenRequest({
  url,
  service,
  repository,
  credential,
}: Wanted): Pick<HttpRequest, "method" | "url" | "headers" | "body"> {
  const accept = { accept: "application/json" };
  const parameters = new URLSearchParams({
    ...(service !== null && { service }),
    scope: `repository:${repository}:pull`,
  });
  if (credential?.kind === "identity") {
    parameters.set("grant_type", "refresh_token");
    parameters.set("client_id", "fromlint");
    parameters.set("refresh_token", credential.token);
    const headers = { ...accept, "content-type": "application/x-www-form-urlencoded" };
    return { method: "POST", url, headers, body: parameters.toString() };
  }
  if (credential) parameters.set("account", credential.user);
  const asked = new URL(url);
  for (const [name, value] of parameters) asked.searchParams.append(name, value);
  const headers = { ...accept, ...(credential && { authorization: basicHeader(credential) }) };
  return { method: "GET", url: asked, headers };
}

export function basicHeader({ user, secret }: Extract<Credential, { kind: "password" }>): string {
  return `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`;
}
