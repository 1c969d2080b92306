/** Where requests may go to: the registry itself, and from there to its token server and where it redirects to. */
import { isIP } from "node:net";
import type { Reach } from "./addresses.js";
import { hostName, isMetadataName, isOwnTokenHost, isPlainHost, withoutUsualPort } from "./hosts.js";

/** A registry that may be asked. */
export interface Endpoint {
  /** host[:port] of its API, lower case. */
  readonly host: string;
  /** As images name it: `docker.io`. */
  readonly registry: string;
}

export interface Scope {
  readonly endpoint: Endpoint;
  /** Whether plain HTTP is accepted of a host[:port]. */
  readonly isInsecure: (host: string) => boolean;
  /** Whether the policy names a host[:port] as a registry. */
  readonly isListed: (host: string) => boolean;
  /** How far the registry's own address reaches; null where it is not known. */
  readonly reach: () => Reach | null;
}

/** `text` against `base`, as a URL that may be asked; null for another scheme, a user name, an odd host, or plain HTTP. */
export function urlIn(scope: Scope, text: string, base?: URL): URL | null {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : null;
  if (url?.username !== "" || url.password !== "" || !isPlainHost(url.host)) return null;
  // A URL writes 0x7f.1 as 127.0.0.1: what was meant to be hidden is refused.
  const written = /^\s*(?:[a-z]+:)?[\\/]{2,}([^\\/?#]*)/i.exec(text)?.[1]?.toLowerCase();
  if (written !== undefined && hostName(written) !== hostName(url.host)) return null;
  if (url.protocol === "http:" ? !scope.isInsecure(url.host) : url.protocol !== "https:") return null;
  url.hash = "";
  return url;
}

/**
 * Whether a connection to `host` may end at an address of this reach. Forbidden ones only where the policy lists the
 * very address or name. The registry itself may be anywhere else; other hosts must be public, unless the policy lists
 * them or the registry is no public one either.
 */
export function mayReach({ endpoint, isListed, reach: own }: Scope, reach: Reach, host: string): boolean {
  if (reach === "public") return true;
  const isNamed = withoutUsualPort(host) === withoutUsualPort(endpoint.host) || isListed(host);
  const name = hostName(host);
  if (reach === "forbidden") return isNamed && (isIP(name) !== 0 || isMetadataName(name));
  if (isNamed) return true;
  const from = own();
  return from === "private" || from === "loopback";
}

/** Whether credentials for the registry may go to a token server: its own host, a pair that is known, or one listed. */
export function mayHaveCredentials({ endpoint, isListed, isInsecure }: Scope, url: URL): boolean {
  if (url.protocol !== "https:" && !isInsecure(url.host)) return false;
  return isOwnTokenHost(endpoint.host, url.host) || isListed(url.host);
}
