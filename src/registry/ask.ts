/** Asks one registry: its scheme, its credentials, its redirects. What comes back is an answer, or why there is none. */
import { once } from "../once.js";
import type { Connections } from "./connections.js";
import type { Credentials } from "./credentials.js";
import type { HttpResponse } from "./exchange.js";
import { failure, isFailure, type Failure } from "./failure.js";
import { follow } from "./follow.js";
import type { Limits } from "./limits.js";
import type { Send } from "./retry.js";
import { mayReach, urlIn, type Scope } from "./scope.js";
import { authorizer } from "./tokens.js";

export interface Question {
  readonly method: "GET" | "HEAD";
  readonly repository: string;
  /** Below `/v2/REPOSITORY/`, with a query; or what a Link of the registry's own says. */
  readonly path: string | { readonly next: string; readonly base: URL };
  readonly accept: string;
  readonly mostBytes: number;
  readonly signal: AbortSignal;
}

export interface Asked {
  readonly response: HttpResponse;
  /** What was asked at first. */
  readonly url: URL;
}

export type Ask = (question: Question) => Promise<Asked | Failure>;

/** A registry that goes on asking for credentials is left. */
const MOST_REFUSALS = 3;

export function askerOf(
  scope: Scope,
  parts: {
    readonly send: Send;
    readonly connections: Connections;
    readonly credentials: Credentials;
    readonly limits: Limits;
    readonly now: () => number;
  },
): Ask {
  const { send, connections, credentials, limits, now } = parts;
  const { host, registry } = scope.endpoint;
  const { authorization, refused } = authorizer(send, scope, credentials, limits, now);
  const scheme = once(async () => (scope.isInsecure(registry) ? spokenScheme(connections, scope, limits) : "https:"));

  return async ({ method, repository, path, accept, mostBytes, signal }) => {
    const url =
      typeof path === "string"
        ? new URL(`${await scheme()}//${host}/v2/${repository}/${path}`)
        : linkedUrl(scope, path);
    if (!url) return failure(`${host} continues its list at another host`);
    for (let refusals = 1; ; refusals++) {
      const header = await authorization(repository, signal);
      if (header !== null && typeof header !== "string") return header;
      const request = {
        method,
        url,
        headers: { accept },
        authorization: header,
        mostBytes,
        signal,
      };
      const followed = await follow(send, scope, request, limits.redirects);
      if (isFailure(followed)) return followed;
      const { response, isElsewhere } = followed;
      if (response.status !== 401) return { response, url };
      if (isElsewhere) return failure(`${host} redirects to ${followed.url.host}, which wants credentials`);
      const final = await refused(repository, header, response.headers["www-authenticate"]);
      if (final) return final;
      if (refusals >= MOST_REFUSALS) return failure(`${host} goes on asking for credentials`);
    }
  };
}

/** HTTPS, unless nobody speaks it there. One whose certificate is not trusted speaks it, and is not asked in the clear. */
async function spokenScheme(connections: Connections, scope: Scope, limits: Limits): Promise<"https:" | "http:"> {
  const answer = await connections.send({
    method: "GET",
    url: new URL(`https://${scope.endpoint.host}/v2/`),
    headers: {},
    mostBytes: limits.tokenBytes,
    signal: AbortSignal.timeout(limits.connectMs),
    mayReach: (reach, host) => mayReach(scope, reach, host),
  });
  return isFailure(answer) && answer.kind === "down" ? "http:" : "https:";
}

function linkedUrl(scope: Scope, { next, base }: { next: string; base: URL }): URL | null {
  const url = urlIn(scope, next, base);
  return url?.origin === base.origin ? url : null;
}
