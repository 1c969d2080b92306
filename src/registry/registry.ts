/**
 * Asks registries that speak the distribution API what an image is today. Everything is bounded: time, bytes,
 * connections, and the hosts that are contacted. Loaded only where a run was told to go online.
 */
import { once } from "../once.js";
import { mirrored } from "../facts/mirrors.js";
import { formatReference, parseReference, type Reference } from "../facts/reference.js";
import { found, unknown, type Answer, type ImageDetails, type Manifest, type Outcome } from "./answer.js";
import { askerOf, type Ask } from "./ask.js";
import { openCache } from "./cache.js";
import { openConnections } from "./connections.js";
import { openCredentials } from "./credentials.js";
import { askDetails } from "./details.js";
import { failure } from "./failure.js";
import { apiHost, withoutUsualPort } from "./hosts.js";
import { LIMITS, type Limits, type Tuning } from "./limits.js";
import { askHead, type Questioner, type Wanted } from "./manifest.js";
import type { Environment } from "./proxy.js";
import { queues } from "./queues.js";
import { isDetails, isManifest, isTags, openMemory } from "./remember.js";
import { withRetries } from "./retry.js";
import type { Scope } from "./scope.js";
import { askTags } from "./tags.js";

export { cacheFolder } from "../files/user-cache.js";
export type { Answer, ImageDetails, Manifest } from "./answer.js";

export type Repository = Pick<Reference, "registry" | "repository">;

/** No method throws or rejects. The same question is asked once at a time, and its answer counts for ten minutes. */
export interface RegistryClient {
  /** Digest and kind by HEAD. A digest is asked for where the reference has one, else the tag, else `latest`. */
  readonly head: (reference: Reference) => Promise<Answer<Manifest>>;
  /** By at most three requests; what could not be learnt of a part is null. */
  readonly details: (reference: Reference) => Promise<Answer<ImageDetails>>;
  /** All tags in the registry's order. */
  readonly tags: (repository: Repository) => Promise<Answer<readonly string[]>>;
  /** Ends what is under way, as unknown, and tidies the cache. */
  readonly close: () => Promise<void>;
}

export interface RegistryOptions {
  readonly env: Environment;
  /** The user's home folder, absolute; empty where there is none. */
  readonly home: string;
  /** Registries of which plain HTTP is accepted: host[:port]. */
  readonly insecure: readonly string[];
  /** Registry (or registry with a path prefix) -> the one that is asked in its place. */
  readonly mirrors: Readonly<Record<string, string>>;
  /** Whether a registry (host[:port]) may be contacted. A mirror may: the policy names it. */
  readonly isAllowed: (registry: string) => boolean;
  /** Where answers are kept between runs, see `cacheFolder`; null for nowhere. */
  readonly cacheFolder: string | null;
  /** Goes past answers of earlier runs. */
  readonly refresh: boolean;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Opens nothing and reads nothing before the first question. */
export function openRegistry(options: RegistryOptions, tuning: Tuning = {}): RegistryClient {
  const { env, home, mirrors, refresh, now = Date.now } = options;
  const limits: Limits = { ...LIMITS, ...tuning };
  const connections = openConnections(env, limits, tuning);
  const send = withRetries(connections, limits, now);
  const credentials = openCredentials(env, home, limits);
  const cache = once(() => (options.cacheFolder === null ? null : openCache(options.cacheFolder)));
  const memory = openMemory(cache, !refresh, limits.freshMs, now);
  const queue = queues(limits.connections);
  const closed = new AbortController();
  const insecure = new Set(options.insecure.map((host) => withoutUsualPort(apiHost(host) ?? host)));
  const mirrorHosts = new Set(Object.values(mirrors).map((mirror) => mirror.split("/", 1)[0] ?? ""));
  const mayAsk = (registry: string): boolean => options.isAllowed(registry) || mirrorHosts.has(registry);
  const askers = new Map<string, Ask>();

  const askerFor = (registry: string, host: string): Ask => {
    const scope: Scope = {
      endpoint: { host, registry },
      isInsecure: (name) => insecure.has(withoutUsualPort(apiHost(name) ?? name)),
      isListed: mayAsk,
      reach: () => connections.reach(host),
    };
    const ask = askers.get(registry) ?? askerOf(scope, { send, connections, credentials, limits, now });
    askers.set(registry, ask);
    return ask;
  };

  /** Asks in turn: the time of a question counts from when others have made place for it. */
  const answer = async <Value>(
    kind: string,
    isValue: (value: unknown) => value is Value,
    wanted: Wanted,
    ask: (questioner: Questioner, wanted: Wanted) => Promise<Outcome<Value>>,
  ): Promise<Answer<Value>> => {
    const { registry } = wanted;
    const host = apiHost(registry);
    if (host === null) return unknown(failure(`${registry} is no plain host name`));
    if (!mayAsk(registry))
      return unknown(failure(`${registry} is not asked: the policy's registries.allow does not list it`));
    if (closed.signal.aborted) return unknown(failure(`${registry} is not asked any more`));
    return memory.remember(keyOf(kind, wanted), isValue, () =>
      queue(host, () => {
        const signal = AbortSignal.any([closed.signal, AbortSignal.timeout(limits.questionMs)]);
        return ask({ ask: askerFor(registry, host), limits, signal }, wanted);
      }),
    );
  };

  const askAndKeepHead = async (questioner: Questioner, wanted: Wanted): Promise<Outcome<ImageDetails>> => {
    const outcome = await askDetails(questioner, wanted);
    if (outcome.answer.status === "found") {
      const { digest, mediaType, isIndex, size } = outcome.answer.value;
      memory.keep(keyOf("head", wanted), found({ digest, mediaType, isIndex, size }));
    }
    return outcome;
  };

  return {
    head: async (reference) => {
      const wanted = wantedOf(reference, mirrors);
      return wanted ? answer("head", isManifest, wanted, whole(askHead)) : NO_REFERENCE;
    },
    details: async (reference) => {
      const wanted = wantedOf(reference, mirrors);
      return wanted ? answer("details", isDetails, wanted, askAndKeepHead) : NO_REFERENCE;
    },
    tags: async ({ registry, repository }) => {
      const wanted = wantedOf({ registry, repository, tag: null, digest: null }, mirrors);
      return wanted ? answer("tags", isTags, wanted, whole(askTags)) : NO_REFERENCE;
    },
    close: () => {
      closed.abort();
      connections.close();
      if (memory.isUsed()) cache()?.prune(now() - limits.freshMs);
      return Promise.resolve();
    },
  };
}

const NO_REFERENCE = unknown(failure("this is no image reference"));

function keyOf(kind: string, { registry, repository, at }: Wanted): string {
  return [kind, registry, repository, at].join(" ");
}

/** What to ask for, at the mirror if there is one; null for what `parseReference` would not have made. */
function wantedOf(reference: Reference, mirrors: RegistryOptions["mirrors"]): Wanted | null {
  const parsed = parseReference(formatReference(reference));
  if (!("reference" in parsed) || formatReference(parsed.reference) !== formatReference(reference)) return null;
  const { registry, repository, tag, digest } = mirrored(reference, mirrors)?.reference ?? reference;
  return { registry, repository, at: digest ?? tag ?? "latest" };
}

function whole<Value>(ask: (questioner: Questioner, wanted: Wanted) => Promise<Answer<Value>>) {
  return async (questioner: Questioner, wanted: Wanted): Promise<Outcome<Value>> => ({
    answer: await ask(questioner, wanted),
    isWhole: true,
  });
}
