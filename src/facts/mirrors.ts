/** Registries that a policy has others stand for, and those that are this machine. */
import type { Policy } from "../policy/policy.js";
import { repositoryName, type Reference } from "./reference.js";

type Mirrors = Readonly<Record<string, string>>;

/** The same image behind the declared mirror, and the key of that mirror; the longest key wins. Null without one. */
export function mirrored(reference: Reference, mirrors: Mirrors): { reference: Reference; key: string } | null {
  const name = repositoryName(reference);
  const key = longestPrefix(name, Object.keys(mirrors));
  const mirror = key === null ? undefined : mirrors[key];
  if (key === null || mirror === undefined) return null;
  const [registry = "", ...path] = (mirror + name.slice(key.length)).split("/");
  return { reference: { ...reference, registry, repository: path.join("/") }, key };
}

/**
 * The image as `registries` asks for it: itself where its registry is allowed, else behind its mirror. Null where the
 * policy has neither for it.
 */
export function asAllowed(reference: Reference, { allow, mirrors }: Policy["registries"]): Reference | null {
  if (allow?.includes(reference.registry) === true || isUnderMirror(reference, mirrors)) return reference;
  return mirrored(reference, mirrors)?.reference ?? (allow === null ? reference : null);
}

/** True for an image that is pulled through one of the mirrors. */
export function isUnderMirror(reference: Reference, mirrors: Mirrors): boolean {
  return longestPrefix(repositoryName(reference), Object.values(mirrors)) !== null;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[(?:::|(?:0{1,4}:){7})0{0,3}1\])(?::\d+)?$/i;

/** True for `localhost`, 127.0.0.0/8 and `[::1]`, whatever the port: another registry on every machine. */
export function isLoopback(registry: string): boolean {
  return "lL1[".includes(registry.charAt(0)) && LOOPBACK.test(registry);
}

function longestPrefix(name: string, prefixes: readonly string[]): string | null {
  let longest: string | null = null;
  for (const prefix of prefixes) {
    if (name.startsWith(`${prefix}/`) && prefix.length > (longest?.length ?? -1)) longest = prefix;
  }
  return longest;
}
