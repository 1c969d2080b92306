/** Image references, by the grammar of distribution/reference (regexp.go, normalize.go), as BuildKit reads them. */

export interface Reference {
  /** `docker.io`, `registry.local:5000`, …; Docker Hub's other host names are `docker.io`. */
  readonly registry: string;
  /** The path below the registry: `library/node`, `gallery/ui`. */
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

/** Why a text is no reference; the codes are message ids of `valid-reference`, with their placeholders. */
export type ReferenceProblemCode =
  | "emptyReference"
  | "urlReference" // https://… : { suggestion }
  | "badCharacter" // a space, `\`, …: { character, text }
  | "imageId" // 64 hex digits: { text }
  | "badRegistry" // { registry }
  | "emptyPart" // `a//b`, `/a`, `a/`: { text }
  | "upperCase" // { repository, suggestion }: the suggestion is the whole reference
  | "badRepository" // { repository }
  | "longRepository" // { length, limit }
  | "emptyTag" // `node:`: { text }
  | "badTag" // { tag }
  | "longTag" // { length, limit }
  | "badDigest" // { digest }
  | "digestAlgorithm" // { algorithm, known }
  | "digestLength"; // { algorithm, length, expected }

interface ReferenceProblem {
  readonly code: ReferenceProblemCode;
  readonly data: Readonly<Record<string, string>>;
}

export const DOCKER_HUB = "docker.io";

/** Namespace of the Docker Official Images. */
export const LIBRARY = "library/";

/** Other host names of Docker Hub. */
const HUB_HOSTS: ReadonlySet<string> = new Set(["index.docker.io", "registry-1.docker.io"]);

/** distribution's RepositoryNameTotalLengthMax: the registry does not count. */
const LONGEST_REPOSITORY = 255;
const LONGEST_TAG = 128;

/** Hex digits of the digest algorithms that go-digest knows. */
const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** What findings quote of a text is cut off there. */
const LONGEST_QUOTE = 80;

const PATH_PART = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;

type Parsed = { readonly reference: Reference } | { readonly problem: ReferenceProblem };

/** Reads `text` as a reference and qualifies it: `node` is `docker.io/library/node`. Time is linear in its length. */
export function parseReference(text: string): Parsed {
  const refused = refusedAsWhole(text);
  if (refused) return refused;

  const { registry, rest } = splitRegistry(text);
  const at = rest.indexOf("@");
  const named = at < 0 ? rest : rest.slice(0, at);
  const digest = at < 0 ? null : rest.slice(at + 1);
  const colon = named.indexOf(":");
  const path = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? null : named.slice(colon + 1);
  const repository = registry === DOCKER_HUB && !path.includes("/") ? LIBRARY + path : path;

  const wrong =
    registryProblem(registry, path) ??
    repositoryProblem(path, repository, text, text.length - rest.length) ??
    (tag === null ? null : tagProblem(tag, text)) ??
    (digest === null ? null : digestProblem(digest));
  return wrong ?? { reference: { registry, repository, tag, digest } };
}

/** `docker.io/library/node:22@sha256:…`: everything spelt out. */
export function formatReference(reference: Reference): string {
  return repositoryName(reference) + suffix(reference);
}

/** `docker.io/library/node`: registry and repository, the key of catalog and lock file. */
export function repositoryName({ registry, repository }: Pick<Reference, "registry" | "repository">): string {
  return `${registry}/${repository}`;
}

/** `node`, `grafana/loki`, `mcr.microsoft.com/dotnet/sdk`: as one would write it. */
export function familiarName({ registry, repository }: Pick<Reference, "registry" | "repository">): string {
  if (registry !== DOCKER_HUB) return `${registry}/${repository}`;
  return officialName({ registry, repository }) ?? repository;
}

/** `node:22`: the familiar name with tag and digest. */
export function familiarReference(reference: Reference): string {
  return familiarName(reference) + suffix(reference);
}

/** The name below `docker.io/library/`; null for any other repository. Whether it is in the official set is not asked. */
export function officialName({ registry, repository }: Pick<Reference, "registry" | "repository">): string | null {
  if (registry !== DOCKER_HUB || !repository.startsWith(LIBRARY)) return null;
  const name = repository.slice(LIBRARY.length);
  return name.includes("/") ? null : name;
}

function suffix({ tag, digest }: Reference): string {
  return (tag === null ? "" : `:${tag}`) + (digest === null ? "" : `@${digest}`);
}

/** The first part is a registry if it looks like a host; `foo/bar` is a repository on Docker Hub. */
function splitRegistry(text: string): { registry: string; rest: string } {
  const slash = text.indexOf("/");
  const first = slash < 0 ? "" : text.slice(0, slash);
  if (slash < 0 || !(first === "localhost" || /[.:A-Z]/.test(first))) return { registry: DOCKER_HUB, rest: text };
  return { registry: HUB_HOSTS.has(first) ? DOCKER_HUB : first, rest: text.slice(slash + 1) };
}

function refusedAsWhole(text: string): Parsed | null {
  if (text === "") return problem("emptyReference", {});
  const scheme = text.includes("://") ? /^[a-z][a-z0-9+.-]{0,15}:\/\//i.exec(text) : null;
  if (scheme) return problem("urlReference", { suggestion: quoted(text.slice(scheme[0].length)) });
  const character = /[^\w.\-/:@[\]+]/u.exec(text);
  if (character) return problem("badCharacter", { character: character[0], text: quoted(text) });
  if (text.length === 64 && /^[a-f0-9]+$/.test(text)) return problem("imageId", { text });
  return null;
}

function registryProblem(registry: string, path: string): Parsed | null {
  if (isHost(registry)) return null;
  // distribution takes `a_b.c/x` for a path, and the client then asks the host `a_b.c` for it.
  if (registry.length + path.length < LONGEST_REPOSITORY && PATH_PART.test(registry)) return null;
  return problem("badRegistry", { registry: quoted(registry) });
}

/** `name(.name)*` or an IPv6 address in brackets, with an optional port. */
function isHost(registry: string): boolean {
  const bracket = registry.startsWith("[") ? registry.indexOf("]") : -1;
  const colon = registry.indexOf(":", bracket + 1);
  const host = colon < 0 ? registry : registry.slice(0, colon);
  const port = colon < 0 ? null : registry.slice(colon + 1);
  if (port !== null && !/^[0-9]+$/.test(port)) return false;
  if (bracket >= 0) return /^\[[a-fA-F0-9:]+\]$/.test(host);
  return host
    .split(".")
    .every((label) => /^[a-zA-Z0-9-]+$/.test(label) && !label.startsWith("-") && !label.endsWith("-"));
}

/** `start`: where the path begins in `text`. */
function repositoryProblem(path: string, repository: string, text: string, start: number): Parsed | null {
  if (repository.length > LONGEST_REPOSITORY) {
    return problem("longRepository", { length: String(repository.length), limit: String(LONGEST_REPOSITORY) });
  }
  const parts = path.split("/");
  if (parts.includes("")) return problem("emptyPart", { text: quoted(text) });
  if (parts.every((part) => PATH_PART.test(part))) return null;
  const lower = path.toLowerCase();
  if (lower !== path && lower.split("/").every((part) => PATH_PART.test(part))) {
    const suggestion = text.slice(0, start) + lower + text.slice(start + path.length);
    return problem("upperCase", { repository: path, suggestion });
  }
  return problem("badRepository", { repository: quoted(path) });
}

function tagProblem(tag: string, text: string): Parsed | null {
  if (tag === "") return problem("emptyTag", { text: quoted(text) });
  if (tag.length > LONGEST_TAG) return problem("longTag", { length: String(tag.length), limit: String(LONGEST_TAG) });
  return /^\w[\w.-]*$/.test(tag) ? null : problem("badTag", { tag });
}

function digestProblem(digest: string): Parsed | null {
  const colon = digest.indexOf(":");
  const algorithm = digest.slice(0, Math.max(colon, 0));
  const hex = digest.slice(colon + 1);
  if (!/^[a-z][a-z0-9+._-]{0,31}$/i.test(algorithm)) return problem("badDigest", { digest: quoted(digest) });
  const expected = Object.hasOwn(DIGEST_LENGTHS, algorithm) ? DIGEST_LENGTHS[algorithm] : undefined;
  if (expected === undefined) {
    return problem("digestAlgorithm", { algorithm, known: Object.keys(DIGEST_LENGTHS).join(", ") });
  }
  if (!/^[a-f0-9]+$/.test(hex)) return problem("badDigest", { digest: quoted(digest) });
  if (hex.length === expected) return null;
  return problem("digestLength", { algorithm, length: String(hex.length), expected: String(expected) });
}

function quoted(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

function problem(code: ReferenceProblemCode, data: ReferenceProblem["data"]): { problem: ReferenceProblem } {
  return { problem: { code, data } };
}
