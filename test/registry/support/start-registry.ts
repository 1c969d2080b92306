/**
 * The real docker-registry (distribution 2.8) on loopback, in a process of its own.
 *
 *     describe.runIf(canRunRegistry())("…", () => {
 *       let registry: RunningRegistry;
 *       beforeAll(async () => { registry = await startRegistry(); });
 *       afterAll(() => registry.stop());
 *     });
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Certificate } from "./certificates.js";
import { send } from "./send.js";

export interface RegistryOptions {
  /** Lines of a password file as `htpasswd -B` writes them; `TESTER` is one. */
  readonly htpasswd?: readonly string[];
  /** Bearer tokens, from a server that signs with the key of this certificate. */
  readonly tokens?: {
    readonly realm: string;
    readonly service: string;
    readonly issuer: string;
    readonly bundle: string;
  };
  /** HTTPS with this certificate; plain HTTP without. */
  readonly tls?: Certificate;
  readonly canDelete?: boolean;
}

export interface RunningRegistry {
  /** `127.0.0.1:NNNNN`: what an image's name starts with. */
  readonly host: string;
  /** `http://127.0.0.1:NNNNN`, with `https:` under TLS. */
  readonly url: string;
  /** What a client needs to know to trust it; null over plain HTTP. */
  readonly ca: string | null;
  /** Ends the process and removes what it stored. */
  readonly stop: () => Promise<void>;
}

/** A user with a password, and the line of the password file that says so (bcrypt, cost 5). */
export const TESTER = {
  user: "tester",
  password: "correct horse",
  line: "tester:$2y$05$5UavkgMjF6u2q16llzhXueD9NO2svnXpNkf8MQNCP7SBW/NT.St6W",
} as const;

const COMMAND = "docker-registry";
const INSTALL_MS = 300_000;
const READY_MS = 20_000;

let isThere: boolean | null = null;

/**
 * Whether the registry can be started here. Where it is missing and may be installed (root, apt-get), it is. Where it
 * may not be, that is said loudly and the tests are to be skipped.
 *
 * @throws Error instead of returning false when CI=true: there, a skipped test is a failure
 */
export function canRunRegistry(): boolean {
  isThere ??= isOnPath(COMMAND) || (install() && isOnPath(COMMAND));
  if (isThere) return true;
  const message = `${COMMAND} is not installed (Debian, Ubuntu: apt-get install docker-registry)`;
  if (process.env.CI === "true") throw new Error(message);
  console.warn(`\nSKIPPED: tests against a real registry: ${message}\n`);
  return false;
}

/** Starts a registry on a port that is free; ready when this returns. */
export async function startRegistry(options: RegistryOptions = {}): Promise<RunningRegistry> {
  const folder = mkdtempSync(join(tmpdir(), "fromlint-registry-"));
  const config = join(folder, "config.yml");
  // JSON is YAML, so that nothing needs to write YAML.
  writeFileSync(config, JSON.stringify(configuration(folder, options)));

  const serve = [COMMAND, "serve", config];
  // The registry must not outlive a test run that is killed.
  const [command = COMMAND, ...args] = isOnPath("setpriv") ? ["setpriv", "--pdeathsig", "KILL", ...serve] : serve;
  // Of the environment only PATH: REGISTRY_* variables would override the file.
  const child = spawn(command, args, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env.PATH ?? "" },
  });
  const exited = once(child, "exit");
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await exited;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const host = await listening(child.stderr);
    const url = `${options.tls ? "https" : "http"}://${host}`;
    const ca = options.tls?.certificate ?? null;
    await answers(url, ca);
    return { host, url, ca, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function configuration(folder: string, { htpasswd, tokens, tls, canDelete = true }: RegistryOptions): object {
  const auth: Record<string, object> = {};
  if (htpasswd) {
    const path = join(folder, "htpasswd");
    writeFileSync(path, htpasswd.map((line) => `${line}\n`).join(""));
    auth.htpasswd = { realm: "tests", path };
  }
  if (tokens) {
    const { realm, service, issuer, bundle } = tokens;
    const rootcertbundle = join(folder, "bundle.crt");
    writeFileSync(rootcertbundle, bundle);
    auth.token = { realm, service, issuer, rootcertbundle };
  }
  return {
    version: "0.1",
    log: { level: "info", formatter: "json", accesslog: { disabled: true } },
    storage: {
      inmemory: {},
      delete: { enabled: canDelete },
      maintenance: { uploadpurging: { enabled: false } },
    },
    http: { addr: "127.0.0.1:0", secret: "tests", ...(tls && { tls: tlsFiles(folder, tls) }) },
    ...((htpasswd ?? tokens) ? { auth } : {}),
  };
}

function tlsFiles(folder: string, { certificate, key }: Certificate): object {
  const files = { certificate: join(folder, "tls.crt"), key: join(folder, "tls.key") };
  writeFileSync(files.certificate, certificate);
  writeFileSync(files.key, key, { mode: 0o600 });
  return files;
}

/** The address that the registry says it listens on. */
async function listening(stderr: NodeJS.ReadableStream): Promise<string> {
  let log = "";
  const found = new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the registry does not start:\n${log}`)), READY_MS);
    stderr.setEncoding("utf8");
    stderr.on("data", (text: string) => {
      log = (log + text).slice(-100_000);
      const address = /"msg":"listening on ([^",]+)/.exec(log)?.[1];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(address);
    });
    stderr.once("end", () => {
      clearTimeout(late);
      reject(new Error(`the registry ended:\n${log}`));
    });
  });
  return found;
}

async function answers(url: string, ca: string | null): Promise<void> {
  const end = Date.now() + READY_MS;
  for (;;) {
    const status = await send({ url, ca }, "GET", "/v2/").then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200 || status === 401) return;
    if (Date.now() > end) throw new Error(`the registry at ${url} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function install(): boolean {
  if (process.getuid?.() !== 0 || !isOnPath("apt-get")) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const aptGet = (...args: string[]): boolean =>
    spawnSync("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=120", ...args], { env, timeout: INSTALL_MS }).status === 0;
  const packages = ["install", "-y", "--no-install-recommends", "docker-registry"];
  return aptGet(...packages) || (aptGet("update") && aptGet(...packages));
}

function isOnPath(command: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return folder !== "";
    } catch {
      return false;
    }
  });
}
