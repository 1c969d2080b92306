/** Docker's own image for `# syntax`. */
import type { KnownImageUse } from "./images.js";
import { repositoryName } from "./reference.js";
import { withTag } from "./written.js";

/** The tag that follows the releases of major version 1, which stay compatible (docs.docker.com, custom syntax). */
const STABLE = "1";

/** Docker's Dockerfile syntax at its stable tag, as the writer would write it; null for any other image. */
export function stableSyntax(use: KnownImageUse): string | null {
  return repositoryName(use.reference) === "docker.io/docker/dockerfile" ? withTag(use, STABLE) : null;
}
