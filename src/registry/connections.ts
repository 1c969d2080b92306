/** The connections of a run: a few at a time to a host, through the proxy if there is one, to permitted addresses only. */
import { lookup as dnsLookup } from "node:dns";
import { Agent as HttpAgent, type Agent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { once } from "../once.js";
import { reachOf, type Reach } from "./addresses.js";
import { exchange, type HttpRequest, type HttpResponse } from "./exchange.js";
import { failure, forbiddenAddress, forbiddenText, type Failure } from "./failure.js";
import { hostName, isMetadataName, withoutUsualPort } from "./hosts.js";
import type { Limits, Tuning } from "./limits.js";
import { proxyFor, type Environment } from "./proxy.js";
import { proxyAgent, throughProxy, tunnelAgent } from "./tunnel.js";
import { queues } from "./queues.js";

/** A request, with what it may connect to. */
export interface CheckedRequest extends HttpRequest {
  /** Whether `host` may stand at an address of this reach. */
  readonly mayReach: (reach: Reach, host: string) => boolean;
}

export interface Connections {
  readonly send: (request: CheckedRequest) => Promise<HttpResponse | Failure>;
  /** How far the addresses of a host reached that was asked; null where that is not known (a proxy asked for us). */
  readonly reach: (host: string) => Reach | null;
  readonly close: () => void;
}

export function openConnections(env: Environment, limits: Limits, tuning: Tuning): Connections {
  const queue = queues(limits.connections);
  const reaches = new Map<string, Reach>();
  const agents = new Map<string, Agent>();
  const options = {
    keepAlive: true,
    maxSockets: limits.connections,
    ...(tuning.ca !== undefined && { ca: tuning.ca }),
  };
  const agent = (key: string, make: () => Agent): Agent => {
    const found = agents.get(key) ?? make();
    agents.set(key, found);
    return found;
  };

  const send = async (request: CheckedRequest): Promise<HttpResponse | Failure> => {
    const { url } = request;
    const proxy = proxyFor(url, env);
    if (proxy === undefined) return failure("the proxy that the environment names is no http or https URL");
    const name = hostName(url.host);
    const reach =
      isIP(name) !== 0 ? reachOf(name) : isMetadataName(name) ? "forbidden" : reaches.get(withoutUsualPort(url.host));
    if (reach !== undefined) {
      if (!request.mayReach(reach, url.host)) return failure(forbiddenText(url.host));
      reaches.set(withoutUsualPort(url.host), reach);
    }
    if (!proxy) {
      const plain = url.protocol === "http:";
      const direct = agent(url.protocol, () => (plain ? new HttpAgent(options) : new HttpsAgent(options)));
      const lookup = checkedLookup(tuning.lookup ?? dnsLookup, (found) => {
        if (!request.mayReach(found, url.host)) return false;
        reaches.set(withoutUsualPort(url.host), found);
        return true;
      });
      return exchange(request, { url, path: url.pathname + url.search, headers: {}, agent: direct, lookup, limits });
    }
    if (url.protocol === "http:") {
      const plain = agent(proxy.href, () => proxyAgent(proxy, options));
      return exchange(request, { ...throughProxy(proxy, url), agent: plain, limits });
    }
    const tunnels = agent(`tunnel ${proxy.href}`, () => tunnelAgent(proxy, options, limits.connectMs));
    const path = url.pathname + url.search;
    return exchange(request, { url, path, headers: {}, agent: tunnels, isTunnel: true, limits });
  };

  return {
    send: (request) => queue(request.url.host, () => send(request)),
    reach: (host) => reaches.get(withoutUsualPort(host)) ?? null,
    close: once(() => agents.forEach((open) => open.destroy())),
  };
}

/** Resolves a name, and leaves out what may not be contacted: what is left is what the connection goes to. */
function checkedLookup(lookup: LookupFunction, mayReach: (reach: Reach) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = typeof found === "string" ? [{ address: found, family: isIP(found) }] : found;
      const allowed = error ? [] : addresses.filter(({ address }) => mayReach(reachOf(address)));
      const [first] = allowed;
      if (error || !first) callback(error ?? forbiddenAddress(), "", 0);
      else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
