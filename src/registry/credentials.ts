/** Credentials as docker and podman keep them: their files, and the helpers that these name. */
import { join } from "node:path";
import { readConfig, type ConfigFile } from "./credential-files.js";
import { runHelper } from "./credential-helper.js";
import type { Limits } from "./limits.js";
import type { Environment } from "./proxy.js";
import { asObject, own } from "./json.js";

export type Credential =
  | { readonly kind: "password"; readonly user: string; readonly secret: string }
  /** A refresh token, for which the token server gives others. */
  | { readonly kind: "identity"; readonly token: string };

export interface Found {
  readonly credential: Credential | null;
  /** Why there may be some that are not known, as a clause: `…/config.json is no JSON`. */
  readonly problem: string | null;
}

/** The credentials for a repository of a registry (`docker.io`); the same object for what stands at the same place. */
export type Credentials = (registry: string, repository: string) => Promise<Found>;

/** Docker's name for Docker Hub in its files and to its helpers. */
const HUB_KEY = "https://index.docker.io/v1/";
const HUB_NAMES = ["docker.io", "index.docker.io", "registry-1.docker.io"];

/** Reads nothing before a registry asks for credentials, each file once, and asks each helper once for a registry. */
export function openCredentials(env: Environment, home: string, limits: Limits): Credentials {
  let files: readonly ConfigFile[] | null = null;
  const known = new Map<string, Promise<Found>>();
  const remember = (key: string, find: () => Promise<Found>): Promise<Found> => {
    const found = known.get(key) ?? find();
    known.set(key, found);
    return found;
  };

  return async (registry, repository) => {
    files ??= configPaths(env, home).map(readConfig);
    let problem: string | null = null;
    for (const [index, file] of files.entries()) {
      problem ??= file.problem;
      for (const key of keysOf(registry, repository)) {
        const helper = helperOf(file, key, registry);
        if (helper !== null) {
          const server = HUB_NAMES.includes(key) ? HUB_KEY : key;
          const found = await remember(`${helper} ${server}`, () => runHelper(helper, server, env, limits));
          if (found.credential) return found;
          problem ??= found.problem;
        }
        const written = file.credential(key);
        if (written)
          return remember(`${String(index)} ${key}`, () => Promise.resolve({ credential: written, problem: null }));
      }
    }
    return { credential: null, problem };
  };
}

/** In the order in which they are asked. A file that is not there holds nothing. */
function configPaths(env: Environment, home: string): string[] {
  /** An empty variable counts as none. */
  const set = (name: string): string | null => (env[name] === "" ? null : (env[name] ?? null));
  const [named, runtime] = [set("REGISTRY_AUTH_FILE"), set("XDG_RUNTIME_DIR")];
  return [
    ...(named === null ? [] : [named]),
    join(set("DOCKER_CONFIG") ?? join(home, ".docker"), "config.json"),
    ...(runtime === null ? [] : [join(runtime, "containers", "auth.json")]),
    join(set("XDG_CONFIG_HOME") ?? join(home, ".config"), "containers", "auth.json"),
  ];
}

/** From the most exact to the registry itself, as podman has them: `host/a/b`, `host/a`, `host`. */
function keysOf(registry: string, repository: string): string[] {
  const hosts = registry === "docker.io" ? HUB_NAMES : [registry];
  const parts = repository.split("/");
  const paths = parts.map((_part, index) => parts.slice(0, parts.length - index).join("/"));
  const exact = hosts.flatMap((host) => paths.map((path) => `${host}/${path}`));
  return [...exact, ...hosts];
}

/** `credHelpers` names one for a registry; `credsStore` one for all. There is none for a part of a registry. */
function helperOf({ content }: ConfigFile, key: string, registry: string): string | null {
  if (key.includes("/")) return null;
  const helpers = asObject(own(content, "credHelpers"));
  const helper = own(helpers, key) ?? (key === "docker.io" ? own(helpers, HUB_KEY) : undefined);
  if (typeof helper === "string" && helper !== "") return helper;
  const store = own(content, "credsStore");
  return key === registry && typeof store === "string" && store !== "" ? store : null;
}
