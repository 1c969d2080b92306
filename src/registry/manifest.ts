/** The manifest of an image: by HEAD where that is enough. */
import type { IncomingHttpHeaders } from "node:http";
import { found, unknown, type Answer, type Manifest } from "./answer.js";
import type { Ask, Asked } from "./ask.js";
import { failure, isFailure, type Failure } from "./failure.js";
import { own, parseObject } from "./json.js";
import type { Limits } from "./limits.js";
import { ACCEPT, digestOf, imageType, isDigest, isIndexType } from "./formats.js";

export interface Wanted {
  /** As people write it: `docker.io`. */
  readonly registry: string;
  readonly repository: string;
  /** A digest or a tag. */
  readonly at: string;
}

export interface Questioner {
  readonly ask: Ask;
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

/** The manifest of an image; by GET where the registry leaves the digest out, or knows no HEAD. */
export async function askHead(questioner: Questioner, wanted: Wanted): Promise<Answer<Manifest>> {
  const asked = await askManifest(questioner, wanted, "HEAD");
  if (isFailure(asked)) return unknown(asked);
  const { status, headers } = asked.response;
  if (status === 405 || status === 501) return (await askWhole(questioner, wanted)).answer;
  if (status === 404) return askWhatIsGone(questioner, wanted);
  if (status !== 200) return unknown(statusFailure(wanted, status));
  const mediaType = imageType(headers["content-type"]);
  if (mediaType === null) return unknown(noImage(wanted));
  const digest = headers["docker-content-digest"];
  if (digest === undefined || (isDigest(wanted.at) && digest !== wanted.at)) {
    return (await askWhole(questioner, wanted)).answer;
  }
  if (!isDigest(digest)) return unknown(wrongDigest(wanted));
  return found({ digest, mediaType, isIndex: isIndexType(mediaType), size: lengthOf(headers) });
}

/** The manifest and its bytes (null where there is none), which are what the digest says. */
export async function askWhole(
  questioner: Questioner,
  wanted: Wanted,
): Promise<{ readonly answer: Answer<Manifest>; readonly bytes: Buffer | null }> {
  const nothing = (answer: Answer<Manifest>): { answer: Answer<Manifest>; bytes: null } => ({ answer, bytes: null });
  const asked = await askManifest(questioner, wanted, "GET");
  if (isFailure(asked)) return nothing(unknown(asked));
  const { status, headers, body } = asked.response;
  if (status === 404) return nothing(await askWhatIsGone(questioner, wanted));
  if (status !== 200) return nothing(unknown(statusFailure(wanted, status)));
  const mediaType = imageType(headers["content-type"]);
  if (mediaType === null || parseObject(body) === null) return nothing(unknown(noImage(wanted)));
  const said = headers["docker-content-digest"];
  const promised = isDigest(wanted.at) ? wanted.at : (said ?? null);
  if (promised !== null && !isDigest(promised)) return nothing(unknown(wrongDigest(wanted)));
  const digest = digestOf(body, promised);
  if (promised !== null && digest !== promised) return nothing(unknown(wrongDigest(wanted)));
  return { answer: found({ digest, mediaType, isIndex: isIndexType(mediaType), size: body.length }), bytes: body };
}

function askManifest(
  { ask, limits, signal }: Questioner,
  { repository, at }: Wanted,
  method: "GET" | "HEAD",
): Promise<Asked | Failure> {
  const path = `manifests/${at}`;
  return ask({ method, repository, path, accept: ACCEPT, mostBytes: limits.manifestBytes, signal });
}

/** Error codes of the distribution API, and of registries that have their own. */
const NO_REPOSITORY = new Set(["NAME_UNKNOWN", "NAME_INVALID", "REPOSITORY_NOT_FOUND", "PROJECT_NOT_FOUND"]);
const NO_MANIFEST = new Set(["MANIFEST_UNKNOWN", "NOT_FOUND", "TAG_UNKNOWN", "TAG_INVALID"]);

/**
 * What a 404 for a manifest means. HEAD has no body, and distribution says MANIFEST_UNKNOWN for a repository that it
 * does not have, so the list of tags is asked for; where that is withheld, the manifest's own error decides. A 404
 * without a registry's error may come from anything that speaks HTTP.
 */
async function askWhatIsGone(questioner: Questioner, wanted: Wanted): Promise<Answer<never>> {
  const { ask, limits, signal } = questioner;
  const { repository, registry } = wanted;
  const missing = { status: "gone", what: isDigest(wanted.at) ? "digest" : "tag" } as const;
  const path = "tags/list?n=1";
  const list = await ask({
    method: "GET",
    repository,
    path,
    accept: "application/json",
    mostBytes: limits.tagsBytes,
    signal,
  });
  if (!isFailure(list)) {
    const { status, body } = list.response;
    if (status === 200 && own(parseObject(body), "tags") !== undefined) return missing;
    if (status === 404 && errorCodes(body).some((code) => NO_REPOSITORY.has(code))) {
      return { status: "gone", what: "repository" };
    }
  }
  const manifest = await askManifest(questioner, wanted, "GET");
  if (isFailure(manifest)) return unknown(manifest);
  const codes = manifest.response.status === 404 ? errorCodes(manifest.response.body) : [];
  if (codes.some((code) => NO_REPOSITORY.has(code))) return { status: "gone", what: "repository" };
  if (codes.some((code) => NO_MANIFEST.has(code))) return missing;
  return unknown(failure(`${registry} answers as no registry does: 404 without a reason`));
}

/** The codes of `{ "errors": [{ "code": … }] }`. */
function errorCodes(body: Buffer): string[] {
  const errors = own(parseObject(body), "errors");
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) => {
    const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
    return typeof code === "string" ? [code] : [];
  });
}

export function statusFailure(
  { registry, repository }: Pick<Wanted, "registry" | "repository">,
  status: number,
): Failure {
  if (status === 403) return failure(`${registry} does not let this user see ${repository}`);
  if (status === 429) return failure(`${registry} has answered too many requests (status 429)`);
  return failure(`${registry} answers with status ${status}`);
}

function noImage({ registry, repository }: Wanted): Failure {
  return failure(`${registry} answers for ${repository} with something that is no image manifest`);
}

function wrongDigest({ registry, repository }: Wanted): Failure {
  return failure(`${registry} answers for ${repository} with a manifest that does not have its digest`);
}

/** Of the manifest, not of what was packed to send it. */
function lengthOf(headers: IncomingHttpHeaders): number | null {
  const length = headers["content-length"] ?? "";
  return headers["content-encoding"] === undefined && /^[0-9]{1,10}$/.test(length) ? Number(length) : null;
}
