/** The proxy between here and a host, as the environment names it (golang.org/x/net/http/httpproxy: docker's own). */
import { BlockList, isIP } from "node:net";
import { reachOf } from "./addresses.js";
import { hostName } from "./hosts.js";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy to ask `url` through; null to ask directly: without HTTPS_PROXY or HTTP_PROXY (for the URL's own scheme),
 * for this machine, and for what NO_PROXY lists. Undefined where the variable holds no http or https URL.
 */
export function proxyFor(url: URL, env: Environment): URL | null | undefined {
  const text = variable(env, url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY");
  const name = hostName(url.host);
  if (text === "" || name === "localhost" || (isIP(name) !== 0 && reachOf(name) === "loopback")) return null;
  if (isExcluded(name, url.port || (url.protocol === "https:" ? "443" : "80"), variable(env, "NO_PROXY"))) return null;
  const proxy = text.includes("://") ? text : `http://${text}`;
  return URL.canParse(proxy) && /^https?:$/.test(new URL(proxy).protocol) ? new URL(proxy) : undefined;
}

function variable(env: Environment, name: string): string {
  return (env[name.toLowerCase()] ?? env[name] ?? "").trim();
}

/** Entries: `*`, `host`, `.host`, `*.host` (each with an optional port; a host covers what is below it), address, network. */
function isExcluded(name: string, port: string, list: string): boolean {
  return list
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === "*") return true;
      if (isIP(entry) !== 0) return entry === name;
      if (entry.includes("/")) return isInside(name, entry);
      const [, host = "", entryPort] = /^\[?(.+?)\]?(?::([0-9]+))?$/.exec(entry) ?? [];
      if (entryPort !== undefined && entryPort !== port) return false;
      const domain = host.replace(/^\*?\./, "");
      return name === domain || name.endsWith(`.${domain}`);
    });
}

function isInside(address: string, network: string): boolean {
  const slash = network.indexOf("/");
  const [base, prefix] = [network.slice(0, slash), Number(network.slice(slash + 1))];
  const family = isIP(base);
  if (family === 0 || isIP(address) !== family || !Number.isInteger(prefix) || prefix < 0) return false;
  if (prefix > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(base, prefix, type);
  return list.check(address, type);
}
