/** Docker's own image for `# syntax`. */
import type { ImageUse, KnownImageUse } from "./images.js";
import { repositoryName } from "./reference.js";
import { withTag } from "./written.js";

/** The tag that follows the releases of major version 1, which stay compatible (docs.docker.com, custom syntax). */
const STABLE = "1";

/** Docker's Dockerfile syntax at its stable tag, as the writer would write it; null for any other image. */
export function stableSyntax(use: KnownImageUse): string | null {
  return repositoryName(use.reference) === "docker.io/docker/dockerfile" ? withTag(use, STABLE) : null;
}

/**
 * Whether the file's Dockerfile syntax has `COPY --exclude`: generally since 1.19, as an experiment in the labs since
 * 1.7 (release notes of docker/dockerfile). `unstated` without a `# syntax` line: then it depends on the builder.
 */
export function excludeFlag(images: readonly ImageUse[]): "known" | "unstated" | "unknown" {
  const syntax = images.find(({ kind }) => kind === "syntax");
  if (!syntax) return "unstated";
  const { reference } = syntax;
  if (!reference || repositoryName(reference) !== "docker.io/docker/dockerfile") return "unknown";
  const tag = reference.tag ?? (reference.digest === null ? "latest" : "");
  if (/^(?:latest|1|labs|1-labs)$/.test(tag)) return "known";
  const [, minor, labs] = /^1\.(\d+)(?:\.\d+)?(-labs)?$/.exec(tag) ?? [];
  return Number(minor ?? -1) >= (labs === undefined ? 19 : 7) ? "known" : "unknown";
}

/** The line that makes it known. */
export const STABLE_SYNTAX = `# syntax=docker/dockerfile:${STABLE}`;
