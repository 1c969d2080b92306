/** Redirects, followed by hand: nothing that is meant for the registry goes to another host. */
import type { HttpRequest, HttpResponse } from "./exchange.js";
import { failure, isFailure, type Failure } from "./failure.js";
import type { Send } from "./retry.js";
import { mayReach, urlIn, type Scope } from "./scope.js";

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface Followed {
  readonly response: HttpResponse;
  /** Who answered. */
  readonly url: URL;
  /** True where that is another origin than the one that was asked: it has seen no Authorization. */
  readonly isElsewhere: boolean;
}

/** Sends a GET or HEAD and follows at most `most` redirects. */
export async function follow(
  send: Send,
  scope: Scope,
  request: HttpRequest & { readonly authorization: string | null },
  most: number,
): Promise<Followed | Failure> {
  let { url } = request;
  let isElsewhere = false;
  for (let redirects = 0; ; redirects++) {
    const { authorization } = request;
    const secret = authorization === null || isElsewhere ? {} : { authorization };
    const headers = { ...request.headers, ...secret };
    const response = await send({
      ...request,
      url,
      headers,
      mayReach: (reach, host) => mayReach(scope, reach, host),
    });
    if (isFailure(response)) return response;
    const { location } = response.headers;
    if (!REDIRECTS.has(response.status) || location === undefined) return { response, url, isElsewhere };
    if (redirects >= most) return failure(`${scope.endpoint.host} redirects more than ${most} times`);
    const target = urlIn(scope, location, url);
    if (!target) return failure(`${url.host} redirects to an address that is not followed`);
    // A way back is not trusted either: it was another host that named it.
    isElsewhere ||= target.origin !== url.origin;
    url = target;
  }
}
