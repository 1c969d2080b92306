/** One HTTP request and its answer, bounded in time and bytes. */
import { request as requestHttp, type Agent, type ClientRequest, type IncomingHttpHeaders } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { decodedBody, readBody } from "./body.js";
import { connectionFailure, failure, isFailure, type Failure } from "./failure.js";
import { hostName } from "./hosts.js";
import type { Limits } from "./limits.js";

export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The longest body that is taken. */
  readonly mostBytes: number;
  /** Ends the request: the time for the whole question is over. */
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Decoded; empty for HEAD. Cut off after a while where the status is no success. */
  readonly body: Buffer;
}

/** How the request gets there. */
export interface Way {
  /** Where the connection goes to: the host, or a proxy. */
  readonly url: URL;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent;
  readonly lookup?: LookupFunction;
  /** The agent hands out connections that stand. */
  readonly isTunnel?: boolean;
  readonly limits: Limits;
}

/** Of an answer that is no success only the reason is of interest. */
const MOST_ERROR_BYTES = 64 * 1024;

/** Sends once; again only where an idle connection was closed just when it was taken up: no one has seen the request. */
export async function exchange(request: HttpRequest, way: Way): Promise<HttpResponse | Failure> {
  const result = await sendOnce(request, way);
  const again = result === "stale" ? await sendOnce(request, way) : result;
  return again === "stale" ? failure(`${request.url.host} ended the connection too early`, "down") : again;
}

function sendOnce(request: HttpRequest, way: Way): Promise<HttpResponse | Failure | "stale"> {
  const { host } = request.url;
  const { connectMs, headersMs, bodyMs } = way.limits;
  const isSecure = way.url.protocol === "https:";
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | null = null;
    let isSettled = false;
    const sent = open(request, way);
    const settle = (result: HttpResponse | Failure | "stale"): void => {
      if (isSettled) return;
      isSettled = true;
      if (timer) clearTimeout(timer);
      request.signal.removeEventListener("abort", abort);
      // An answer that was read to its end leaves the connection for the next one.
      if (result === "stale" || isFailure(result)) sent.destroy();
      resolve(result);
    };
    const abort = (): void => settle(failure(`${host} takes too long`, "down"));
    const within = (milliseconds: number, what: string): void => {
      if (timer) clearTimeout(timer);
      if (isSettled) return;
      const late = failure(`${host} ${what} within ${String(Math.round(milliseconds / 100) / 10)} s`, "down");
      timer = setTimeout(settle, milliseconds, late);
    };

    within(way.isTunnel === true ? 2 * connectMs : connectMs, "cannot be connected to");
    sent.once("socket", (socket) => {
      const connected = (): void => within(headersMs, "does not answer");
      if (sent.reusedSocket || way.isTunnel === true) connected();
      else socket.once(isSecure ? "secureConnect" : "connect", connected);
    });
    sent.on("error", (error: NodeJS.ErrnoException) => {
      settle(sent.reusedSocket && error.code === "ECONNRESET" ? "stale" : errorOf(host, error));
    });
    sent.once("response", (response) => {
      within(bodyMs, "does not end its answer");
      const status = response.statusCode ?? 0;
      const isSuccess = status >= 200 && status < 300;
      void readBody(response, isSuccess ? request.mostBytes : MOST_ERROR_BYTES).then(async (read) => {
        if (read === null) {
          settle(failure(`${host} ended the connection too early`, "down"));
          return;
        }
        if (read.isCut && isSuccess) {
          settle(failure(`${host} sends more than ${sizeOf(request.mostBytes)}`));
          return;
        }
        if (read.isCut) sent.destroy();
        const body = await decodedBody(read.bytes, response.headers["content-encoding"], request.mostBytes);
        if (body === null && isSuccess) {
          settle(failure(`${host} sends what cannot be unpacked`));
          return;
        }
        settle({ status, headers: response.headers, body: body ?? Buffer.alloc(0) });
      });
    });
    request.signal.addEventListener("abort", abort);
    if (request.signal.aborted) abort();
    else sent.end(request.body);
  });
}

function open({ method, url, headers, body }: HttpRequest, way: Way): ClientRequest {
  return (way.url.protocol === "https:" ? requestHttps : requestHttp)({
    method,
    host: hostName(way.url.host),
    port: way.url.port || undefined,
    path: way.path,
    headers: {
      "user-agent": "fromlint",
      ...headers,
      host: url.host,
      ...(body !== undefined && { "content-length": String(Buffer.byteLength(body)) }),
      ...way.headers,
    },
    agent: way.agent,
    ...(way.lookup && { lookup: way.lookup }),
  });
}

function errorOf(host: string, error: NodeJS.ErrnoException & { status?: number; isProxy?: boolean }): Failure {
  if (error.code === "EPROXY")
    return failure(`the proxy answers ${String(error.status)} when asked for ${host}`, "down");
  if (error.isProxy === true) {
    return failure(
      `the proxy for ${host} ${error.code === "ETIMEDOUT" ? "does not answer" : "cannot be reached"}`,
      "down",
    );
  }
  return connectionFailure(host, error);
}

function sizeOf(bytes: number): string {
  return bytes >= 1024 * 1024
    ? `${String(Math.round(bytes / 1024 / 1024))} MB`
    : `${String(Math.ceil(bytes / 1024))} kB`;
}
