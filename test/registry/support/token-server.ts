/** A token server (distribution, docs/spec/auth) in a process of its own, whose tokens docker-registry accepts. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Certificate } from "./certificates.js";
import { send } from "./send.js";

export interface TokenSettings {
  readonly service: string;
  readonly issuer: string;
  /** Signs the tokens; the registry trusts its certificate. */
  readonly signer: Certificate;
  /** User -> password. They may pull and push everything. */
  readonly users: Readonly<Record<string, string>>;
  /** Refresh token -> user. */
  readonly refresh: Readonly<Record<string, string>>;
  /** Repositories that anyone may pull. */
  readonly open: readonly string[];
  /** Seconds that a token is good for; `claimed` is what the server says. */
  readonly life: number;
  readonly claimed?: number;
  /** What the answer calls the token. */
  readonly field?: "token" | "access_token";
}

export interface TokenRequest {
  readonly method: string;
  readonly user: string | null;
  readonly service: string | null;
  readonly scope: string | null;
  readonly authorization: string | null;
}

export interface TokenServer {
  readonly host: string;
  readonly realm: string;
  /** What it was asked until now. */
  readonly seen: () => Promise<readonly TokenRequest[]>;
  /** An Authorization header with which `user` may push to a repository. */
  readonly pusher: (user: string, password: string, repository: string) => Promise<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

export const TOKENS: Omit<TokenSettings, "signer"> = {
  service: "test-registry",
  issuer: "test-issuer",
  users: { tester: "correct horse" },
  refresh: { "refresh-1": "tester" },
  open: [],
  life: 300,
};

export async function startTokenServer(settings: TokenSettings): Promise<TokenServer> {
  const main = join(import.meta.dirname, "token-server-main.ts");
  const child = spawn(process.execPath, ["--import", "tsx", main], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  child.stdin.write(`${JSON.stringify(settings)}\n`);
  const seen: TokenRequest[] = [];
  const waiting: (() => void)[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    exited.then(() => reject(new Error("the token server ended")), reject);
    createInterface({ input: child.stdout }).on("line", (line) => {
      const said = JSON.parse(line) as { port: number } | { heard: true } | TokenRequest;
      if ("port" in said) resolve(said.port);
      else if ("heard" in said) waiting.shift()?.();
      else seen.push(said);
    });
  });
  const host = `127.0.0.1:${port}`;
  return {
    host,
    realm: `http://${host}/token`,
    seen: async () => {
      // What it told before this, it told first.
      child.stdin.write("heard?\n");
      await new Promise<void>((resolve) => waiting.push(resolve));
      return seen;
    },
    pusher: async (user, password, repository) => {
      const headers = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
      const scope = `scope=${encodeURIComponent(`repository:${repository}:pull,push,delete`)}`;
      const { body } = await send(
        { url: `http://${host}`, headers },
        "GET",
        `/token?service=${settings.service}&${scope}`,
      );
      const { token, access_token: accessToken } = JSON.parse(body.toString()) as Record<string, string>;
      return { authorization: `Bearer ${token ?? accessToken ?? ""}` };
    },
    stop: async () => {
      // It ends with its input, also when this process is killed.
      child.stdin.end();
      await exited;
    },
  };
}
