/** Connections through a proxy. Node 24 has this in `http.Agent`; Node 20 and 22 do not. */
import { Agent as HttpAgent, request as requestHttp, type AgentOptions, type ClientRequestArgs } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import type { Duplex } from "node:stream";
import { connect, type ConnectionOptions } from "node:tls";

type OnConnection = (error: Error | null, stream?: Duplex) => void;

/** An agent for https URLs whose connections go through a tunnel (CONNECT) of `proxy`. TLS is with the host itself. */
export function tunnelAgent(proxy: URL, options: AgentOptions, connectMs: number): HttpsAgent {
  const createConnection = (target: ClientRequestArgs & ConnectionOptions, done: OnConnection): undefined => {
    openTunnel(proxy, `${bracketed(target.host ?? "")}:${target.port ?? 443}`, connectMs, (error, tunnel) => {
      if (!tunnel) {
        done(error);
        return;
      }
      const secure = connect({ ...target, socket: tunnel });
      const late = setTimeout(() => secure.destroy(timeout()), connectMs);
      const settle = (failed: Error | null): void => {
        clearTimeout(late);
        secure.removeListener("error", settle);
        if (failed) done(failed);
        else done(null, secure);
      };
      secure.once("secureConnect", () => settle(null));
      secure.once("error", settle);
    });
  };
  return Object.assign(new HttpsAgent(options), { createConnection });
}

/** What a request for an http URL through `proxy` has instead of its own host and path (RFC 9112, absolute form). */
export function throughProxy(proxy: URL, url: URL): { url: URL; path: string; headers: Record<string, string> } {
  return { url: proxy, path: url.href, headers: authorization(proxy) };
}

/** An agent for the connections to `proxy` itself. */
export function proxyAgent(proxy: URL, options: AgentOptions): HttpAgent {
  return proxy.protocol === "https:" ? new HttpsAgent(options) : new HttpAgent(options);
}

function openTunnel(proxy: URL, authority: string, connectMs: number, done: OnConnection): void {
  const request = proxy.protocol === "https:" ? requestHttps : requestHttp;
  const asked = request({
    method: "CONNECT",
    host: proxy.hostname.replace(/^\[|\]$/g, ""),
    port: proxy.port || undefined,
    path: authority,
    headers: { host: authority, ...authorization(proxy) },
    agent: false,
  });
  const late = setTimeout(() => asked.destroy(timeout()), connectMs);
  asked.once("connect", ({ statusCode = 0 }, socket, head) => {
    clearTimeout(late);
    // A server that speaks TLS waits for the client: what comes before that is not from it.
    if (statusCode === 200 && head.length === 0) {
      done(null, socket);
      return;
    }
    socket.destroy();
    done(Object.assign(new Error("the proxy refuses"), { code: "EPROXY", status: statusCode }));
  });
  // A proxy that answers without a tunnel.
  asked.once("response", (response) => {
    clearTimeout(late);
    response.destroy();
    done(Object.assign(new Error("the proxy refuses"), { code: "EPROXY", status: response.statusCode ?? 0 }));
  });
  asked.once("error", (error) => {
    clearTimeout(late);
    done(Object.assign(error, { isProxy: true }));
  });
  asked.end();
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const pair = `${decoded(username)}:${decoded(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

function timeout(): Error {
  return Object.assign(new Error("too late"), { code: "ETIMEDOUT" });
}
