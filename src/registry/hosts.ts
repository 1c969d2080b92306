/** Names of hosts: of registries, of their token servers, and of where they redirect to. */
import { isIPv4, isIPv6 } from "node:net";

/** Docker Hub's API stands behind another name than its images. */
const API_HOSTS: ReadonlyMap<string, string> = new Map([
  ["docker.io", "registry-1.docker.io"],
  ["index.docker.io", "registry-1.docker.io"],
]);

/** Token servers that registries are known to have under another name of the same owner. */
const TOKEN_HOSTS: ReadonlyMap<string, string> = new Map([
  ["registry-1.docker.io", "auth.docker.io"],
  ["registry.gitlab.com", "gitlab.com"],
  ["docker.elastic.co", "docker-auth.elastic.co"],
]);

/** Names under which clouds hand out a machine's credentials. */
const METADATA_NAMES: ReadonlySet<string> = new Set([
  "metadata",
  "metadata.google.internal",
  "metadata.goog",
  "metadata.azure.internal",
  "metadata.tencentyun.com",
  "instance-data",
  "instance-data.ec2.internal",
]);

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LONGEST_NAME = 253;

/**
 * The host of a registry's API in lower case, with the port as written: `docker.io` -> `registry-1.docker.io`. Null
 * for what is no plain host name or address: a trailing dot, an octal or decimal address, a zone, another alphabet.
 */
export function apiHost(registry: string): string | null {
  const host = registry.toLowerCase();
  return isPlainHost(host) ? (API_HOSTS.get(host) ?? host.replace(/:443$/, "")) : null;
}

/** True for `name`, `1.2.3.4` or `[::1]`, each with an optional port, in lower case and in its usual form. */
export function isPlainHost(host: string): boolean {
  const { name, port } = split(host);
  if (port !== null && !(/^[1-9][0-9]{0,4}$/.test(port) && Number(port) <= 65_535)) return false;
  if (name.startsWith("[")) return /^\[[0-9a-f:.]+\]$/.test(name) && isIPv6(name.slice(1, -1));
  if (isIPv4(name)) return true;
  const labels = name.split(".");
  const last = labels.at(-1) ?? "";
  // What ends in a number is an address in some notation: 0x7f.1, 2130706433, 0177.0.0.1.
  if (name.length > LONGEST_NAME || /^(?:[0-9]+|0x[0-9a-f]*)$/.test(last)) return false;
  return labels.every((label) => LABEL.test(label));
}

/** The name or address alone: without port, without brackets. */
export function hostName(host: string): string {
  return split(host).name.replace(/^\[|\]$/g, "");
}

/** One host has one name: the ports of HTTP and HTTPS need not be written. */
export function withoutUsualPort(host: string): string {
  return host.replace(/:(?:80|443)$/, "");
}

export function isMetadataName(name: string): boolean {
  return METADATA_NAMES.has(name);
}

/** Whether `realm` belongs to the registry behind `api` (both host[:port]): the same name, or a pair that is known. */
export function isOwnTokenHost(api: string, realm: string): boolean {
  return hostName(api) === hostName(realm) || TOKEN_HOSTS.get(api) === realm;
}

function split(host: string): { name: string; port: string | null } {
  const colon = host.indexOf(":", host.lastIndexOf("]") + 1);
  return colon < 0 ? { name: host, port: null } : { name: host.slice(0, colon), port: host.slice(colon + 1) };
}
