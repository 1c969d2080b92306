/** A registry client for a test, closed when the test ends. */
import { expect, onTestFinished } from "vitest";
import type { Reference } from "../../../src/facts/reference.js";
import type { Tuning } from "../../../src/registry/limits.js";
import { openRegistry, type RegistryClient, type RegistryOptions } from "../../../src/registry/registry.js";

/** What keeps tests quick; everything else is as it ships. */
const QUICK: Tuning = { pauseMs: 5, connectMs: 2000, headersMs: 2000, bodyMs: 2000 };

/** Allows and trusts in the clear exactly `hosts`, has no credentials and no cache. */
export function clientFor(
  hosts: readonly string[],
  options: Partial<RegistryOptions> = {},
  tuning: Tuning = {},
): RegistryClient {
  const client = openRegistry(
    {
      env: {},
      home: "",
      insecure: hosts,
      mirrors: {},
      isAllowed: (host) => hosts.includes(host),
      cacheFolder: null,
      refresh: false,
      ...options,
    },
    { ...QUICK, ...tuning },
  );
  onTestFinished(() => client.close());
  return client;
}

/** `gallery/ui:v1`, `gallery/ui@sha256:…`, of a registry. */
export function image(registry: string, name: string): Reference {
  const [, repository = "", tag = null, digest = null] = /^([^:@]+)(?::([^@]+))?(?:@(.+))?$/.exec(name) ?? [];
  return { registry, repository, tag, digest };
}

/** Matches an answer that is unknown for a reason like this. */
export function unknown(reason: RegExp): object {
  return { status: "unknown", reason: expect.stringMatching(reason) as string };
}
