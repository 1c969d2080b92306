/**
 * A server of the tests' own: in front of a real registry, whose requests it passes on, or alone. It does what a real
 * registry does only on a bad day, and records all that it is sent.
 */
import {
  createServer,
  request as requestHttp,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { Certificate } from "./certificates.js";

export interface Seen {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly authorization: string | null;
  readonly body: string;
}

export interface Front {
  /** `127.0.0.1:NNNNN`. */
  readonly host: string;
  readonly url: string;
  /** What it was sent, in order. */
  readonly seen: readonly Seen[];
  /** How many connections were open at once, at most. */
  readonly mostConnections: () => number;
  readonly stop: () => Promise<void>;
}

/** Answers by itself, or says (false) that the request is to be passed on; alone, that is a 404 without a reason. */
export type Answerer = (seen: Seen, response: ServerResponse, count: number) => boolean | Promise<boolean>;

export interface FrontOptions {
  /** The registry to pass requests on to, over HTTP. */
  readonly target?: { readonly url: string };
  readonly answer?: Answerer;
  readonly tls?: Certificate;
}

export async function startFront({ target, answer = () => false, tls }: FrontOptions = {}): Promise<Front> {
  const seen: Seen[] = [];
  const open = new Set<Socket>();
  let most = 0;
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = "", url = "", headers } = request;
    const entry = { method, path: url, authorization: headers.authorization ?? null, body: body.toString() };
    seen.push(entry);
    if (await answer(entry, response, seen.length)) return;
    if (target) passOn(target.url, request, body, response);
    else response.writeHead(404).end();
  };
  const listener: RequestListener = (request, response) => {
    handle(request, response).catch(() => response.destroy());
  };
  const server = tls ? createSecureServer({ cert: tls.certificate, key: tls.key }, listener) : createServer(listener);
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    most = Math.max(most, open.size);
    socket.once("close", () => open.delete(socket));
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `${tls ? "https" : "http"}://${host}`,
    seen,
    mostConnections: () => most,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** One that answers so, in front of `target` if there is one, until the test ends. */
export async function frontWith(answer: Answerer, target?: { readonly url: string }): Promise<Front> {
  const front = await startFront({ answer, ...(target && { target }) });
  onTestFinished(() => front.stop());
  return front;
}

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): true {
  return send(response, JSON.stringify(value), status, { "content-type": "application/json", ...headers });
}

export function send(
  response: ServerResponse,
  body: string | Buffer,
  status = 200,
  headers: Record<string, string> = {},
): true {
  response.writeHead(status, headers).end(body);
  return true;
}

/** The Host header stays, so that what the registry says of itself leads back here. */
function passOn(
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const onward = requestHttp(new URL(url ?? "/", target), { method, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  onward.end(body);
}
