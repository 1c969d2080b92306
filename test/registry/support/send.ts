/** One HTTP request, as plainly as it gets: what tests use to prepare a registry. */
import { request as requestHttp, type IncomingHttpHeaders } from "node:http";
import { request as requestHttps } from "node:https";

/** Where to send to. */
export interface Target {
  /** `http://127.0.0.1:NNNNN`, without a path. */
  readonly url: string;
  /** The certificate to trust. */
  readonly ca?: string | null;
  /** Sent with every request, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** `path` may be a whole URL. */
export function send(
  { url, ca, headers }: Target,
  method: string,
  path: string,
  content: { readonly type?: string; readonly body?: Uint8Array } = {},
): Promise<Answered> {
  const { type, body } = content;
  const target = new URL(path, url);
  return new Promise((resolve, reject) => {
    const request = target.protocol === "https:" ? requestHttps : requestHttp;
    const sent = request(
      target,
      {
        method,
        agent: false,
        headers: {
          ...headers,
          ...(type !== undefined && { "content-type": type }),
          "content-length": String(body?.length ?? 0),
        },
        ...(typeof ca === "string" && { ca }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
