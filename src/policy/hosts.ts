/** Registry names as a policy writes them: `host[:port]`, for mirrors with a path behind. */
import { quoted } from "./errors.js";

/** Docker Hub's other host names; all of them are `docker.io`. */
const DOCKER_HUB = new Set(["index.docker.io", "registry-1.docker.io"]);

const NAME =
  /^(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*$/;
const IPV6 = /^\[[0-9a-fA-F:.]+\]$/;
/** As distribution has a path component: letters and digits, joined by `.`, `_`, `__` or dashes. */
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

/** Longer names are no host names. */
const LONGEST = 255;

export function canonicalRegistry(host: string): string {
  return DOCKER_HUB.has(host) ? "docker.io" : host;
}

/**
 * True for the first part of an image name that is a registry: it holds `.` or `:`, is `localhost`, or has an
 * upper-case letter (distribution/reference, `splitDockerDomain`).
 */
export function isRegistry(part: string): boolean {
  return /[.:A-Z]/.test(part) || part === "localhost";
}

/** Why `text` is no registry name; null for one that is. */
export function registryProblem(text: string): string | null {
  const scheme = text.indexOf("://");
  if (scheme >= 0) return `${quoted(text)} is not a registry; write it without ${quoted(text.slice(0, scheme + 3))}`;
  const slash = text.indexOf("/");
  if (slash >= 0) return `${quoted(text)} is not a registry; write host[:port], without a path`;
  const colon = text.endsWith("]") ? -1 : text.lastIndexOf(":");
  const host = colon === -1 ? text : text.slice(0, colon);
  const port = colon === -1 ? null : text.slice(colon + 1);
  if (port !== null && (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65_535)) {
    return `${quoted(text)} is not a registry; ${quoted(port)} is not a port`;
  }
  if (host.length > LONGEST || !(NAME.test(host) || IPV6.test(host))) {
    return `${quoted(text)} is not a registry; write host[:port], such as registry.example:5000`;
  }
  if (isRegistry(text)) return null;
  return `${quoted(text)} is not a registry: a registry's name has a dot or a port, or is localhost`;
}

/** Why `text` is no registry with an optional path; null for one that is. */
export function mirrorProblem(text: string): string | null {
  const scheme = text.indexOf("://");
  if (scheme >= 0) return `${quoted(text)} is not a mirror; write it without ${quoted(text.slice(0, scheme + 3))}`;
  const [host = "", ...path] = text.split("/");
  if (registryProblem(host) !== null || !path.every((component) => COMPONENT.test(component))) {
    return `${quoted(text)} is not a mirror; write host[:port][/path], such as registry.example/hub`;
  }
  return null;
}

export function canonicalMirror(text: string): string {
  const slash = text.indexOf("/");
  return slash === -1 ? canonicalRegistry(text) : canonicalRegistry(text.slice(0, slash)) + text.slice(slash);
}
